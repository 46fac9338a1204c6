using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class TrendTests
{
    private static readonly TimeSpan MaxGap = TimeSpan.FromMinutes(15);

    /// <summary>The compressor stops at minute 0; the load approaches a room of 24 °C with a time constant of six hours. It passes 10 °C at minute 128.4.</summary>
    [Fact]
    public void CompressorFailure_FiftyMinutesOn_IsPredictedToTheRedLine()
    {
        var trend = Of(Enumerable.Range(0, 51).Select(minute => At(minute, 24 - 20 * Math.Exp(-minute / 360.0))), now: 50)!;

        trend.PerHour.Should().BeApproximately(3.0, 0.1);
        MinuteOf(trend, 10_000).Should().BeApproximately(128.4, 4);
        trend.Reaches(Celsius.FromMilli(6_000)).Should().BeNull("it is past that");
        trend.Reaches(Celsius.FromMilli(2_000)).Should().BeNull("it goes the other way");
    }

    [Fact]
    public void CompressorFailure_WithNoiseAndASpike_IsPredictedAlike()
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, 51).Select(minute => minute == 45 ? At(minute, 85) : At(minute, 24 - 20 * Math.Exp(-minute / 360.0) + random.Next(-1, 2) * 0.0625));

        MinuteOf(Of(samples, now: 50)!, 10_000).Should().BeApproximately(128.4, 12);
    }

    [Fact]
    public void Cooling_IsFollowedAlongTheLine() =>
        MinuteOf(Of(Enumerable.Range(0, 31).Select(minute => At(minute, 5 - minute * 0.02)), now: 30)!, 2_000).Should().BeApproximately(150, 0.1);

    [Fact]
    public void PlateletIncubator_NearTheRoom_IsFollowedAlongTheLine() =>
        MinuteOf(Of(Enumerable.Range(0, 31).Select(minute => At(minute, 22 + minute * 0.02)), now: 30)!, 24_000).Should().BeApproximately(100, 0.1);

    [Theory]
    [InlineData(0, 1, 4, 3)] // four samples
    [InlineData(0, 1, 9, 8)] // nine minutes
    [InlineData(0, 1, 31, 46)] // sixteen minutes old
    [InlineData(0, 16, 31, 480)] // too far apart
    public void Samples_TooFewOrTooOldOrTooFarApart_HaveNoTrend(int from, int step, int count, int now) =>
        Of(Enumerable.Range(0, count).Select(i => At(from + i * step, 4 + i * 0.1)), now).Should().BeNull();

    [Fact]
    public void SteadyTemperature_PredictsNothing()
    {
        var trend = Of(Enumerable.Range(0, 31).Select(minute => At(minute, 4 + minute % 2 * 0.0625)), now: 30)!;

        trend.Reaches(Celsius.FromMilli(6_000)).Should().BeNull();
    }

    [Fact]
    public void LastSample_InDoubt_HasNoTrendUntilTheNextOnesDecide()
    {
        var samples = Enumerable.Range(0, 31).Select(minute => At(minute, minute == 30 ? 85 : 4 + minute * 0.02)).ToList();

        Of(samples, now: 30).Should().BeNull();
        Of(samples.Append(At(31, 4.62)), now: 31)!.PerHour.Should().BeApproximately(1.2, 0.01);
    }

    [Fact]
    public void Calibration_MovesTheTemperatureAndNotTheRate()
    {
        var samples = Enumerable.Range(0, 31).Select(minute => At(minute, 5 - minute * 0.02)).ToList();

        var trend = Trend.Of(samples, calibrationMilli: -500, MaxGap, Minute(30))!;
        trend.Celsius.Should().BeApproximately(3.9, 0.001);
        trend.PerHour.Should().BeApproximately(-1.2, 0.001);
    }

    private static Trend? Of(IEnumerable<Sample> samples, int now) => Trend.Of([.. samples], 0, MaxGap, Minute(now));

    private static double? MinuteOf(Trend trend, int milli) => (trend.Reaches(Celsius.FromMilli(milli)) - Some.Noon)?.TotalMinutes;

    private static Sample At(int minute, double degrees) => Sample.Good(Minute(minute), Celsius.FromMilli((int)Math.Round(degrees * 1000)));
}
