using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>What is shown of a storage unit with one or two load probes and an air probe.</summary>
public sealed class StateDecisionTests
{
    private static readonly ProbeId Top = new(new DeviceId("pi-1"), "top");
    private static readonly ProbeId Bottom = new(new DeviceId("pi-2"), "bottom");
    private static readonly ProbeId Air = new(new DeviceId("pi-1"), "air");
    private static readonly ProbeRule Rule = Some.Rule() with { WarnLow = Celsius.FromMilli(2500), WarnHigh = Celsius.FromMilli(5500) };

    [Theory]
    [InlineData("0:5.499", StorageState.InRange)]
    [InlineData("0:5.5", StorageState.Warning)]
    [InlineData("0:2.5", StorageState.Warning)]
    [InlineData("0:2.501", StorageState.InRange)]
    [InlineData("0:6.001", StorageState.OutOfRange)]
    [InlineData("0:1.999", StorageState.OutOfRange)]
    [InlineData("0:4|9", StorageState.Unknown)]
    [InlineData("0:x", StorageState.Unverified)]
    public void OneProbe_ShowsWhereItsTemperatureLies(string series, StorageState expected) => Of(Minute(0), (Top, series)).State.Should().Be(expected);

    [Fact]
    public void OneProbe_ShowsItsTemperatureAndWhenThatWas()
    {
        Of(Minute(3), (Top, "0:4")).Should().BeEquivalentTo(new { Probe = Top, Temperature = Celsius.FromMilli(4000), MeasuredAt = Minute(0), Rule, Silent = Array.Empty<SilentProbe>() });
        Of(Minute(3), (Top, "0:x")).Should().BeEquivalentTo(new { Probe = Top, Temperature = (Celsius?)null, MeasuredAt = (Instant?)null });
    }

    [Theory]
    [InlineData("0:4", "0:7", "bottom")]
    [InlineData("0:7", "0:4", "top")]
    [InlineData("0:4", "0:5", "top")]
    public void TwoProbes_ShowTheWorse_AndOfTwoAlikeTheFirst(string top, string bottom, string shown) =>
        Of(Minute(1), (Top, top), (Bottom, bottom)).Probe?.Name.Should().Be(shown);

    [Theory]
    [InlineData(15, StorageState.InRange)]
    [InlineData(15.0001, StorageState.Unverified)]
    [InlineData(240, StorageState.Unverified)]
    [InlineData(240.0001, StorageState.Unknown)]
    public void Silence_IsUnverifiedAndThenUnknown(double minute, StorageState expected) => Of(Minute(minute), (Top, "0:4")).State.Should().Be(expected);

    [Theory]
    [InlineData("0:4 10:4", "0:4 20:4", "bottom")]
    [InlineData("0:4 20:4", "0:4 10:4", "top")]
    [InlineData("0:4 20:4", "0:4 20:4", "top")]
    [InlineData("0:4 20:4|5", "0:4 10:4", "bottom")] // The best of the lost: of this one it may be learnt yet.
    public void Blind_ShowsWhoToldLast(string top, string bottom, string shown)
    {
        var view = Of(Minute(60), (Top, top), (Bottom, bottom));

        (view.State, view.Probe?.Name).Should().Be((StorageState.Unverified, shown));
    }

    [Fact]
    public void Blind_IsCountedFromTheLastWordOfAny()
    {
        Of(Minute(300), (Top, "0:4"), (Bottom, "0:4 60:4")).State.Should().Be(StorageState.Unverified);
        Of(Minute(300.0001), (Top, "0:4"), (Bottom, "0:4 60:4")).State.Should().Be(StorageState.Unknown);
    }

    [Fact]
    public void Unit_WithoutAProbeAtTheTime_IsUnknown() =>
        Of(Minute(-1), (Top, "")).Should().BeEquivalentTo(new { State = StorageState.Unknown, Probe = (ProbeId?)null, Rule = (ProbeRule?)null, Silent = Array.Empty<SilentProbe>() });

    [Theory]
    [InlineData(25, StorageState.Warning)] // Heard of a gap ago: it is broken.
    [InlineData(25.0001, StorageState.Unverified)] // It may only be late.
    [InlineData(250, StorageState.Unverified)]
    [InlineData(250.0001, StorageState.Warning)]
    public void LostProbe_BesideAKnownOne_IsBrokenOrLate(double minute, StorageState expected)
    {
        var others = string.Join(' ', Enumerable.Range(0, 26).Select(i => $"{i * 10}:4"));

        Of(Minute(minute), (Top, "0:4 10:x"), (Bottom, others)).State.Should().Be(expected);
    }

    [Fact]
    public void SilentProbes_AreNamed()
    {
        var view = Of(Minute(20), (Top, "0:4"), (Bottom, "0:x 18:x"), (Air, "0:4 10:4"));

        view.Silent.Should().Equal(new SilentProbe(Top, Minute(0), NeverSeen: false), new SilentProbe(Bottom, Minute(0), NeverSeen: true));
    }

    [Theory]
    [InlineData("0:5 10:5", StorageState.InRange)]
    [InlineData("0:9 9.9:9", StorageState.InRange)] // Within its delay.
    [InlineData("0:9 10:9", StorageState.Warning)]
    [InlineData("0:x 10:x", StorageState.Warning)]
    [InlineData("", StorageState.Warning)]
    public void AirProbe_OutForLongerThanItsDelayOrUnknown_Warns(string air, StorageState expected)
    {
        var now = air.EndsWith("9.9:9", StringComparison.Ordinal) ? 9.9 : 10;

        Of(Minute(now), (Top, "0:4 9:4"), (Air, air)).State.Should().Be(expected);
    }

    [Fact]
    public void AirProbe_Silent_Warns() => Of(Minute(20), (Top, "0:4 9:4 18:4"), (Air, "0:4")).State.Should().Be(StorageState.Warning);

    [Fact]
    public void AirProbe_InRange_DoesNotWarnForALoadProbeThatIsOut() =>
        Of(Minute(10), (Top, "0:7 10:7"), (Air, "0:5 10:5")).State.Should().Be(StorageState.OutOfRange);

    private static StateView Of(Instant now, params (ProbeId Probe, string Series)[] series)
    {
        var plan = new UnitPlan(new StorageUnitId("fridge"), [.. series.Select(one => new PlannedProbe(one.Probe, one.Probe == Air ? ProbeRole.Air : ProbeRole.Load, new ProbeJudge([
            new RuleSpan(Minute(0), Instant.End, one.Probe == Air ? Rule with { Delay = TimeSpan.FromMinutes(10) } : Rule)])))]);
        var fold = new UnitFold(plan);
        foreach (var (probe, sample) in series.SelectMany(one => Parse(one.Series).Select(sample => (one.Probe, sample))).OrderBy(one => one.sample.At))
        {
            fold.Take(probe, sample);
        }

        return fold.Judge(now).View;
    }
}
