using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The readings of one pack and boot that were measured without a trusted clock.</summary>
/// <param name="Device">The device.</param>
/// <param name="Boot">The boot.</param>
/// <param name="Pack">The pack's id.</param>
/// <param name="Epoch">The pack's epoch.</param>
/// <param name="FromSeq">The lowest seq.</param>
/// <param name="ToSeq">The highest seq, included.</param>
/// <param name="FromMono">The earliest monotonic time, in milliseconds.</param>
/// <param name="ToMono">The latest, included.</param>
/// <param name="Readings">How many there are.</param>
internal sealed record UndatedSpan(
    DeviceId Device, string Boot, long Pack, string Epoch, long FromSeq, long ToSeq, long FromMono, long ToMono, long Readings);

/// <summary>Readings of a boot that have no instant of their own.</summary>
/// <param name="Boot">The boot.</param>
/// <param name="Epoch">Their epoch.</param>
/// <param name="FromSeq">The lowest seq.</param>
/// <param name="ToSeq">The highest seq, included.</param>
/// <param name="Readings">How many there are.</param>
internal readonly record struct AdriftReadings(string Boot, string Epoch, long FromSeq, long ToSeq, long Readings);

/// <summary>Where readings without a trusted clock are. Rows are never changed and never deleted.</summary>
internal static class UndatedStore
{
    private const string Columns = "device, boot, pack, epoch, from_seq, to_seq, from_mono, to_mono, readings";

    /// <summary>Notes those among the accepted readings of a pack.</summary>
    public static void Insert(StoreTransaction transaction, long pack, IReadOnlyList<Reading> accepted)
    {
        foreach (var boot in accepted.Where(reading => reading.MeasuredAt is null).GroupBy(reading => reading.Boot!)) // Without an instant, a boot is needed.
        {
            transaction.Execute(
                $"INSERT INTO undated ({Columns}) VALUES ($device, $boot, $pack, $epoch, $fromSeq, $toSeq, $fromMono, $toMono, $readings)",
                ("$device", boot.First().Key.Device),
                ("$boot", boot.Key),
                ("$pack", pack),
                ("$epoch", boot.First().Key.Epoch),
                ("$fromSeq", boot.Min(reading => reading.Key.Seq)),
                ("$toSeq", boot.Max(reading => reading.Key.Seq)),
                ("$fromMono", boot.Min(reading => reading.Mono)),
                ("$toMono", boot.Max(reading => reading.Mono)),
                ("$readings", (long)boot.Count()));
        }
    }

    /// <summary>True when a device has such readings.</summary>
    public static bool Any(StoreSession session, DeviceId device) =>
        session.QueryFirst("SELECT 1 FROM undated WHERE device = $device LIMIT 1", row => true, ("$device", device));

    /// <summary>A boot's spans that touch [from, to] by one of its clocks, both included, in the order of their ends, one by one.</summary>
    public static IEnumerable<UndatedSpan> Touching(StoreSession session, DeviceId device, ClockAnchor clock, Instant from, Instant to) => session.Stream(
        $"SELECT {Columns} FROM undated WHERE device = $device AND boot = $boot AND to_mono >= $from AND from_mono <= $to ORDER BY to_mono, pack",
        Span,
        ("$device", device),
        ("$boot", clock.Boot),
        ("$from", from.Milliseconds - clock.Offset),
        ("$to", to.Milliseconds - clock.Offset));

    /// <summary>A boot's spans in packs up to an id, included, in the order of the packs.</summary>
    public static List<UndatedSpan> UpTo(StoreSession session, DeviceId device, string boot, long pack) => session.Query(
        $"SELECT {Columns} FROM undated WHERE device = $device AND boot = $boot AND pack <= $pack ORDER BY pack",
        Span,
        ("$device", device),
        ("$boot", boot),
        ("$pack", pack));

    /// <summary>A boot's earliest and latest such moment, by each epoch; empty when it has none.</summary>
    public static List<(string Epoch, long From, long To)> Extent(StoreSession session, DeviceId device, string boot) => session.Query(
        "SELECT epoch, min(from_mono), max(to_mono) FROM undated WHERE device = $device AND boot = $boot GROUP BY epoch",
        row => (row.GetString(0), row.GetInt64(1), row.GetInt64(2)),
        ("$device", device),
        ("$boot", boot));

    /// <summary>The longest monotonic time of one span of a boot, in milliseconds.</summary>
    public static long LongestSpan(StoreSession session, DeviceId device, string boot) => session.QueryFirst(
        "SELECT ifnull(max(to_mono - from_mono), 0) FROM undated WHERE device = $device AND boot = $boot",
        row => row.GetInt64(0),
        ("$device", device),
        ("$boot", boot));

    /// <summary>The boots of a stream that no anchor dates, with their readings.</summary>
    public static List<AdriftReadings> Adrift(StoreSession session, DeviceId device, string epoch) => session.Query(
        """
        SELECT boot, epoch, min(from_seq), max(to_seq), sum(readings) FROM undated
        WHERE device = $device AND epoch = $epoch AND NOT EXISTS (SELECT 1 FROM anchors WHERE anchors.device = undated.device AND anchors.boot = undated.boot)
        GROUP BY boot ORDER BY min(from_seq)
        """,
        row => new AdriftReadings(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
        ("$device", device),
        ("$epoch", epoch));

    private static UndatedSpan Span(SqliteDataReader row) => new(
        row.Device(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8));
}
