using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Excursions;

/// <summary>Turns the effective-dated fleet and the rule packs into what the engine judges by.</summary>
internal static class PlanBuilder
{
    /// <summary>The plans of all units. The fleet must have been checked against the same packs.</summary>
    public static UnitPlans Build(FleetHistory fleet, IReadOnlyList<RulePack> packs) => new(fleet.Units.Select(unit => PlanOf(unit, packs)));

    private static UnitPlan PlanOf(StorageUnit unit, IReadOnlyList<RulePack> packs)
    {
        var mountings =
            from period in unit.History
            from probe in period.Probes
            group new RuleSpan(period.From, period.To, RuleOf(period, probe.Role, packs), probe.CalibrationOffsetMilli) by (probe.Id, probe.Role);
        return new UnitPlan(unit.Id, [.. mountings.Select(spans => new PlannedProbe(spans.Key.Id, spans.Key.Role, new ProbeJudge(Joined(spans))))]);
    }

    private static ProbeRule RuleOf(UnitPeriod period, ProbeRole role, IReadOnlyList<RulePack> packs)
    {
        var pack = packs.First(pack => pack.Id == period.RulePackId);
        var rule = pack.Find(period.Product, period.Context)
            ?? throw new InvalidOperationException($"{pack.Id} has no rule for {period.Product} in {period.Context}, though the fleet was checked against it.");
        return ProbeRules.Of(pack, rule, role);
    }

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
