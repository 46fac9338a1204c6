using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
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
            return known with { LastReceived = now, Contents = known.Contents ?? FromHereOn(known) };
        }

        EventLog.Append(transaction, now, EventKinds.StreamStarted, null, device.Value, new { Epoch = epoch, EpochsBefore = ofDevice.Count });
        var stream = new StreamRow { Device = device, Epoch = epoch, FirstReceived = now, LastReceived = now };
        return stream with { Contents = FromHereOn(stream) };
    }

    /// <summary>The stream with what a pack brought, stored or refused, in its sum of contents.</summary>
    public static StreamRow WithContents(this StreamRow stream, IEnumerable<Reading> readings) =>
        stream.Contents is { } contents ? stream with { Contents = readings.Aggregate(contents, (sum, reading) => sum.With(reading)) } : stream;

    /// <summary>The stream with readings added; what is held is no longer gone.</summary>
    public static StreamRow With(this StreamRow stream, SeqRanges held, Instant? latest)
    {
        var all = stream.Held.Union(held);
        return stream with
        {
            Held = all,
            Gone = stream.Gone.IsEmpty ? stream.Gone : stream.Gone.Except(all),
            LatestAt = Instant.Later(stream.LatestAt, latest),
        };
    }

    // A stream that an earlier version began: what it holds already is not added up, what comes from here on is. A foreign device has no sum.
    private static ContentSum? FromHereOn(StreamRow stream) =>
        stream.Epoch == PackStore.ForeignEpoch ? null : new ContentSum(Math.Max(stream.Held.Last, stream.Refused.Last) + 1, 0);
}
