using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
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
        InForce(period, packs).Select(part => new RuleSpan(part.From, part.To, ProbeRules.Of(part.Pack, part.Rule, probe.Role), probe.CalibrationOffsetMilli));

    /// <summary>The rules of a period's product, each for the part of the period in which its pack was in force.</summary>
    internal static IEnumerable<(Instant From, Instant To, RulePack Pack, StorageRule Rule)> InForce(UnitPeriod period, IReadOnlyList<DatedPack> packs) =>
        PackSpans.Of(period, packs).Select(span => (span.From, span.To, span.Pack, span.Pack.Find(period.Products, period.Context)!)); // Only packs that have it were kept.

    /// <summary>Neighbouring periods that judge a probe alike are one span: a change that does not concern it must not split a stretch.</summary>
    private static List<RuleSpan> Joined(IEnumerable<RuleSpan> spans)
    {
        var joined = new List<RuleSpan>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.To == span.From && (last.Rule, last.CalibrationMilli) == (span.Rule, span.CalibrationMilli))
            {
                joined[^1] = last with { To = span.To };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
