using System.Text;
using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What is known of one epoch of one device.</summary>
internal sealed record StreamRow
{
    public required DeviceId Device { get; init; }

    public required string Epoch { get; init; }

    /// <summary>Seqs stored.</summary>
    public SeqRanges Held { get; init; } = SeqRanges.Empty;

    /// <summary>Seqs that the device declared lost.</summary>
    public SeqRanges Gone { get; init; } = SeqRanges.Empty;

    /// <summary>Seqs refused, each with its reason in <see cref="RefusedStore"/>.</summary>
    public SeqRanges Refused { get; init; } = SeqRanges.Empty;

    public required Instant FirstReceived { get; init; }

    public required Instant LastReceived { get; init; }

    /// <summary>The newest measurement held; null when none has a trusted clock.</summary>
    public Instant? LatestAt { get; init; }

    /// <summary>The last heartbeat as JSON; null before the first.</summary>
    public string? Status { get; init; }

    public Instant? StatusAt { get; init; }

    /// <summary>
    /// The contents of what is held and refused, from a seq on; null for a foreign device, and for a stream of an earlier version until
    /// something new comes.
    /// </summary>
    public ContentSum? Contents { get; init; }

    /// <summary>The boots that sent heartbeats, the latest one last.</summary>
    public IReadOnlyList<HeardBoot> Boots { get; init; } = [];

    /// <summary>Seqs that need no sending any more. Up to its <see cref="SeqRanges.ContiguousUpTo"/> every hole is explained.</summary>
    public SeqRanges Settled() => Held.Union(Refused).Union(Gone);

    /// <summary>
    /// What the device has numbered, below what it delivered or by its last heartbeat, and neither delivered nor declared lost.
    /// </summary>
    public SeqRanges Owed()
    {
        var last = Math.Max(Held.Last, Heartbeat()?.LastSeq ?? 0);
        return last == 0 ? SeqRanges.Empty : SeqRanges.Of(1, last).Except(Settled());
    }

    /// <summary>The last heartbeat; null before the first.</summary>
    public Status? Heartbeat() =>
        Status is { } text && ControlCodec.TryDecodeStatus(Encoding.UTF8.GetBytes(text), out var status, out _) ? status : null;
}

/// <summary>A boot of a device that was heard.</summary>
/// <param name="Boot">Its id.</param>
/// <param name="Mono">The latest monotonic time heard of it, in milliseconds.</param>
internal sealed record HeardBoot(string Boot, long Mono);

/// <summary>The streams, one per device and epoch.</summary>
internal static class StreamStore
{
    private const string Columns = "device, epoch, held, gone, refused, first_received, last_received, latest_at, status, status_at, sum_from, sum, boots";

    public static StreamRow? Find(StoreSession session, DeviceId device, string epoch) => session.QueryFirst(
        $"SELECT {Columns} FROM streams WHERE device = $device AND epoch = $epoch", Row, ("$device", device), ("$epoch", epoch));

    /// <summary>All epochs of a device, the one first heard of first.</summary>
    public static List<StreamRow> OfDevice(StoreSession session, DeviceId device) => session.Query(
        $"SELECT {Columns} FROM streams WHERE device = $device ORDER BY first_received, epoch", Row, ("$device", device));

    /// <summary>The newest measurement of all devices; null when there is none.</summary>
    public static Instant? Latest(StoreSession session) => session.QueryFirst("SELECT max(latest_at) FROM streams", row => row.InstantOrNull(0));

    public static List<StreamRow> All(StoreSession session) =>
        session.Query($"SELECT {Columns} FROM streams ORDER BY device, first_received, epoch", Row);

    /// <summary>When anything of each device was last taken.</summary>
    public static Dictionary<DeviceId, Instant> LastReceived(StoreSession session) => session
        .Query("SELECT device, max(last_received) FROM streams GROUP BY device", row => (Device: row.Device(0), At: row.Instant(1)))
        .ToDictionary(last => last.Device, last => last.At);

    /// <summary>Writes a stream, new or known.</summary>
    public static void Save(StoreTransaction transaction, StreamRow stream) => transaction.Execute(
        $"""
        INSERT INTO streams ({Columns})
        VALUES ($device, $epoch, $held, $gone, $refused, $first, $last, $latest, $status, $statusAt, $sumFrom, $sum, $boots)
        ON CONFLICT (device, epoch) DO UPDATE SET held = excluded.held, gone = excluded.gone, refused = excluded.refused,
            last_received = excluded.last_received, latest_at = excluded.latest_at, status = excluded.status, status_at = excluded.status_at,
            sum_from = excluded.sum_from, sum = excluded.sum, boots = excluded.boots
        """,
        ("$device", stream.Device),
        ("$epoch", stream.Epoch),
        ("$held", stream.Held),
        ("$gone", stream.Gone),
        ("$refused", stream.Refused),
        ("$first", stream.FirstReceived),
        ("$last", stream.LastReceived),
        ("$latest", stream.LatestAt),
        ("$status", stream.Status),
        ("$statusAt", stream.StatusAt),
        ("$sumFrom", stream.Contents?.From),
        ("$sum", stream.Contents is { } contents ? unchecked((long)contents.Value) : null),
        ("$boots", stream.Boots.Count == 0 ? null : JsonSerializer.Serialize(stream.Boots)));

    private static StreamRow Row(SqliteDataReader row) => new()
    {
        Device = row.Device(0),
        Epoch = row.GetString(1),
        Held = row.Seqs(2),
        Gone = row.Seqs(3),
        Refused = row.Seqs(4),
        FirstReceived = row.Instant(5),
        LastReceived = row.Instant(6),
        LatestAt = row.InstantOrNull(7),
        Status = row.TextOrNull(8),
        StatusAt = row.InstantOrNull(9),
        Contents = row.LongOrNull(10) is { } from ? new ContentSum(from, unchecked((ulong)row.GetInt64(11))) : null,
        Boots = row.TextOrNull(12) is { } boots ? JsonSerializer.Deserialize<List<HeardBoot>>(boots) ?? [] : [],
    };
}
