using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>
/// What keeps anybody from saying that a blood unit was well where it was before. Moving it to another storage unit must not launder it:
/// until the time there is judged, readings that are still to come may place a hold.
/// </summary>
internal static class PastStay
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    public static IEnumerable<string> Doubts(StoreSession session, FleetHistory fleet, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant now)
    {
        var left = stay.OutAt ?? now;
        var unit = fleet.FindUnit(stay.Unit);
        var periods = unit?.History.Where(period => period.From < left && stay.InAt < period.To).ToList() ?? [];
        if (unit is null || periods.Count == 0)
        {
            return [$"Storage unit {stay.Unit}, where it was until {left}: the fleet file has no period of it for that time."];
        }

        var state = UnitStateStore.Find(session, stay.Unit);
        string[] doubts =
        [
            .. StorageRules.Doubts(unit, packs, stay, left),
            .. Unjudged(session, packs, state, stay.Unit, periods[^1], left, now) ? ["That time is not wholly judged yet."] : Array.Empty<string>(),
            .. state?.ReviewFrom < left ? [StateReasons.Postponed(state.ReviewFrom.Value)] : Array.Empty<string>(),
            .. Unsettled(session, state, unit, periods[^1], left) ? ["The next readings may still tell of the time when it left."] : Array.Empty<string>(),
            .. UndeliveredReadings.Doubts(session, periods, left),
        ];
        return doubts.Select(doubt => $"Storage unit {stay.Unit}, where it was until {left}: {doubt}");
    }

    // A reading of after the leaving reaches back to the one before it, which lies no further away than time may be unknown.
    private static bool Unjudged(
        StoreSession session, IReadOnlyList<RulePack> packs, UnitStateRow? state, StorageUnitId unit, UnitPeriod period, Instant left, Instant now) =>
        MarkStore.Pending(session, unit)?.From <= left + ContentsMatch.OfPeriod(packs, period).UnknownLimit
        || state is null
        || (state.NextDeadline <= now && state.NextDeadline < left);

    /// <summary>
    /// True when what comes next may still decide about the time of the leaving: a deciding probe was silent since before it, or out of range for
    /// less than the alarm delay, or simply not heard since. A sample in range settles that, or a finding, which holds. What a probe never
    /// told since it was replaced, the one after it settles: the unit is known again, and the rule accepts a silence within its limit.
    /// </summary>
    private static bool Unsettled(StoreSession session, UnitStateRow? state, StorageUnit unit, UnitPeriod period, Instant left)
    {
        var decided = FindingStore.Touching(session, unit.Id, left, left).Select(row => row.Finding.Probe);
        var open = period.Probes.Where(probe => probe.Role == ProbeRole.Load).Select(probe => probe.Id).Except(decided)
            .Where(probe => state?.Settled is null || !state.Settled.TryGetValue(probe, out var settled) || settled < left);
        return open.Any() && (unit.PeriodAt(period.To) is not { } next || Unsettled(session, state, unit, next, next.From + Moment));
    }
}
