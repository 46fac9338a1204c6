using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>Limits 2 and 6 °C, red lines 1 and 10 °C; the room is at 22 °C, and what warms slows down towards it.</summary>
public sealed class ForecastTests
{
    private static readonly Celsius[] Cold = [Celsius.FromMilli(2_000), Celsius.FromMilli(1_000)];
    private static readonly Celsius[] Warm = [Celsius.FromMilli(6_000), Celsius.FromMilli(10_000)];

    [Theory]
    [InlineData(4, 2, 6_000)] // warming towards the limit
    [InlineData(4, -2, 2_000)] // cooling towards the limit
    [InlineData(7, 2, 10_000)] // out and warming: the red line is next
    [InlineData(1.5, -2, 1_000)]
    [InlineData(11, 2, null)] // beyond every figure
    [InlineData(7, -2, null)] // on its way back, and not towards the other side
    [InlineData(1.5, 2, null)]
    [InlineData(4, 0.1, null)] // slower than what counts as a change
    [InlineData(-20, -0.5, null)]
    public void Next_IsTheFigureThatItMovesTo(double celsius, double perHour, int? milli) =>
        Of(("a", celsius, perHour)).Limit.Should().Be(milli is { } value ? Celsius.FromMilli(value) : null);

    [Fact]
    public void Time_OfCooling_FollowsTheLine() => Of(("a", 4, -2)).ReachesAt.Should().Be(Some.Noon + TimeSpan.FromHours(1));

    [Fact]
    public void SeveralProbes_TheOneThatReachesALimitFirst_Tells() => Of(("slow", 3, -1), ("fast", 5, -4), ("near", 2.5, -1)).Probe.Name.Should().Be("near");

    [Fact]
    public void SeveralProbes_ThatReachNone_TheFastestTells() => Of(("a", 7, -1), ("b", 9, -3), ("c", 8, -2)).Probe.Name.Should().Be("b");

    [Fact]
    public void NoProbe_HasNoForecast() => Forecast.Of([], Cold, Warm).Should().BeNull();

    private static Forecast Of(params (string Name, double Celsius, double PerHour)[] probes) =>
        Forecast.Of(probes.Select(probe => (new ProbeId(Some.Probe.Device, probe.Name), new Trend(Some.Noon, probe.Celsius, probe.PerHour, probe.Celsius))), Cold, Warm)!;
}
