using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Findings: the current set, and every version that ever was.</summary>
internal static class FindingStore
{
    private const string Columns =
        "id, version, unit, probe, side, start_at, alarmed_at, end_at, settled_at, stretch, status, superseded_by, reason, discovered_at, "
        + "updated_at, found_late, found_after";

    /// <summary>Stores a new finding as version 1; the result carries its id.</summary>
    public static FindingRow Insert(StoreTransaction transaction, FindingRow row)
    {
        var id = transaction.Insert(
            """
            INSERT INTO findings (version, unit, probe, side, start_at, alarmed_at, end_at, settled_at, stretch, status, superseded_by, reason,
                discovered_at, updated_at, found_late, found_after)
            VALUES ($version, $unit, $probe, $side, $start, $alarmedAt, $end, $settledAt, $stretch, $status, $supersededBy, $reason,
                $discoveredAt, $updatedAt, $foundLate, $foundAfter) RETURNING id
            """,
            Parameters(row));
        Keep(transaction, id);
        return row with { Finding = row.Finding with { Id = id } };
    }

    /// <summary>Stores a later version of a finding. Id, unit, probe and discovery stay.</summary>
    public static void Update(StoreTransaction transaction, FindingRow row)
    {
        Write(transaction, row, "version = $version - 1");
        Keep(transaction, row.Finding.Id);
    }

    /// <summary>Stores the running figures of an open finding, whose version stays.</summary>
    public static void Grow(StoreTransaction transaction, FindingRow row) => Write(transaction, row, "version = $version AND end_at IS NULL");

    public static FindingRow? Find(StoreSession session, long id) =>
        session.QueryFirst($"SELECT {Columns} FROM findings WHERE id = $id", Row, ("$id", id));

    /// <summary>The current findings of a unit that were not settled at or before an instant, by start.</summary>
    public static List<FindingRow> Unsettled(StoreSession session, StorageUnitId unit, Instant at) => session.Query(
        $"""
        SELECT {Columns} FROM findings
        WHERE unit = $unit AND status = 'current' AND (settled_at IS NULL OR settled_at > $at) ORDER BY start_at, id
        """,
        Row,
        ("$unit", unit),
        ("$at", at));

    /// <summary>The current findings of a unit, by start.</summary>
    public static List<FindingRow> Current(StoreSession session, StorageUnitId unit) => Unsettled(session, unit, Instant.Beginning);

    /// <summary>
    /// The current findings of a unit whose time, up to the end of the exposure (<see cref="Stretch.ExposureEnd"/>), touches an interval, its
    /// ends included; by start.
    /// </summary>
    public static List<FindingRow> Touching(StoreSession session, StorageUnitId unit, Instant from, Instant to) => session.Query(
        $"""
        SELECT {Columns} FROM findings
        WHERE unit = $unit AND status = 'current' AND start_at <= $to AND (settled_at IS NULL OR settled_at >= $from)
            AND coalesce(end_at, settled_at, $from) >= $from ORDER BY start_at, id
        """,
        Row,
        ("$unit", unit),
        ("$from", from),
        ("$to", to));

    /// <summary>
    /// The findings of a unit that later data has taken back, superseded or retracted, and for which something was held; those that began at or before
    /// an instant, by start.
    /// </summary>
    public static List<FindingRow> TakenBack(StoreSession session, StorageUnitId unit, Instant to) => session.Query(
        $"""
        SELECT {Columns} FROM findings
        WHERE unit = $unit AND status <> 'current' AND start_at <= $to AND EXISTS (SELECT 1 FROM holds WHERE holds.finding = findings.id) ORDER BY start_at, id
        """,
        Row,
        ("$unit", unit),
        ("$to", to));

