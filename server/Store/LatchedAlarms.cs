using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>An alarm that is over and that nobody has dealt with: its storage unit is still on hold because of it.</summary>
/// <param name="Since">When the earliest of its excursions alarmed, in the time of the readings.</param>
/// <param name="Excursions">The excursions, the earliest first.</param>
internal sealed record LatchedAlarm(Instant Since, IReadOnlyList<long> Excursions);

/// <summary>
/// The alarms that are latched: excursions that stand and have ended, while the hold that they placed on their storage unit stands. Nothing is
/// stored for it, so that latching changes no excursion.
/// </summary>
internal static class LatchedAlarms
{
    // Ended as FindingStore.Search has it, and standing as HoldRow.Stands.
    private const string Latched =
        """
        SELECT f.unit, f.id, f.alarmed_at FROM holds h JOIN findings f ON f.id = h.finding
        WHERE h.kind = 'storage-unit' AND h.state IN ('held', 'ground-removed')
            AND f.status = 'current' AND f.side <> 'unknown' AND (f.settled_at IS NOT NULL OR f.end_at IS NOT NULL)
        """;

    private const string InOrder = "ORDER BY f.alarmed_at, f.id";

    /// <summary>Of every storage unit that has one.</summary>
    public static Dictionary<StorageUnitId, LatchedAlarm> All(StoreSession session) =>
        session.Query($"{Latched} {InOrder}", Row).GroupBy(row => row.Unit).ToDictionary(rows => rows.Key, Of);

    /// <summary>Of one storage unit; null when it has none.</summary>
    public static LatchedAlarm? OfUnit(StoreSession session, StorageUnitId unit) =>
        session.Query($"{Latched} AND h.unit = $unit {InOrder}", Row, ("$unit", unit)) is [_, ..] rows ? Of(rows) : null;

    private static LatchedAlarm Of(IEnumerable<(StorageUnitId Unit, long Id, Instant AlarmedAt)> rows) =>
        new(rows.First().AlarmedAt, [.. rows.Select(row => row.Id)]);

    private static (StorageUnitId Unit, long Id, Instant AlarmedAt) Row(SqliteDataReader row) => (row.Unit(0), row.GetInt64(1), row.Instant(2));
}
