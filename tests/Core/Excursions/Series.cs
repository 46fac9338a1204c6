using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// Samples in one line: <c>0:5 5:7 10:9</c> is minute:degrees; <c>x</c> is a fault, <c>4|7</c> two contradicting claims. Minutes count from
/// <see cref="Some.Noon"/>.
/// </summary>
internal static class Series
{
    public static IReadOnlyList<Stretch> Record(string series, ProbeRule? rule = null) => Fold(series, [new RuleSpan(Minute(0), Instant.End, rule ?? Some.Rule())]);

    public static IReadOnlyList<Stretch> Fold(string series, IReadOnlyList<RuleSpan> spans, double? quietUntil = null)
    {
        var judge = new ProbeJudge(spans);
        var track = judge.Start;
        var stretches = new List<Stretch>();
        foreach (var sample in Parse(series))
        {
            judge.Fold(ref track, sample, stretches);
        }

        judge.Tail(track, quietUntil is { } minute ? Minute(minute) : track.HeardAt, stretches);
        return stretches;
    }

    public static IEnumerable<Sample> Parse(string series) =>
        series.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(':')).Select(pair => One(Minute(Number(pair[0])), pair[1]));

    public static Instant Minute(double minutes) => Some.Noon + TimeSpan.FromMinutes(minutes);

    private static Sample One(Instant at, string text) => text == "x"
        ? Sample.Fault(at)
        : text.Split('|').Select(claim => Sample.Good(at, Celsius.FromMilli((int)Math.Round(Number(claim) * 1000)))).Aggregate((a, b) => a.And(b));

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
