using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>A time from which rows are lost, by the readings around it, both exclusive.</summary>
/// <param name="After">When the last reading before was measured.</param>
/// <param name="Before">When the first one after was; <see cref="Instant.End"/> while nothing later is held.</param>
internal readonly record struct LostTime(Instant After, Instant Before);

/// <summary>
/// Dates what a device lost by the readings around it: nobody knows when a lost row was measured. Where the stream has none, the outboxes before or
/// after it may: the nearest that has, since one that was lost before it delivered anything tells nothing. What has none before it at all has no
/// date: the limit for unknown time judges it.
/// </summary>
internal static class LossDates
{
    public static IEnumerable<LostTime> Of(StoreSession session, DeviceStreams streams) =>
    [
        .. from loss in streams.Losses
           from range in loss.Rows.Ranges
           let after = After(session, streams, loss.Stream, range.First)
           where after is not null
           select new LostTime(after.Value, Before(session, streams, loss.Stream, range.Last, after.Value)),
        .. from unread in streams.Unread
           let after = unread.LatestAt ?? LastBefore(streams, unread)
           where after is not null
           select new LostTime(after.Value, NextAfter(session, streams, unread, after.Value)),
        .. Adrift(session, streams),
    ];

    /// <summary>
    /// The readings of boots that nothing will date any more: another boot has been heard since, and only within a boot can its clock be
    /// anchored. They came, and are as good as lost.
    /// </summary>
    public static IEnumerable<LostTime> Adrift(StoreSession session, DeviceStreams streams) =>
        streams.LatestBoot is not { } latest
            ? []
            : from stream in streams.InOrder
              from adrift in UndatedStore.Adrift(session, stream.Device, stream.Epoch)
              where adrift.Boot != latest
              let after = After(session, streams, stream, adrift.FromSeq)
              where after is not null
              select new LostTime(after.Value, Before(session, streams, stream, adrift.ToSeq, after.Value));

    /// <summary>When the last reading before a lost row was measured; null when there is none.</summary>
    public static Instant? After(StoreSession session, DeviceStreams streams, StreamRow stream, long firstLost) =>
        ReadingReader.DatedBefore(session, stream.Device, stream.Epoch, firstLost) ?? LastBefore(streams, stream);

    private static Instant Before(StoreSession session, DeviceStreams streams, StreamRow stream, long lastLost, Instant after) =>
        ReadingReader.DatedAfter(session, stream.Device, stream.Epoch, lastLost) ?? NextAfter(session, streams, stream, after);

    private static Instant? LastBefore(DeviceStreams streams, StreamRow stream) =>
        streams.Before(stream).Select(before => before.LatestAt).FirstOrDefault(latest => latest is not null);

    private static Instant NextAfter(StoreSession session, DeviceStreams streams, StreamRow stream, Instant after) => streams.After(stream)
        .Select(next => ReadingReader.EarliestAfter(session, next.Device, next.Epoch, after))
        .OfType<Instant>()
        .DefaultIfEmpty(Instant.End)
        .Min();
}
