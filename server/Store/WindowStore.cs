using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What a window is for. The names are stored.</summary>
internal static class WindowKinds
{
    /// <summary>People work at the storage unit. It explains, and nothing is recorded or judged otherwise.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>A probe is warmed or cooled on purpose: what it measures then is kept, and counts as unknown.</summary>
    public const string AlarmTest = "alarm-test";
}

/// <summary>A time that a person announced of a storage unit.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Kind">One of <see cref="WindowKinds"/>.</param>
/// <param name="Probe">The probe of an alarm test; otherwise null.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included: it ends then by itself.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="EnteredBy">Who says so.</param>
/// <param name="EnteredAt">When it was entered.</param>
/// <param name="EndedAt">When a person ended it before its time; null otherwise.</param>
/// <param name="EndedBy">Who did.</param>
internal sealed record WindowRow(
    long Id, StorageUnitId Unit, string Kind, ProbeId? Probe, Instant From, Instant To, string Reason, string EnteredBy, Instant EnteredAt, Instant? EndedAt, string? EndedBy)
{
    /// <summary>When it ends, or ended, not included. Not after its start when it was ended before it began.</summary>
    public Instant Until => EndedAt is { } ended ? Instant.Min(ended, To) : To;

    /// <summary>True while it runs.</summary>
    public bool Covers(Instant at) => From <= at && at < Until;
}

/// <summary>The windows of all storage units. What was entered stays: an early end is a row of its own.</summary>
internal static class WindowStore
{
    private const string Select =
        """
        SELECT w.id, w.unit, w.kind, w.probe, w.from_at, w.to_at, w.reason, w.entered_by, w.entered_at, e.ended_at, e.ended_by
        FROM windows w LEFT JOIN window_ends e ON e.window = w.id
        """;

    /// <summary>Enters a window.</summary>
    public static WindowRow Insert(StoreTransaction transaction, WindowRow window) => window with
    {
        Id = transaction.Insert(
            """
            INSERT INTO windows (unit, kind, probe, from_at, to_at, reason, entered_by, entered_at)
            VALUES ($unit, $kind, $probe, $from, $to, $reason, $by, $at) RETURNING id
            """,
            ("$unit", window.Unit),
            ("$kind", window.Kind),
            ("$probe", window.Probe?.ToString()),
            ("$from", window.From),
            ("$to", window.To),
            ("$reason", window.Reason),
            ("$by", window.EnteredBy),
            ("$at", window.EnteredAt)),
    };

    /// <summary>Ends a window before its time.</summary>
    public static WindowRow End(StoreTransaction transaction, WindowRow window, Instant at, string by)
    {
        transaction.Execute("INSERT INTO window_ends (window, ended_at, ended_by) VALUES ($window, $at, $by)", ("$window", window.Id), ("$at", at), ("$by", by));
        return window with { EndedAt = at, EndedBy = by };
    }

    /// <summary>A window of a storage unit; null when it has none of that id.</summary>
    public static WindowRow? Find(StoreSession session, StorageUnitId unit, long id) =>
        session.QueryFirst($"{Select} WHERE w.id = $id AND w.unit = $unit", Row, ("$id", id), ("$unit", unit));

    /// <summary>The newest windows of a storage unit, the latest start first.</summary>
    public static List<WindowRow> Newest(StoreSession session, StorageUnitId unit, int max) =>
        session.Query($"{Select} WHERE w.unit = $unit ORDER BY w.from_at DESC, w.id DESC LIMIT $max", Row, ("$unit", unit), ("$max", max));

    /// <summary>Those that run at an instant or are still to come, the earliest start first.</summary>
    public static List<WindowRow> NotOver(StoreSession session, StorageUnitId unit, Instant now) =>
    [
        .. session.Query($"{Select} WHERE w.unit = $unit AND w.to_at > $now ORDER BY w.from_at, w.id", Row, ("$unit", unit), ("$now", now))
            .Where(window => window.Until > Instant.Max(now, window.From)),
    ];

    /// <summary>All tests of the alarms of a storage unit, ever: what comes late is judged by those of its own time.</summary>
    public static List<AlarmTest> AlarmTests(StoreSession session, StorageUnitId unit) =>
    [
        .. session.Query($"{Select} WHERE w.unit = $unit AND w.kind = '{WindowKinds.AlarmTest}' ORDER BY w.id", Row, ("$unit", unit))
            .Where(window => window.From < window.Until)
            .Select(window => new AlarmTest(window.Probe!.Value, window.From, window.Until)), // An alarm test has a probe.
    ];

    private static WindowRow Row(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.Unit(1),
        row.GetString(2),
        row.IsDBNull(3) ? null : row.Probe(3),
        row.Instant(4),
        row.Instant(5),
        row.GetString(6),
        row.GetString(7),
        row.Instant(8),
        row.InstantOrNull(9),
        row.TextOrNull(10));
}
