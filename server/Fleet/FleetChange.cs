using ColdChain.Core.Readings;

namespace ColdChain.Server.Fleet;

/// <summary>What a new fleet file changes in the past of the storage units.</summary>
internal static class FleetChange
{
    /// <summary>The units that must be judged again, each from the first instant at which the two fleets differ about it.</summary>
    public static IReadOnlyList<(StorageUnitId Unit, Instant From)> Between(FleetHistory before, FleetHistory after) =>
    [
        .. before.Units.Concat(after.Units)
            .Select(unit => unit.Id)
            .Distinct()
            .Select(id => (Unit: id, From: FirstDifference(History(before, id), History(after, id))))
            .Where(change => change.From < Instant.End),
    ];

    private static IReadOnlyList<UnitPeriod> History(FleetHistory fleet, StorageUnitId unit) => fleet.FindUnit(unit)?.History ?? [];

    // Both are in order, so the first pair that differs is the earliest difference.
    private static Instant FirstDifference(IReadOnlyList<UnitPeriod> before, IReadOnlyList<UnitPeriod> after)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (a, b) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (a is null || b is null)
            {
                return (a ?? b)!.From; // One of them exists, or the loop had ended.
            }

            if (!a.IsUsedAs(b))
            {
                return Instant.Min(a.From, b.From);
            }

            if (a.To != b.To)
            {
                return Instant.Min(a.To, b.To);
            }
        }

        return Instant.End;
    }
}
