using ColdChain.Core.Wire;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Uplink;

/// <summary>The heartbeat: a live network with a dead sampler must look dead.</summary>
internal sealed partial class TwoLaneUplink
{
    private static readonly string Software = $"coldchain-edge {typeof(TwoLaneUplink).Assembly.GetName().Version}";

    private async Task HeartbeatAsync(CancellationToken cancellation)
    {
        var seen = progress.Count;
        while (true)
        {
            await Task.Delay(options.HeartbeatEvery, clock.Time, cancellation);
            var count = progress.Count;
            if (count == seen)
            {
                logger.LogWarning("No probe was sampled and stored for {Interval}; the heartbeat is withheld.", options.HeartbeatEvery);
                continue;
            }

            seen = count;
            await SendStatusAsync(cancellation);
        }
    }

    private async Task SendStatusAsync(CancellationToken cancellation)
    {
        var state = outbox.Snapshot();
        var status = new Status(
            state.Epoch, clock.Now?.ToString(), clock.Boot, clock.Mono, state.LastSeq, state.OldestUnacked, state.Unacked, state.FreeBytes,
            Software, state.Gone, state.ForeignStore);
        await PublishAsync(UpKind.Status, ControlCodec.EncodeStatus(status), cancellation);
    }
}
