using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using Microsoft.Extensions.Logging;

namespace ColdChain.Edge.Uplink;

/// <summary>The two lanes. The live lane owns the rows from <c>_liveFrom</c> on; everything before is the backfill lane's.</summary>
internal sealed partial class TwoLaneUplink
{
    /// <summary>Waiting takes whole milliseconds: less of a rest would be no wait at all, and the lane would spin.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(1);

    private long _liveFrom = 1;
    private long _backfillRests; // Until this timestamp of the monotonic clock.

    private async Task LiveLaneAsync(CancellationToken cancellation)
    {
        // A copied outbox is to be found out before it has sent anything under numbers that mean other readings.
        await _pulse.WaitAsync(_obeyed.Task, options.AckTimeout, cancellation);
        while (true)
        {
            var changed = _pulse.Next;
            ExpireOverdue();
            if (_inFlight.Count(UpKind.Live) < options.WindowPacks && NextLive() is { Count: > 0 } readings)
            {
                Volatile.Write(ref _liveFrom, await SendAsync(UpKind.Live, readings, cancellation) + 1);
            }
            else
            {
                await _pulse.WaitAsync(changed, _inFlight.UntilNextExpiry(), cancellation);
            }
        }
    }

    // When more rows wait than one pack takes (a history, a long outage), the older of them are backlog: live means the newest.
    private IReadOnlyList<Reading> NextLive()
    {
        _liveFrom = Math.Max(_liveFrom, outbox.LastSeq - options.PackReadingsMax + 1);
        var older = _liveFrom > 1 ? SeqRanges.Of(1, _liveFrom - 1) : SeqRanges.Empty;
        return outbox.Unacknowledged(older.Union(_inFlight.Seqs), options.PackReadingsMax);
    }

    private async Task BackfillLaneAsync(CancellationToken cancellation)
    {
        // The statement that answers our status tells what is not backlog after all.
        await _pulse.WaitAsync(_statement.Task, options.AckTimeout, cancellation);
        while (true)
        {
            var changed = _pulse.Next;
            ExpireOverdue();
            var rest = RestOfBackfill();
            if (rest is null && _inFlight.Count(UpKind.Backfill) < options.WindowPacks && NextBackfill() is { Count: > 0 } readings)
            {
                await SendAsync(UpKind.Backfill, readings, cancellation);
            }
            else
            {
                await _pulse.WaitAsync(changed, rest ?? _inFlight.UntilNextExpiry(), cancellation);
            }
        }
    }

    private IReadOnlyList<Reading> NextBackfill()
    {
        var live = SeqRanges.Of(Math.Max(1, Volatile.Read(ref _liveFrom)), long.MaxValue - 1);
        return outbox.Unacknowledged(live.Union(_inFlight.Seqs), options.PackReadingsMax);
    }

    /// <summary>Sends as many of the readings as fit in a pack; returns the last number sent.</summary>
    private async Task<long> SendAsync(UpKind lane, IReadOnlyList<Reading> readings, CancellationToken cancellation)
    {
        var (pack, payload) = PackBuilder.Build(readings, options.PackBytesMax);
        _inFlight.Add(lane, pack.FirstSeq, pack.LastSeq); // Before sending: the server's answer may be faster than the PUBACK.
        await PublishAsync(lane, payload, cancellation);
        return pack.LastSeq;
    }

    private async Task PublishAsync(UpKind kind, byte[] payload, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.AckTimeout, clock.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            await link.PublishAsync(new MqttMessage(Topics.Up(device, kind), payload), either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            logger.LogInformation("No PUBACK for {Kind} within {Timeout}; what it carried is sent again.", kind, options.AckTimeout);
        }
    }

    private void ExpireOverdue()
    {
        var (packs, isNewFailure) = _inFlight.Expire();
        if (packs == 0)
        {
            return;
        }

        if (isNewFailure)
        {
            var pause = _resending.Failed();
            Volatile.Write(ref _backfillRests, clock.Time.GetTimestamp() + (long)(pause.TotalSeconds * clock.Time.TimestampFrequency));
            logger.LogInformation("A pack was not acknowledged within {Timeout}; what was under way is sent again after {Pause}.", options.AckTimeout, pause);
        }

        _pulse.Fire(); // The other lane may wait without a limit, and the rows are the backfill lane's now.
    }

    private TimeSpan? RestOfBackfill()
    {
        var rest = clock.Time.GetElapsedTime(clock.Time.GetTimestamp(), Volatile.Read(ref _backfillRests));
        return rest <= TimeSpan.Zero ? null : rest < ShortestRest ? ShortestRest : rest;
    }
}
