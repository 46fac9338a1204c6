using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Stores a heartbeat and what it declares: rows lost for good, acknowledgements of another store, and a clock that is not to be trusted.
/// </summary>
internal sealed class StatusIntake(FleetView fleet)
{
    /// <summary>How far a device's clock may be from the server's, either way, before that is told. A heartbeat may wait in a broker.</summary>
    public static readonly TimeSpan ClockOffMax = ReadingChecks.AheadMax;

    public void Store(StoreTransaction transaction, Inbound message, Status status)
    {
        var (device, now) = (message.Device, message.Received);
        var streams = StreamStore.OfDevice(transaction, device);
        var stream = Streams.FindOrStart(transaction, streams, device, status.Epoch, now);
        foreach (var gone in status.Gone)
        {
            stream = Declare(transaction, stream, gone, now);
        }

        if (status.ForeignStore is { } store && DeviceCounts.Add(transaction, device, CountedAs.ForeignStore, 1, now) is { } heartbeats)
        {
            EventLog.Append(transaction, now, EventKinds.StreamForeignStore, null, device.Value, new { status.Epoch, store, heartbeats });
        }

        CheckClock(transaction, device, status, now);
        var adrift = AdriftWatch.Of(transaction, device, isNeeded: true);
        stream = stream with { LatestAt = AnchorIntake.Store(transaction, fleet.Current, stream, streams, status.Anchors, now) };
        var heard = CopiedOutbox.Hear(transaction, stream, status, Encoding.UTF8.GetString(message.Payload.Span), now);
        LossWatch.Save(transaction, fleet.Current, streams, heard);
        adrift.Mark(transaction, fleet.Current);
    }

    private static void CheckClock(StoreTransaction transaction, DeviceId device, Status status, Instant now)
    {
        if (status.At is { } at
            && Instant.TryParse(at, out var theirs)
            && (theirs - now).Duration() > ClockOffMax
            && DeviceCounts.Add(transaction, device, CountedAs.ClockWrong, 1, now) is { } heartbeats)
        {
            var payload = new { clock = theirs.ToString(), secondsAhead = (long)(theirs - now).TotalSeconds, heartbeats };
            EventLog.Append(transaction, now, EventKinds.DeviceClockWrong, null, device.Value, payload);
        }
    }

    // A heartbeat repeats its declarations: only what is new, and is not held after all, counts.
    private static StreamRow Declare(StoreTransaction transaction, StreamRow stream, Gone gone, Instant now)
    {
        var lost = SeqRanges.Of(gone.From, gone.To).Except(stream.Held).Except(stream.Gone);
        if (lost.IsEmpty)
        {
            return stream;
        }

        var payload = new { stream.Epoch, Seqs = lost.ToString(), gone.Reason };
        EventLog.Append(transaction, now, EventKinds.StreamGone, null, stream.Device.Value, payload);
        return stream with { Gone = stream.Gone.Union(lost) };
    }
}
