using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Tests.Support;
using ColdChain.Hosting.Clocks;

namespace ColdChain.Edge.Tests;

public sealed class DeviceClockTests
{
    private readonly ManualTime _time = new(Some.Noon);
    private readonly SimulatedAuthority _authority = new();

    [Fact]
    public void Stamp_SampleOfNow_HasTheWallClockAndTheMonotonicOne()
    {
        Some.Clock(_time).Stamp(ProbeSample.Good(Some.Load, null, Celsius.FromMilli(4000)))
            .Should().Be(new Measurement(Some.Load, Some.Noon, Celsius.FromMilli(4000), null, null, "boot-1", 86_400_000));
    }

    [Fact]
    public void Stamp_WhileTheClockIsNotSet_HasNoInstant_ButStillTheMonotonicTime()
    {
        _time.Set(new Instant(60_000)); // One minute past 1970.
        _time.Advance(TimeSpan.FromSeconds(5));

        var clock = Some.Clock(_time);

        clock.Now.Should().BeNull();
        clock.Stamp(ProbeSample.Faulty(Some.Load, null, "no-answer"))
            .Should().Be(new Measurement(Some.Load, null, null, "no-answer", null, "boot-1", 86_405_000));
    }

    [Fact]
    public void Stamp_SampleWithItsOwnInstant_KeepsItAndSaysNothingOfThisBoot()
    {
        var recorded = Some.Noon - TimeSpan.FromDays(1600);

        Some.Clock(_time).Stamp(ProbeSample.Good(Some.Load, recorded, Celsius.FromMilli(4000)))
            .Should().Be(new Measurement(Some.Load, recorded, Celsius.FromMilli(4000), null, null, null, null));
    }

    [Fact]
    public void Now_LastShutdownShown_IsNotTrustedUntilATimeServerHasSetIt_AndIsThenAnAnchor()
    {
        var clock = Watched();
        _time.Set(Some.Noon - TimeSpan.FromHours(9)); // What a file kept of the last shutdown: above the floor, and wrong.

        clock.Now.Should().BeNull();
        clock.Stamp(ProbeSample.Good(Some.Load, null, Celsius.FromMilli(12_000)))
            .Should().Be(new Measurement(Some.Load, null, Celsius.FromMilli(12_000), null, null, "boot-1", 86_400_000));
        clock.Anchors.Should().BeEmpty();

        _time.Advance(TimeSpan.FromHours(2));
        _time.Set(Some.Noon);
        _authority.ErrorMs = 40;

        clock.Now.Should().Be(Some.Noon);
        clock.Anchors.Should().Equal(new ClockAnchor("boot-1", 93_600_000, Some.Noon, 40));
    }

    [Fact]
    public void Now_TimeServerGone_StaysTrusted_AsTheMonotonicClockVouches()
    {
        var clock = Synchronised();
        _authority.ErrorMs = null;

        _time.Advance(TimeSpan.FromDays(40));

        clock.Now.Should().Be(Some.Noon + TimeSpan.FromDays(40));
        clock.Anchors.Should().HaveCount(1);
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(90)]
    [InlineData(-90)]
    [InlineData(3)]
    [InlineData(31_536_000)]
    public void Now_SteppedByNobodyWhoKnows_IsNotTrusted_UntilItComesBack(int seconds)
    {
        var clock = Synchronised();
        _authority.ErrorMs = null; // The kernel forgets its discipline whenever the clock is set.

        _time.Set(Some.Noon + TimeSpan.FromSeconds(seconds));

        clock.Now.Should().BeNull();
        clock.Stamp(ProbeSample.Good(Some.Load, null, Celsius.FromMilli(4000))).MeasuredAt.Should().BeNull();

        _time.Set(Some.Noon);

        clock.Now.Should().Be(Some.Noon);
        clock.Anchors.Should().HaveCount(1);
    }

    [Theory]
    [InlineData(2000)]
    [InlineData(-2000)]
    public void Now_MovedByNoMoreThanLeapSecondsDo_StaysTrusted(int milliseconds)
    {
        var clock = Synchronised();
        _authority.ErrorMs = null;

        _time.Set(Some.Noon + TimeSpan.FromMilliseconds(milliseconds));

        clock.Now.Should().NotBeNull();
    }

    [Fact]
    public void Now_CreepingInSmallSteps_IsMeasuredFromTheAnchor()
    {
        var clock = Synchronised();
        _authority.ErrorMs = null;

        _time.Set(Some.Noon + TimeSpan.FromSeconds(1.5));
        clock.Now.Should().NotBeNull();
        _time.Set(Some.Noon + TimeSpan.FromSeconds(3));
        clock.Now.Should().BeNull();
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Now_SteppedByATimeServer_IsTrusted_AndASecondAnchorSaysSo(int seconds)
    {
        var clock = Synchronised();

        _time.Set(Some.Noon + TimeSpan.FromSeconds(seconds));

        clock.Now.Should().Be(Some.Noon + TimeSpan.FromSeconds(seconds));
        clock.Anchors.Should().HaveCount(2);
        clock.Anchors[0].AgreesWith(clock.Anchors[1]).Should().BeFalse();
    }

    [Fact]
    public void Anchors_OfAClockThatNeverRests_AreBounded_AndKeepTheFirst()
    {
        var clock = Synchronised();
        var first = clock.Anchors[0];

        for (var step = 1; step <= 3 * DeviceClock.AnchorsMax; step++)
        {
            _time.Set(Some.Noon + TimeSpan.FromMinutes(step));
            clock.Now.Should().NotBeNull();
        }

        clock.Anchors.Should().HaveCount(DeviceClock.AnchorsMax).And.StartWith(first);
    }

    [Fact]
    public void Now_BeforeTheFloor_IsNotTrusted_WhoeverVouches()
    {
        _authority.ErrorMs = 10;
        _time.Set(new Instant(60_000));

        Watched().Now.Should().BeNull();
    }

    [Fact]
    public void ThisDevice_KnowsItsBoot()
    {
        DeviceClock.ThisDevice(TimeProvider.System, new AssumedClock()).Boot
            .Should().NotBeNullOrWhiteSpace().And.Be(DeviceClock.ThisDevice(TimeProvider.System, new AssumedClock()).Boot);
    }

    private DeviceClock Watched() => new(_time, "boot-1", _authority, DeviceClock.DefaultFloor);

    private DeviceClock Synchronised()
    {
        _authority.ErrorMs = 10;
        var clock = Watched();
        clock.Now.Should().Be(Some.Noon);
        return clock;
    }
}
