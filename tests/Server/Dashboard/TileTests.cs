using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard;
using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Dashboard.Views;

namespace ColdChain.Server.Tests.Dashboard;

public sealed class TileTests
{
    private static readonly Instant Now = new(1_760_000_000_000);

    [Theory]
    [InlineData(StorageState.InRange, 599, Freshness.Fresh)]
    [InlineData(StorageState.InRange, 600, Freshness.Late)]
    [InlineData(StorageState.InRange, 899, Freshness.Late)]
    [InlineData(StorageState.InRange, 900, Freshness.Hidden)]
    [InlineData(StorageState.OutOfRange, 900, Freshness.Hidden)]
    [InlineData(StorageState.Unverified, 1, Freshness.Late)]
    [InlineData(StorageState.Unknown, 1, Freshness.Hidden)]
    public void Freshness_ByAgeAndState_NeverFlatters(StorageState state, int seconds, Freshness freshness) =>
        Tile(state, Now - TimeSpan.FromSeconds(seconds)).FreshnessAt(Now).Should().Be(freshness);

    [Fact]
    public void Freshness_OfWhatWasNeverMeasured_IsHidden() =>
        (Tile(StorageState.InRange, null) with { Temperature = null }).FreshnessAt(Now).Should().Be(Freshness.Hidden);

    [Theory]
    [InlineData(2_000, 6_000, 4_000, 25, 75, 50)]
    [InlineData(2_000, 6_000, 6_000, 25, 75, 75)]
    [InlineData(2_000, 6_000, 50_000, 25, 75, 100)]
    [InlineData(null, -25_000, -25_000, 0, 75, 75)]
    [InlineData(null, -25_000, -60_000, 0, 75, 0)]
    [InlineData(20_000, null, 20_000, 25, 100, 25)]
    public void Scale_OfLimits_PutsTheRangeInTheMiddle(int? low, int? high, int value, double from, double to, double marker) =>
        LimitScale.Of(Celsius(low), Celsius(high), Celsius(value)).Should().Be(new LimitScale(from, to, marker));

    [Fact]
    public void Scale_WithoutLimits_IsNone() => LimitScale.Of(null, null, Celsius(4_000)).Should().BeNull();

    [Fact]
    public void DayLine_OverABreak_BeginsAnew()
    {
        var probe = new ProbeId(new DeviceId("pi-1"), "load");
        LinePoint[] line = [Point(0, 4_000), Point(10, 4_100), Point(11, null), Point(60, 4_000), Point(70, 4_200)];
        var picture = DayLine.Draw(new UnitSeries
        {
            From = Now,
            To = Now + TimeSpan.FromHours(24),
            Source = new LineSource(),
            Probes = [new ProbeSeries(probe, ProbeRole.Load, line)],
            Limits = [new LimitsInForce(Now, Now + TimeSpan.FromHours(24), Celsius(2_000), Celsius(6_000))],
            Unknown = [(line[1].At, line[3].At)],
            Findings = [],
        });

        picture.Count(letter => letter == 'M').Should().Be(4, "two lines of the probe and two limits");
        picture.Should().Contain("<rect").And.NotContain("style");
    }

    private static LinePoint Point(int minutes, int? milli) => new(Now + TimeSpan.FromMinutes(minutes), milli);

    private static Celsius? Celsius(int? milli) => milli is { } value ? Core.Readings.Celsius.FromMilli(value) : null;

    private static TileView Tile(StorageState state, Instant? measuredAt) => new()
    {
        Id = "fridge-1",
        Name = "Fridge 1",
        SiteId = "rabat",
        SiteName = "Rabat",
        Zone = TimeZoneInfo.Utc,
        Product = "RBC",
        State = state,
        Since = Now,
        Temperature = Celsius(4_000),
        MeasuredAt = measuredAt,
        Low = Celsius(2_000),
        High = Celsius(6_000),
        Holds = 0,
        LateAfter = TimeSpan.FromMinutes(10),
        HiddenAfter = TimeSpan.FromMinutes(15),
    };
}
