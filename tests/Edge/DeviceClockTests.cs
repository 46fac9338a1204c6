using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests;

public sealed class DeviceClockTests
{
    private readonly ManualTime _time = new(Some.Noon);

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
    public void ThisDevice_KnowsItsBoot()
    {
        DeviceClock.ThisDevice(TimeProvider.System).Boot
            .Should().NotBeNullOrWhiteSpace().And.Be(DeviceClock.ThisDevice(TimeProvider.System).Boot);
    }
}
