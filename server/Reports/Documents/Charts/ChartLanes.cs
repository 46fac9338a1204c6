using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>A ribbon beneath the axis.</summary>
/// <param name="Label">What it tells of.</param>
/// <param name="Pattern">The end of its pattern's name.</param>
/// <param name="Times">When.</param>
internal sealed record ChartLane(string Label, string Pattern, IReadOnlyList<(Instant From, Instant To)> Times);

/// <summary>The ribbons of a picture: the door, the mains, other conditions, and samples that did not count.</summary>
internal static class ChartLanes
{
    private const string Door = "door-open";
    private const string Mains = "mains-lost";

    public static IReadOnlyList<ChartLane> Of(ReportTexts texts, ChartSubject subject)
    {
        var lanes = subject.Conditions.GroupBy(condition => condition.Kind).OrderBy(kind => Rank(kind.Key)).ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => new ChartLane(texts.OfCondition(kind.Key), Pattern(kind.Key), [.. kind.Select(condition => (condition.From, condition.To ?? subject.To))]));
        return subject.Excluded.Count == 0
            ? [.. lanes]
            : [.. lanes, new ChartLane(texts.LaneExcluded, "excluded", [.. subject.Excluded.Select(one => (one.From, one.To))])];
    }

    private static int Rank(string kind) => kind switch { Door => 0, Mains => 1, _ => 2 };

    private static string Pattern(string kind) => kind switch { Door => "door", Mains => "mains", _ => "other" };
}
