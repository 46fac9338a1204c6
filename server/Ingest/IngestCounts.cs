using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>What became of the readings of one pack, or of several added up.</summary>
/// <param name="Stored">New readings.</param>
/// <param name="Duplicates">Readings held already with the same content.</param>
/// <param name="Conflicts">Readings held already with other content; kept beside the first.</param>
/// <param name="Refused">Readings not stored, with their reason.</param>
internal readonly record struct ReadingCounts(long Stored, long Duplicates, long Conflicts, long Refused)
{
    public static ReadingCounts operator +(ReadingCounts a, ReadingCounts b) =>
        new(a.Stored + b.Stored, a.Duplicates + b.Duplicates, a.Conflicts + b.Conflicts, a.Refused + b.Refused);

    /// <summary>Counts what was repeated for its device. Repetition is ordinary after a broken connection: it is counted, and no event.</summary>
    public void CountRepeated(StoreTransaction transaction, DeviceId device, Instant now)
    {
        if (Duplicates > 0)
        {
            DeviceCounts.Add(transaction, device, CountedAs.ReadingRepeated, Duplicates, now);
        }
    }
}

/// <summary>What ingest has done since the start.</summary>
/// <param name="Packs">Packs dealt with.</param>
/// <param name="Readings">What became of their readings.</param>
/// <param name="Heartbeats">Heartbeats stored.</param>
/// <param name="MessagesRefused">Messages that could not be read, or came from a device that is not enrolled.</param>
internal sealed record IngestCounts(long Packs, ReadingCounts Readings, long Heartbeats, long MessagesRefused);

/// <summary>Counts for <see cref="IngestCounts"/>, from both lanes.</summary>
internal sealed class IngestCounter
{
    private readonly Lock _gate = new();
    private IngestCounts _counts = new(0, default, 0, 0);

    public IngestCounts Now
    {
        get
        {
            lock (_gate)
            {
                return _counts;
            }
        }
    }

    public void AddPack(ReadingCounts readings) =>
        Change(counts => counts with { Packs = counts.Packs + 1, Readings = counts.Readings + readings });

    public void AddHeartbeat() => Change(counts => counts with { Heartbeats = counts.Heartbeats + 1 });

    public void AddRefusedMessage() => Change(counts => counts with { MessagesRefused = counts.MessagesRefused + 1 });

    private void Change(Func<IngestCounts, IngestCounts> change)
    {
        lock (_gate)
        {
            _counts = change(_counts);
        }
    }
}
