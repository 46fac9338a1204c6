using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>Degree-minutes by straight lines between samples, time in each band, coverage and the longest gap, worked out by hand.</summary>
public sealed class FigureVectorTests
{
    private static readonly ProbeRule Rule = new() { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000) };

    [Theory]
    [InlineData("0:5 5:7 10:9 15:7 20:5", Side.High, 15.0, 22.5)]
    [InlineData("0:6 5:6 10:6 15:6 20:6", Side.High, 0.0, 0.0)]
    [InlineData("0:6.0 5:6.1 10:6.0", Side.High, 10.0, 0.5)]
    [InlineData("0:3 5:1 10:1 15:3", Side.Low, 10.0, 7.5)]
    [InlineData("0:2 5:2 10:2", Side.Low, 0.0, 0.0)]
    [InlineData("0:5 5:7 10:7", Side.High, 7.5, 6.25)]
    [InlineData("0:7 10:7 40:7 50:7", Side.High, 20.0, 20.0)]
    public void DegreeMinutes_OfACourse_AreTheAreaBetweenLineAndLimit(string course, Side side, double minutes, double degreeMinutes)
    {
        var found = Stretches(course).Where(stretch => stretch.Side == side).ToList();

        found.Sum(stretch => stretch.Duration.TotalMinutes).Should().Be(minutes);
        found.Sum(stretch => stretch.DegreeMinutes).Should().BeApproximately(degreeMinutes, 1e-9);
    }

    [Theory]
    [InlineData("0:4 10:4 20:4", 0, 20, 0, 0, 0)]
    [InlineData("0:4 10:8 20:4", 0, 10, 10, 0, 0)]
    [InlineData("0:4 10:0 20:4", 10, 10, 0, 0, 0)]
    [InlineData("0:4 30:4 40:4 60:4", 0, 10, 0, 50, 30)]
    [InlineData("0:8 15:8 31:8 41:4", 0, 5, 20, 16, 16)]
    [InlineData("0:4", 0, 0, 0, 0, 0)]
    public void BandTimes_OfACourse_AddUpToItsLength(string course, double low, double inRange, double high, double unknown, double longestGap)
    {
        var samples = Samples(course);
        var bands = BandTimes.Of(samples[0].At, samples[^1].At, Stretches(course));

        (bands.Low.TotalMinutes, bands.InRange.TotalMinutes, bands.High.TotalMinutes, bands.Unknown.TotalMinutes, bands.LongestGap.TotalMinutes)
            .Should().Be((low, inRange, high, unknown, longestGap));
    }

    [Fact]
    public void MeanKinetic_AndCoverage_LeaveOutGapsAndFaults()
    {
        var statistics = new ProbeStatistics(Rule.MaxGap);
        foreach (var sample in Samples("0:5 10:5 70:15 80:15"))
        {
            statistics.Take(sample);
        }

        statistics.Take(Sample.Fault(Some.Noon + TimeSpan.FromMinutes(80)));

        statistics.MeanKinetic.Should().BeApproximately(11.387, 0.001, "ten minutes at 5 °C and ten at 15 °C, and nothing of the hour between");
        statistics.CoveragePercent(Stretches("0:5 10:5 70:15 80:15").Where(stretch => stretch.Side == Side.Unknown)).Should().BeApproximately(25, 1e-9);
        (statistics.Samples, statistics.Faults, statistics.Maximum).Should().Be((4, 1, Celsius.FromMilli(15_000)));
    }

    private static List<Stretch> Stretches(string course)
    {
        var samples = Samples(course);
        var judge = new ProbeJudge([new RuleSpan(samples[0].At, Instant.End, Rule)]);
        var (track, found) = (judge.Start, new List<Stretch>());
        samples.ForEach(sample => judge.Fold(ref track, sample, found));
        judge.Tail(track, track.HeardAt, found);
        return found;
    }

    /// <summary>Minutes and degrees: <c>5:6.1</c>.</summary>
    private static List<Sample> Samples(string course) =>
    [
        .. course.Split(' ').Select(pair => pair.Split(':')).Select(pair => Sample.Good(
            Some.Noon + TimeSpan.FromMinutes(int.Parse(pair[0], CultureInfo.InvariantCulture)),
            Celsius.TryParse(pair[1], out var celsius) ? celsius : throw new FormatException(pair[1]))),
    ];
}
