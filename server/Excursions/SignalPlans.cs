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
            from part in PackSpans.Of(period, packs)
            let rule = SignalRule.Of(signal.Kind, part.Rule.Agitation?.Required, part.Rule.MaxGap)
            group new SignalSpan(part.From, part.To, rule) by (signal.Id, signal.Kind);
        return [.. spans.Select(group => new PlannedSignal(group.Key.Id, group.Key.Kind, new SignalJudge(group.Key.Id, Joined(group))))];
    }

    private static List<SignalSpan> Joined(IEnumerable<SignalSpan> spans) =>
        PackSpans.Joined(spans, span => (span.From, span.To), (span, from, to) => span with { From = from, To = to });
}
