using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// Other figures that come into force between two samples divide the line between them, and nothing else: when it reaches a limit is not reckoned
/// from a rounded temperature. The lines here rise or fall by two thousandths of a degree a minute: one thousandth is half a minute.
/// </summary>
public sealed class DividedLineTests
{
    [Theory]
    [InlineData("0:5.99 10:6.01")]
    [InlineData("0:2.01 10:1.99")]
    public void FlatLine_DividedBeyondTheLimit_IsOutFromTheCrossing(string series)
    {
        foreach (var divided in new[] { 5.25, 7.25, 9.999 })
        {
            Times(series, divided).Should().Equal((Minute(5), Minute(divided)), (Minute(divided), Minute(10)));
        }
    }

    [Theory]
    [InlineData("0:5.99 10:6.01")]
    [InlineData("0:2.01 10:1.99")]
    public void FlatLine_DividedBeforeTheLimit_IsOutFromTheCrossing(string series) => Times(series, 0.25, 2.75, 4.75).Should().Equal((Minute(5), Minute(10)));

    [Theory]
    [InlineData("0:6.01 10:5.99")]
    [InlineData("0:1.99 10:2.01")]
    public void FlatLine_ThatComesBack_IsOutToTheCrossing(string series)
    {
        Times(series, 4.75).Should().Equal((Minute(0), Minute(4.75)), (Minute(4.75), Minute(5)));
        Times(series, 5.25).Should().Equal((Minute(0), Minute(5)));
    }

    [Fact]
    public void Calibration_ThatBeginsOnALine_MovesTheCrossingByAllOfIt()
    {
        RuleSpan[] spans = [new(Minute(0), Minute(1.25), Some.Rule()), new(Minute(1.25), Instant.End, Some.Rule(), CalibrationMilli: 5)];

        Fold("0:5.99 10:6.01", spans).Should().ContainSingle().Which.Start.Should().Be(Minute(2.5));
    }

    [Fact]
    public void AnySeries_DividedAnywhere_IsOutAsLongAsUndivided()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var series = RandomSeries(random);
            double[] boundaries = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, 90_000) / 1000.0).Distinct().Order()];

            Joined(Times(series, boundaries)).Should().Equal(Joined(Times(series)), $"seed {seed}");
        });

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(500)), property);
    }

    private static List<(Instant Start, Instant End)> Times(string series, params double[] boundaries) =>
        [.. Fold(series, Divided(boundaries)).Where(stretch => stretch.Side != Side.Unknown).Select(stretch => (stretch.Start, stretch.LastKnown)).Order()];

    private static RuleSpan[] Divided(double[] boundaries)
    {
        Instant[] ends = [.. boundaries.Select(Minute), Instant.End];
        return [.. ends.Select((end, i) => new RuleSpan(i == 0 ? Minute(0) : ends[i - 1], end, Some.Rule()))];
    }

    // Times that meet are one: a boundary parts them, and so does a sample that is exactly at the limit.
    private static List<(Instant Start, Instant End)> Joined(List<(Instant Start, Instant End)> times)
    {
        var joined = new List<(Instant Start, Instant End)>();
        foreach (var (start, end) in times)
        {
            if (joined.Count > 0 && joined[^1].End == start)
            {
                joined[^1] = (joined[^1].Start, end);
            }
            else
            {
                joined.Add((start, end));
            }
        }

        return joined;
    }

    private static string RandomSeries(Random random)
    {
        var (samples, minute) = (new List<string>(), 0.0);
        while (minute < 90)
        {
            var milli = random.Next(6) == 0 ? random.Next(1000, 9000) : (random.Next(2) == 0 ? 6000 : 2000) + random.Next(-12, 13);
            samples.Add(FormattableString.Invariant($"{minute}:{(random.Next(12) == 0 ? "x" : FormattableString.Invariant($"{milli / 1000.0}"))}"));
            minute += random.Next(8) == 0 ? random.Next(16, 40) : random.Next(1, 900_000) / 60_000.0;
        }

        return string.Join(' ', samples);
    }
}
