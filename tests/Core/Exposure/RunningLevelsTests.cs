using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What runs can be carried on, and says whether it is still the same that runs.</summary>
public sealed class RunningLevelsTests
{
    private static readonly RunningLevels Warm = new(Some.Probe, [Level(6001, 10000, from: 0, to: 10)], Minute(10), Minute(25), Instant.End);

    [Fact]
    public void Until_AnEarlierInstant_TakesNothingBack()
    {
        Warm.Until(Minute(5)).Should().Equal(Warm.Intervals);
        Warm.Until(Minute(10)).Should().Equal(Warm.Intervals);
    }

    [Fact]
    public void Until_WhereAnotherSampleWouldStillJoin_TheLevelLasts()
    {
        Warm.Until(Minute(25)).Should().Equal(Level(6001, 10000, from: 0, to: 25));
        Warm.Until(Minute(26)).Should().Equal(Level(6001, 10000, from: 0, to: 10), LevelInterval.Unknown(Minute(10), Minute(26), null));
    }

    [Fact]
    public void Until_TheProbeHasLeft_IsTheTimeOfItsLeaving() =>
        (Warm with { EndsAt = Minute(20) }).Until(Minute(60)).Should().Equal(Level(6001, 10000, from: 0, to: 20));

    [Fact]
    public void SameLevels_HoweverLongTheyLast_AreContinued()
    {
        var later = Warm with { Intervals = [Level(6001, 10000, from: 0, to: 20)], Since = Minute(20), JoinsUntil = Minute(35) };

        Warm.IsContinuedBy(later).Should().BeTrue();
        later.IsContinuedBy(Warm).Should().BeTrue();
    }

    [Fact]
    public void OtherLevels_AreNotContinued()
    {
        Warm.IsContinuedBy(Warm with { Probe = new ProbeId(Some.Probe.Device, "other") }).Should().BeFalse();
        Warm.IsContinuedBy(Warm with { EndsAt = Minute(60) }).Should().BeFalse("it is known now when it leaves");
        Warm.IsContinuedBy(Warm with { Intervals = [Level(6001, 10000, from: 5, to: 10)] }).Should().BeFalse("it began later");
        Warm.IsContinuedBy(Warm with { Intervals = [Level(2000, 6000, from: 0, to: 10)] }).Should().BeFalse();
        Warm.IsContinuedBy(Warm with { Intervals = [LevelInterval.Unknown(Minute(0), Minute(10), null)] }).Should().BeFalse();
        Warm.IsContinuedBy(Warm with { Intervals = [.. Warm.Intervals, LevelInterval.Unknown(Minute(10), Minute(30), null)] }).Should().BeFalse();
    }

    private static LevelInterval Level(int low, int high, int from, int to) => new(low, high, Minute(from), Minute(to), 8000, 8000, false, null);
}
