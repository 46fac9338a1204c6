using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A condition of a storage unit as it stands. What it was before is in the event log.</summary>
internal sealed record ConditionRow
{
    /// <summary>0 before the store gave one.</summary>
    public long Id { get; init; }

    public required StorageUnitId Unit { get; init; }

    public required Condition Condition { get; init; }

    /// <summary>True when late data removed it.</summary>
    public bool IsRetracted { get; init; }

    public required Instant DiscoveredAt { get; init; }

    public required Instant UpdatedAt { get; init; }

    /// <summary>True when data that came late brought it to light.</summary>
    public bool FoundLate { get; init; }
}

/// <summary>What explains the findings of a storage unit, and holds nothing: doors, mains, agitation, air and the health of probes.</summary>
internal static class ConditionStore
{
    private const string Columns = "id, unit, kind, probe, start_at, raised_at, end_at, settled_at, status, discovered_at, updated_at, found_late";
    private const string Current = "current";
    private const string Retracted = "retracted";

    /// <summary>Stores a new condition, or what became of a stored one; the result carries its id.</summary>
    public static ConditionRow Save(StoreTransaction transaction, ConditionRow row)
    {
        if (row.Id == 0)
        {
            return row with
            {
                Id = transaction.Insert(
                    """
                    INSERT INTO conditions (unit, kind, probe, start_at, raised_at, end_at, settled_at, status, discovered_at, updated_at, found_late)
                    VALUES ($unit, $kind, $probe, $start, $raised, $end, $settled, $status, $discovered, $updated, $late) RETURNING id
                    """,
                    Parameters(row)),
            };
        }

        transaction.Execute(
            """
            UPDATE conditions SET start_at = $start, raised_at = $raised, end_at = $end, settled_at = $settled, status = $status, updated_at = $updated
            WHERE id = $id
            """,
            [.. Parameters(row), ("$id", row.Id)]);
        return row;
    }

    /// <summary>The current conditions of a unit that were not settled at or before an instant, by start.</summary>
    public static List<ConditionRow> Unsettled(StoreSession session, StorageUnitId unit, Instant at) => session.Query(
        $"""
        SELECT {Columns} FROM conditions
        WHERE unit = $unit AND status = '{Current}' AND (settled_at IS NULL OR settled_at > $at) ORDER BY start_at, id
        """,
        Row,
        ("$unit", unit),
        ("$at", at));

    /// <summary>
    /// The current conditions of a unit whose time touches [from, to], both included, the newest first; at most <paramref name="max"/>. One
    /// whose end was not seen reaches to the sample that settled it, or goes on.
    /// </summary>
    public static List<ConditionRow> Touching(StoreSession session, StorageUnitId unit, Instant from, Instant to, int max) => session.Query(
        $"""
        SELECT {Columns} FROM conditions
        WHERE unit = $unit AND status = '{Current}' AND start_at <= $to AND coalesce(end_at, settled_at, $from) >= $from
        ORDER BY start_at DESC, id DESC LIMIT $max
        """,
        Row,
        ("$unit", unit),
        ("$from", from),
        ("$to", to),
        ("$max", max));

    /// <summary>
    /// The current conditions of a unit that say that samples of their probe are not believed, and whose time touches [from, to], both included; by
    /// start.
    /// </summary>
    public static List<ConditionRow> Disbelieving(StoreSession session, StorageUnitId unit, Instant from, Instant to) => session.Query(
        $"""
        SELECT {Columns} FROM conditions
        WHERE unit = $unit AND status = '{Current}' AND kind IN ('probe-spike', 'probe-stuck')
            AND start_at <= $to AND coalesce(end_at, settled_at, $from) >= $from ORDER BY start_at, id
        """,
        Row,
        ("$unit", unit),
        ("$from", from),
        ("$to", to));

    private static (string, object?)[] Parameters(ConditionRow row) =>
    [
        ("$unit", row.Unit),
        ("$kind", ConditionWords.Of(row.Condition.Kind)),
        ("$probe", row.Condition.Probe),
        ("$start", row.Condition.Start),
        ("$raised", row.Condition.RaisedAt),
        ("$end", row.Condition.End),
        ("$settled", row.Condition.SettledAt),
        ("$status", row.IsRetracted ? Retracted : Current),
        ("$discovered", row.DiscoveredAt),
        ("$updated", row.UpdatedAt),
        ("$late", row.FoundLate),
    ];

    private static ConditionRow Row(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Unit = row.Unit(1),
        Condition = new Condition(ConditionWords.KindOf(row.GetString(2)), row.Probe(3), row.Instant(4), row.InstantOrNull(6), row.InstantOrNull(7))
        {
            RaisedAt = row.Instant(5),
        },
        IsRetracted = row.GetString(8) == Retracted,
        DiscoveredAt = row.Instant(9),
        UpdatedAt = row.Instant(10),
        FoundLate = row.GetBoolean(11),
    };
}
