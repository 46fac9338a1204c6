using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A pack as received.</summary>
internal sealed record PackRow
{
    /// <summary>Given by the store; 0 before.</summary>
    public long Id { get; init; }

    public required DeviceId Device { get; init; }

    /// <summary>The outbox's epoch, or <see cref="PackStore.ForeignEpoch"/>.</summary>
    public required string Epoch { get; init; }

    public required long FirstSeq { get; init; }

    public required long LastSeq { get; init; }

    /// <summary>The seqs of this pack that count; the others were held already, conflicted or were refused.</summary>
    public required SeqRanges Accepted { get; init; }

    /// <summary>The earliest accepted measurement; null when none has a trusted clock.</summary>
    public required Instant? MinAt { get; init; }

    /// <summary>The latest accepted measurement, included.</summary>
    public required Instant? MaxAt { get; init; }

    public required Instant Received { get; init; }

    /// <summary><c>live</c> or <c>backfill</c>.</summary>
    public required string Lane { get; init; }

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    public required ReadOnlyMemory<byte> Sha256 { get; init; }
}

/// <summary>Readings as received. Rows are never changed and never deleted.</summary>
internal static class PackStore
{
    /// <summary>
    /// The epoch under which readings of foreign devices are kept. Such a device has no seq: the store numbers its readings in the order
    /// of arrival, so that everything behind ingest sees one kind of stream. It cannot be a real epoch, which is hexadecimal.
    /// </summary>
    public const string ForeignEpoch = "foreign";

    private const string Columns = "id, device, epoch, first_seq, last_seq, accepted, min_at, max_at, received, lane, bytes, sha256";

    /// <summary>Stores a pack; gives its id.</summary>
    public static long Insert(StoreTransaction transaction, PackRow pack) => transaction.Insert(
        """
        INSERT INTO packs (device, epoch, first_seq, last_seq, accepted, min_at, max_at, received, lane, bytes, sha256)
        VALUES ($device, $epoch, $first, $last, $accepted, $min, $max, $received, $lane, $bytes, $sha256) RETURNING id
        """,
        ("$device", pack.Device),
        ("$epoch", pack.Epoch),
        ("$first", pack.FirstSeq),
        ("$last", pack.LastSeq),
        ("$accepted", pack.Accepted),
        ("$min", pack.MinAt),
        ("$max", pack.MaxAt),
        ("$received", pack.Received),
        ("$lane", pack.Lane),
        ("$bytes", pack.Bytes),
        ("$sha256", pack.Sha256));

    public static PackRow Get(StoreSession session, long id) => session.QueryFirst($"SELECT {Columns} FROM packs WHERE id = $id", Row, ("$id", id))
        ?? throw new InvalidDataException($"Pack {id} is not there any more; packs are never deleted. Restore the store from a backup.");

    /// <summary>The packs above an id in the order of their commits, one by one.</summary>
    public static IEnumerable<PackRow> After(StoreSession session, long id) =>
        session.Stream($"SELECT {Columns} FROM packs WHERE id > $id ORDER BY id", Row, ("$id", id));

    /// <summary>From when to when, both included, the packs of a device above an id were measured; those without a trusted clock are left out.</summary>
    public static List<(Instant From, Instant To)> SpansAfter(StoreSession session, long id, DeviceId device) => session.Query(
        "SELECT min_at, max_at FROM packs WHERE id > $id AND device = $device AND min_at IS NOT NULL",
        row => (row.Instant(0), row.Instant(1)),
        ("$id", id),
        ("$device", device));

    /// <summary>The id of the newest pack; 0 when there is none. Ids have no holes.</summary>
    public static long LastId(StoreSession session) => session.QueryFirst("SELECT ifnull(max(id), 0) FROM packs", row => row.GetInt64(0));

    /// <summary>Every device that has a pack.</summary>
    public static List<DeviceId> Devices(StoreSession session) => session.Query("SELECT DISTINCT device FROM packs", row => row.Device(0));

