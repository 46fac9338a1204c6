using ColdChain.Core.Excursions;
using ColdChain.Core.Signals;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Excursions;

/// <summary>Turns the signals of the effective-dated fleet into what the engine judges them by.</summary>
internal static class SignalPlans
{
    public static IReadOnlyList<PlannedSignal> Of(StorageUnit unit, IReadOnlyList<DatedPack> packs)
    {
        var spans =
            from period in unit.History
            from signal in period.Signals
            from part in PlanBuilder.InForce(period, packs)
            let rule = SignalRule.Of(signal.Kind, part.Rule.Agitation?.Required, part.Rule.MaxGap)
            group new SignalSpan(part.From, part.To, rule) by (signal.Id, signal.Kind);
        return [.. spans.Select(group => new PlannedSignal(group.Key.Id, group.Key.Kind, new SignalJudge(group.Key.Id, Joined(group))))];
    }

    // Neighbouring spans that judge alike are one: a change that does not concern the signal must not cut what it tells.
    private static List<SignalSpan> Joined(IEnumerable<SignalSpan> spans)
    {
        var joined = new List<SignalSpan>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (joined.Count > 0 && joined[^1].To == span.From && joined[^1].Rule == span.Rule)
            {
                joined[^1] = joined[^1] with { To = span.To };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
