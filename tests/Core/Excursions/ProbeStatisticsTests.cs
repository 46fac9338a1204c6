using ColdChain.Core.Excursions;
using ColdChain.Core.Kinetics;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class ProbeStatisticsTests
{
    [Fact]
    public void Figures_AreOfGoodSamples()
    {
        var statistics = Of("0:4 10:6 12:x 14:0|90 20:2 22:3");

        statistics.Should().BeEquivalentTo(new { Samples = 4, Faults = 1, FirstHeard = Minute(0), LastHeard = Minute(22) });
        (statistics.Minimum?.Milli, statistics.Maximum?.Milli).Should().Be((2000, 6000));
        Of("").Should().BeEquivalentTo(new { Samples = 0, Faults = 0, MeanKinetic = (double?)null, Minimum = (Celsius?)null, FirstHeard = (Instant?)null });
    }

    /// <summary>Vector M2 of the domain's: 5, 5, 5, 15 is 8.7859.</summary>
    [Theory]
    [InlineData("0:5 10:5 20:15", 8.7859)]
    [InlineData("0:5 10:5 15:x 20:15", 8.7859)] // A fault is joined over.
    [InlineData("0:5 10:5 15:1|9 20:15", 5)] // Over a contradiction nothing is known,
    [InlineData("0:5 10:5 20.001:15", 5)] // nor over a longer gap.
    public void MeanKinetic_WeighsBySecondsThatAreKnown(string series, double expected) => Of(series).MeanKinetic.Should().BeApproximately(expected, 0.0001);

    [Fact]
    public void MeanKinetic_WithoutKnownTime_WeighsSamplesAlike()
    {
        var plain = new MeanKineticTemperature();
        plain.Add(Celsius.FromMilli(5000), 1);
        plain.Add(Celsius.FromMilli(15_000), 1);

        Of("0:5 60:15").MeanKinetic.Should().Be(plain.Value);
    }

    [Fact]
    public void Coverage_IsTheShareThatIsKnown()
    {
        Of("0:4 20:4").CoveragePercent([]).Should().Be(100);
        Of("0:4 20:4").CoveragePercent([Some.Stretch(5, 10), Some.Stretch(12, 17)]).Should().Be(50);
        Of("7:4").CoveragePercent([]).Should().Be(100);
        Of("7:x").CoveragePercent([]).Should().Be(0);
        Of("").CoveragePercent([]).Should().Be(0);
    }

    private static ProbeStatistics Of(string series)
    {
        var statistics = new ProbeStatistics(TimeSpan.FromMinutes(10));
        Parse(series).ToList().ForEach(sample => statistics.Take(sample));
        return statistics;
    }
}