    /// <summary>A device's packs that hold a measurement in [from, to], both included, one by one.</summary>
    public static IEnumerable<PackRow> Measured(StoreSession session, DeviceId device, Instant from, Instant to) => session.Stream(
        $"SELECT {Columns} FROM packs WHERE device = $device AND max_at >= $from AND min_at <= $to ORDER BY max_at, id",
        Row,
        ("$device", device),
        ("$from", from),
        ("$to", to));

    /// <summary>The packs of a stream that accepted a seq in [first, last]. A pack has at most <paramref name="lengthMax"/> readings.</summary>
    public static List<PackRow> Numbered(StoreSession session, DeviceId device, string epoch, long first, long last, int lengthMax) => session.Query(
        $"""
        SELECT {Columns} FROM packs
        WHERE device = $device AND epoch = $epoch AND last_seq BETWEEN $first AND $last + $length AND first_seq <= $last ORDER BY last_seq, id
        """,
        Row,
        ("$device", device),
        ("$epoch", epoch),
        ("$first", first),
        ("$last", last),
        ("$length", lengthMax));

    /// <summary>The longest time between the first and the last measurement of one pack, of those that hold a measurement at or after an instant.</summary>
    public static TimeSpan LongestSpan(StoreSession session, DeviceId device, Instant from) => TimeSpan.FromMilliseconds(session.QueryFirst(
        "SELECT ifnull(max(max_at - min_at), 0) FROM packs WHERE device = $device AND max_at >= $from",
        row => row.GetInt64(0),
        ("$device", device),
        ("$from", from)));

    /// <summary>
    /// The packs of a stream with a dated reading that may hold a seq below <paramref name="seq"/>, those with the highest seqs first, one by
    /// one. A pack has at most <paramref name="lengthMax"/> readings.
    /// </summary>
    public static IEnumerable<PackRow> DatedBelow(StoreSession session, DeviceId device, string epoch, long seq, int lengthMax) => session.Stream(
        $"""
        SELECT {Columns} FROM packs
        WHERE device = $device AND epoch = $epoch AND last_seq < $seq + $length AND first_seq < $seq AND max_at IS NOT NULL ORDER BY last_seq DESC
        """,
        Row,
        ("$device", device),
        ("$epoch", epoch),
        ("$seq", seq),
        ("$length", lengthMax));

    /// <summary>The packs of a stream with a dated reading that end above a seq, those with the lowest seqs first, one by one.</summary>
    public static IEnumerable<PackRow> DatedAbove(StoreSession session, DeviceId device, string epoch, long seq) => session.Stream(
        $"SELECT {Columns} FROM packs WHERE device = $device AND epoch = $epoch AND last_seq > $seq AND max_at IS NOT NULL ORDER BY last_seq",
        Row,
        ("$device", device),
        ("$epoch", epoch),
        ("$seq", seq));

    /// <summary>The earliest measurement of the packs of a stream that lie wholly after an instant; null when there is none.</summary>
    public static Instant? EarliestAfter(StoreSession session, DeviceId device, string epoch, Instant at) => session.QueryFirst(
        "SELECT min(min_at) FROM packs WHERE device = $device AND epoch = $epoch AND min_at > $at",
        row => row.InstantOrNull(0),
        ("$device", device),
        ("$epoch", epoch),
        ("$at", at));

    /// <summary>True when these very bytes are stored as a pack that ends with this seq.</summary>
    public static bool Holds(StoreSession session, DeviceId device, string epoch, long lastSeq, ReadOnlyMemory<byte> sha256) => session.QueryFirst(
        "SELECT 1 FROM packs WHERE device = $device AND epoch = $epoch AND last_seq = $last AND sha256 = $sha256",
        row => true,
        ("$device", device),
        ("$epoch", epoch),
        ("$last", lastSeq),
        ("$sha256", sha256));

    private static PackRow Row(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Device = row.Device(1),
        Epoch = row.GetString(2),
        FirstSeq = row.GetInt64(3),
        LastSeq = row.GetInt64(4),
        Accepted = row.Seqs(5),
        MinAt = row.InstantOrNull(6),
        MaxAt = row.InstantOrNull(7),
        Received = row.Instant(8),
        Lane = row.GetString(9),
        Bytes = row.Bytes(10),
        Sha256 = row.Bytes(11),
    };
}
