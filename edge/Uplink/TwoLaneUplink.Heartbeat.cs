using ColdChain.Core.Wire;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Uplink;

/// <summary>The heartbeat: a live network with a dead sampler must look dead.</summary>
internal sealed partial class TwoLaneUplink
{
    private static readonly string Software = $"coldchain-edge {typeof(TwoLaneUplink).Assembly.GetName().Version}";

    private (long Count, long SeenAt) _progress;

    private async Task HeartbeatAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(options.HeartbeatEvery, clock.Time, cancellation);
            SeeProgress();
            if (clock.Time.GetElapsedTime(_progress.SeenAt) < options.ProgressWithin)
            {
                await SendStatusAsync(cancellation);
            }
            else
            {
                logger.LogWarning("No probe was sampled and stored for {Interval}; the heartbeat is withheld.", options.ProgressWithin);
            }
        }
    }

    private void SeeProgress()
    {
        if (progress.Count is var count && count != _progress.Count)
        {
            _progress = (count, clock.Time.GetTimestamp());
        }
    }

    private async Task SendStatusAsync(CancellationToken cancellation)
    {
        SeeProgress();
        var state = outbox.Snapshot();
        var status = new Status(
            state.Epoch, clock.Now?.ToString(), clock.Boot, clock.Mono, state.LastSeq, state.OldestUnacked, state.Unacked, state.FreeBytes,
            Software, state.Gone, state.ForeignStore, state.Previous)
        {
            Anchors = state.Anchors,
        };
        await PublishAsync(UpKind.Status, ControlCodec.EncodeStatus(status), cancellation);
    }
}
