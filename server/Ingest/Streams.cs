using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Finds the stream that a message belongs to, and tells of one that is new.</summary>
internal static class Streams
{
    /// <summary>One of a device's streams, or a new one, which the caller saves. Every new epoch of a device is an event.</summary>
    public static StreamRow FindOrStart(StoreTransaction transaction, IReadOnlyList<StreamRow> ofDevice, DeviceId device, string epoch, Instant now)
    {
        if (ofDevice.FirstOrDefault(stream => stream.Epoch == epoch) is { } known)
        {
            return known with { LastReceived = now };
        }

        EventLog.Append(transaction, now, EventKinds.StreamStarted, null, device.Value, new { Epoch = epoch, EpochsBefore = ofDevice.Count });
        return new StreamRow { Device = device, Epoch = epoch, FirstReceived = now, LastReceived = now };
    }

    /// <summary>The stream with readings added; what is held is no longer gone.</summary>
    public static StreamRow With(this StreamRow stream, SeqRanges held, Instant? latest)
    {
        var all = stream.Held.Union(held);
        return stream with
        {
            Held = all,
            Gone = stream.Gone.IsEmpty ? stream.Gone : stream.Gone.Except(all),
            LatestAt = Later(stream.LatestAt, latest),
        };
    }

    private static Instant? Later(Instant? a, Instant? b) => a is null || b > a ? b : a;
}
