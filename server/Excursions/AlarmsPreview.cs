using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>How many excursions a storage unit would have had in each of the last weeks. Silence is left out: it does not depend on limits.</summary>
/// <param name="Before">By how it is used now, the oldest week first.</param>
/// <param name="After">By how it would be used.</param>
internal sealed record WeeklyAlarms(IReadOnlyList<int> Before, IReadOnlyList<int> After);

/// <summary>
/// What a change of limits, products or calibrations would do to the number of alarms, from the storage unit's own readings. It is an opinion: it reads the
/// store and leaves nothing in it.
/// </summary>
internal static class AlarmsPreview
{
    /// <summary>How many weeks are looked at.</summary>
    public const int Weeks = 4;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Judges the last weeks by two uses, each as if it had been in force all the time.</summary>
    /// <param name="session">The store.</param>
    /// <param name="unit">The storage unit as it is in the fleet in force.</param>
    /// <param name="proposed">The same as it would be.</param>
    /// <param name="packs">The rule packs in force.</param>
    /// <param name="now">The end of the last week, not included.</param>
    /// <returns>Null when there is nothing to judge by: it has not been judged yet, or has no use to compare.</returns>
    public static WeeklyAlarms? Of(StoreSession session, StorageUnit unit, StorageUnit proposed, IReadOnlyList<RulePack> packs, Instant now)
    {
        if ((unit.PeriodAt(now) ?? unit.LastPeriod) is not { } present || proposed.LastPeriod is not { } coming)
        {
            return null;
        }

        var before = Counted(session, unit, present, packs, now);
        var after = Counted(session, unit, coming with { Probes = ProbesOfToday(present, coming) }, packs, now);
        return before is null || after is null ? null : new WeeklyAlarms(before, after);
    }

    // A probe that is to be mounted has no readings of this storage unit: those of today's are judged, calibrated as proposed where they stay.
    private static IReadOnlyList<FleetProbe> ProbesOfToday(UnitPeriod present, UnitPeriod coming) =>
        [.. present.Probes.Select(probe => coming.Probes.FirstOrDefault(other => other.Id == probe.Id) ?? probe)];

    private static int[]? Counted(StoreSession session, StorageUnit unit, UnitPeriod use, IReadOnlyList<RulePack> packs, Instant now)
    {
        var from = now - (Weeks * Week);
        var always = unit with { History = [use with { From = from, To = Instant.End }] };
        var findings = Opinion.Of(session, PlanBuilder.Build(new FleetHistory([], [], [always], []), packs).Find(unit.Id)!); // The fleet is of this unit.
        return findings is null
            ? null
            : [.. Enumerable.Range(0, Weeks).Select(week => findings.Count(finding => finding.Stretch.Side != Side.Unknown && IsWithin(finding.AlarmedAt, from + (week * Week))))];
    }

    private static bool IsWithin(Instant at, Instant weekFrom) => weekFrom <= at && at < weekFrom + Week;
}
