using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>A ribbon beneath the axis.</summary>
/// <param name="Label">What it tells of.</param>
/// <param name="Hatch">How its times are hatched.</param>
/// <param name="Ground">The colour of their ground.</param>
/// <param name="Ink">That of their strokes.</param>
/// <param name="Times">When.</param>
internal sealed record ChartLane(string Label, HatchKind Hatch, string Ground, string Ink, IReadOnlyList<(Instant From, Instant To)> Times);

/// <summary>The ribbons of a picture: the door, the mains, other conditions, and samples that did not count.</summary>
internal static class ChartLanes
{
    private const string Door = "door-open";
    private const string Mains = "mains-lost";

    public static IReadOnlyList<ChartLane> Of(ReportTexts texts, ChartSubject subject)
    {
        var lanes = subject.Conditions.GroupBy(condition => condition.Kind).OrderBy(kind => Rank(kind.Key)).ThenBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => Of(kind.Key, texts.OfCondition(kind.Key), [.. kind.Select(condition => (condition.From, condition.To ?? condition.OverBy ?? subject.To))]));
        return subject.Excluded.Count == 0
            ? [.. lanes]
            : [.. lanes, new ChartLane(texts.LaneExcluded, HatchKind.Falling, "#f4ead6", "#5b3d00", [.. subject.Excluded.Where(one => one.Runs == 1).Select(one => (one.From, one.To))])];
    }

    private static int Rank(string kind) => kind switch { Door => 0, Mains => 1, _ => 2 };

    private static ChartLane Of(string kind, string label, IReadOnlyList<(Instant, Instant)> times) => kind switch
    {
        Door => new ChartLane(label, HatchKind.Rising, "#fff3d6", "#7a4b00", times),
        Mains => new ChartLane(label, HatchKind.Upright, "#c8cfd6", "#1d2733", times),
        _ => new ChartLane(label, HatchKind.Middle, "#e9e4f5", "#3a2a66", times),
    };
}
