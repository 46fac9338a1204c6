using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>How often and for how long the signals of a storage unit told of an open door, or of lost mains, and for how long nobody could tell.</summary>
internal static class SignalTimes
{
    /// <summary>
    /// What the signals of one kind told within [from, to); null when there was none. Of two doors that stood open at the same time it is one time, and
    /// nobody could tell as soon as one of them was unknown, or while there was none.
    /// </summary>
    public static CountContent? Of(StorageUnit unit, IReadOnlyList<Condition> conditions, SignalKind kind, Instant from, Instant to)
    {
        var used = unit.History.Where(period => period.From < to && period.To > from).ToLookup(period => period.Signals.Any(signal => signal.Kind == kind));
        var signals = used[true].SelectMany(period => period.Signals).Where(signal => signal.Kind == kind).Select(signal => signal.Id).ToHashSet();
        var told = Spans.Union(TimesOf(conditions.Where(condition => condition.Kind == ToldOf(kind))), from, to);
        if (signals.Count == 0 && told.Count == 0)
        {
            return null;
        }

        var unheard = TimesOf(conditions.Where(condition => condition.Kind == ConditionKind.SignalUnknown && signals.Contains(condition.Probe)));
        var unwatched = Spans.Between(Spans.Union(used[true].Select(SpanOf), from, to), from, to); // Without such a signal, or not in use.
        var unknown = Spans.Length(Spans.Union(unheard.Concat(unwatched), from, to));
        return new CountContent(told.Count, Spans.Length(told)) { Known = to - from - unknown, Unknown = unknown };
    }

    private static ConditionKind ToldOf(SignalKind kind) => kind switch
    {
        SignalKind.Door => ConditionKind.DoorOpen,
        SignalKind.Mains => ConditionKind.MainsLost,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is told of doors and of the mains."),
    };

    private static IEnumerable<SpanContent> TimesOf(IEnumerable<Condition> conditions) => conditions.Select(condition => new SpanContent(condition.Start, condition.Until));

    private static SpanContent SpanOf(UnitPeriod period) => new(period.From, period.To);
}
