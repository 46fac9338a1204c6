using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Store;

/// <summary>Rows that will never come.</summary>
/// <param name="Stream">The stream that numbered them.</param>
/// <param name="Rows">Their seqs; never empty.</param>
internal sealed record StreamLoss(StreamRow Stream, SeqRanges Rows);

/// <summary>
/// The epochs of one device together: one outbox after the other. An outbox is over as soon as a later one has sent a heartbeat; then nobody
/// delivers what it still owed, unless the later one carried that over and delivers it under its own numbers. Which one is later is told by the
/// time of their readings, or else of their heartbeats, so that it does not depend on what was heard first.
/// </summary>
internal sealed class DeviceStreams
{
    private readonly List<(StreamRow Stream, Status? Heartbeat)> _streams;

    public DeviceStreams(IEnumerable<StreamRow> streams) => _streams =
    [
        .. streams.OrderBy(TimeOf)
            .ThenBy(stream => stream.Epoch, StringComparer.Ordinal)
            .Select(stream => (stream, stream.Heartbeat())),
    ];

    /// <summary>The earliest first.</summary>
    public IEnumerable<StreamRow> InOrder => _streams.Select(entry => entry.Stream);

    /// <summary>The streams that may still deliver, and owe something.</summary>
    public IEnumerable<StreamRow> Owing => _streams.Where((entry, place) => !IsOver(place) && !entry.Stream.Owed().IsEmpty).Select(entry => entry.Stream);

    /// <summary>What is lost: declared so by the device, or owed by an outbox that is over and not carried over.</summary>
    public IEnumerable<StreamLoss> Losses => _streams
        .Select((entry, place) => new StreamLoss(entry.Stream, IsOver(place) ? entry.Stream.Gone.Union(entry.Stream.Owed().Except(CarriedOf(entry.Stream))) : entry.Stream.Gone))
        .Where(loss => !loss.Rows.IsEmpty);

    /// <summary>The outboxes that could not be read any more when the next one was begun.</summary>
    public IEnumerable<StreamRow> Unread => _streams
        .Zip(_streams.Skip(1))
        .Where(pair => pair.Second.Heartbeat?.Previous?.Unread == true)
        .Select(pair => pair.First.Stream);

    /// <summary>The boot that was heard last; null before the first heartbeat.</summary>
    public string? LatestBoot => InOrder.Where(stream => stream.StatusAt is not null).MaxBy(stream => stream.StatusAt) is { Boots: [.., var last] } ? last.Boot : null;

    /// <summary>
    /// By what the streams are in order: the newest instant that the device told of, in a reading or in a heartbeat; where it had no clock, when it
    /// was first heard of. An outbox that left its epoch begins with readings of days ago: its heartbeat says that it is the later one.
    /// </summary>
    public static Instant TimeOf(StreamRow stream) => Instant.Later(stream.LatestAt, SaidAt(stream)) ?? stream.FirstReceived;

    public static DeviceStreams Of(StoreSession session, DeviceId device) => new(StreamStore.OfDevice(session, device));

    /// <summary>The streams of the outboxes before another one, the nearest first.</summary>
    public IEnumerable<StreamRow> Before(StreamRow stream) => InOrder.TakeWhile(other => other.Epoch != stream.Epoch).Reverse();

    /// <summary>The streams of the outboxes after another one, the nearest first.</summary>
    public IEnumerable<StreamRow> After(StreamRow stream) => InOrder.SkipWhile(other => other.Epoch != stream.Epoch).Skip(1);

    private static Instant? SaidAt(StreamRow stream) =>
        stream.Heartbeat()?.At is { } at && Instant.TryParseStated(at, out var said) ? said : null;

    private bool IsOver(int place) => _streams.Skip(place + 1).Any(later => later.Heartbeat is not null);

    private SeqRanges CarriedOf(StreamRow stream) => _streams
        .Select(entry => entry.Heartbeat?.Previous)
        .Where(previous => previous?.Epoch == stream.Epoch)
        .Aggregate(SeqRanges.Empty, (carried, previous) => carried.Union(previous!.Carried)); // Null is not equal to an epoch.
}