    /// <summary>The current findings of all units, newest first; only those that have not been settled when <paramref name="open"/>.</summary>
    public static List<FindingRow> Current(StoreSession session, bool open, int max) => session.Query(
        $"SELECT {Columns} FROM findings WHERE status = 'current' AND (NOT $open OR settled_at IS NULL) ORDER BY start_at DESC, id DESC LIMIT $max",
        Row,
        ("$open", open),
        ("$max", max));

    /// <summary>
    /// At most <paramref name="max"/> current findings below an id, newest first: excursions, or unknown times when
    /// <paramref name="unknown"/>; of one unit where it is given; only those whose end was not seen when <paramref name="open"/>.
    /// </summary>
    public static List<FindingRow> Search(StoreSession session, StorageUnitId? unit, bool unknown, bool open, long before, int max) => session.Query(
        $"""
        SELECT {Columns} FROM findings
        WHERE status = 'current' AND (side = 'unknown') = $unknown AND ($unit IS NULL OR unit = $unit) AND id < $before
            AND (NOT $open OR (settled_at IS NULL AND end_at IS NULL)) ORDER BY id DESC LIMIT $max
        """,
        Row,
        ("$unknown", unknown),
        ("$unit", unit),
        ("$open", open),
        ("$before", before),
        ("$max", max));

    /// <summary>Every version of a finding, the first one first.</summary>
    public static List<FindingRow> Versions(StoreSession session, long id) =>
        session.Query($"SELECT {Columns} FROM finding_versions WHERE id = $id ORDER BY version", Row, ("$id", id));

    private static void Write(StoreTransaction transaction, FindingRow row, string expected)
    {
        var changed = transaction.Execute(
            $"""
            UPDATE findings SET version = $version, start_at = $start, alarmed_at = $alarmedAt, end_at = $end, settled_at = $settledAt,
                stretch = $stretch, status = $status, superseded_by = $supersededBy, reason = $reason, updated_at = $updatedAt, found_after = $foundAfter
            WHERE id = $id AND {expected}
            """,
            [.. Parameters(row), ("$id", row.Finding.Id)]);
        if (changed != 1)
        {
            throw new InvalidOperationException(
                $"Finding {row.Finding.Id} is not what version {row.Finding.Version} follows. Read it again before changing it.");
        }
    }

    private static void Keep(StoreTransaction transaction, long id) => transaction.Execute(
        $"INSERT INTO finding_versions ({Columns}) SELECT {Columns} FROM findings WHERE id = $id", ("$id", id));

    private static (string, object?)[] Parameters(FindingRow row) =>
    [
        ("$version", row.Finding.Version),
        ("$unit", row.Unit),
        ("$probe", row.Finding.Probe),
        ("$side", FindingWords.Of(row.Finding.Stretch.Side)),
        ("$start", row.Finding.Stretch.Start),
        ("$alarmedAt", row.Finding.AlarmedAt),
        ("$end", row.Finding.Stretch.End),
        ("$settledAt", row.Finding.Stretch.SettledAt),
        ("$stretch", row.Finding.Stretch.ToJson()),
        ("$status", row.Status),
        ("$supersededBy", row.SupersededBy),
        ("$reason", row.Reason),
        ("$discoveredAt", row.DiscoveredAt),
        ("$updatedAt", row.UpdatedAt),
        ("$foundLate", row.FoundLate),
        ("$foundAfter", (long?)row.FoundAfter?.TotalMilliseconds),
    ];

    private static FindingRow Row(SqliteDataReader row) => new()
    {
        Unit = row.Unit(2),
        Finding = new Finding(row.GetInt64(0), row.GetInt32(1), row.Probe(3), Stretch.FromJson(row.GetString(9)), row.Instant(6)),
        Status = row.GetString(10),
        SupersededBy = row.LongOrNull(11),
        Reason = row.TextOrNull(12),
        DiscoveredAt = row.Instant(13),
        UpdatedAt = row.Instant(14),
        FoundLate = row.GetBoolean(15),
        FoundAfter = row.LongOrNull(16) is { } after ? TimeSpan.FromMilliseconds(after) : null,
    };
}
