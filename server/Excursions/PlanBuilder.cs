using ColdChain.Core.Excursions;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Excursions;

/// <summary>Turns the effective-dated fleet and the rule packs into what the engine judges by.</summary>
internal static class PlanBuilder
{
    /// <summary>The plans of all units by packs that have always been in force.</summary>
    public static UnitPlans Build(FleetHistory fleet, IReadOnlyList<RulePack> packs) =>
        Build(fleet, PackSpans.Always(packs));

    /// <summary>The plans of all units. The fleet must have been checked against the packs now in force.</summary>
    public static UnitPlans Build(FleetHistory fleet, IReadOnlyList<DatedPack> packs) => new(fleet.Units.Select(unit => PlanOf(unit, packs)));

    private static UnitPlan PlanOf(StorageUnit unit, IReadOnlyList<DatedPack> packs)
    {
        var mountings =
            from period in unit.History
            from probe in period.Probes
            from span in SpansOf(period, probe, packs)
            group span by (probe.Id, probe.Role);
        return new UnitPlan(unit.Id, [.. mountings.Select(spans => new PlannedProbe(
            spans.Key.Id, spans.Key.Role, new ProbeJudge(Joined(spans)), LevelPlan.Of(unit, spans.Key.Id, spans.Key.Role, packs)))])
        {
            Signals = SignalPlans.Of(unit, packs),
        };
    }

    /// <summary>A period is judged by the pack of its time: it is split where another one came into force.</summary>
    private static IEnumerable<RuleSpan> SpansOf(UnitPeriod period, FleetProbe probe, IReadOnlyList<DatedPack> packs) =>
        PackSpans.Of(period, packs).Select(part => new RuleSpan(part.From, part.To, ProbeRules.Of(part.Pack, part.Rule, probe.Role), probe.CalibrationOffsetMilli));

    private static List<RuleSpan> Joined(IEnumerable<RuleSpan> spans) =>
        PackSpans.Joined(spans, span => (span.From, span.To), (span, from, to) => span with { From = from, To = to });
}
