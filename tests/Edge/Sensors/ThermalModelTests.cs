using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors.Simulated;
using ColdChain.Edge.Tests.Support;

namespace ColdChain.Edge.Tests.Sensors;

public sealed class ThermalModelTests
{
    private static readonly ModelParameters QuietFridge =
        ModelParameters.BloodFridge with { AmbientCelsius = 24, AmbientSwing = 0, DoorOpeningsPerHour = 0 };

    [Theory]
    [InlineData("blood-fridge", 2, 6)]
    [InlineData("van", 2, 6)]
    [InlineData("platelet-incubator", 20, 24)]
    [InlineData("plasma-freezer", -60, -25)]
    public void Presets_InEverydayUse_KeepTheLoadWithinItsLimitsForDays(string preset, double low, double high)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var unit = new SimulatedUnit(ModelParameters.Presets[preset], seed);
            var loads = Trace(unit, TimeSpan.FromDays(3)).Select(point => point.State.Load).ToList();

            loads.Min().Should().BeGreaterThanOrEqualTo(low);
            loads.Max().Should().BeLessThanOrEqualTo(high);
        }
    }

    [Fact]
    public void Compressor_OfAQuietFridge_CyclesWithTheThermostatsBand()
    {
        var trace = Trace(new SimulatedUnit(QuietFridge, seed: 1), TimeSpan.FromHours(12)).Skip(60 * 12).ToList();

        var starts = trace.Zip(trace.Skip(1)).Count(
            pair => pair.First.State.Drive == Drive.Off && pair.Second.State.Drive == Drive.Cooling);
        var period = TimeSpan.FromHours(11) / starts;
        period.Should().BeGreaterThan(TimeSpan.FromMinutes(8)).And.BeLessThan(TimeSpan.FromMinutes(30));
        trace.Max(point => point.State.Load)
            .Should().BeLessThan(trace.Min(point => point.State.Load) + 0.4, "the bottle hardly feels a cycle");
    }

    [Fact]
    public void DoorOpenFor12Minutes_DrivesAirTo13AndLoadTo7()
    {
        var unit = new SimulatedUnit(QuietFridge, seed: 1);
        unit.OpenDoor(Some.Noon + TimeSpan.FromHours(3), TimeSpan.FromMinutes(12));

        var trace = Trace(unit, TimeSpan.FromHours(6)).ToList();

        trace.Max(point => point.State.Air).Should().BeApproximately(13.5, 1);
        trace.Max(point => point.State.Load).Should().BeApproximately(7, 0.5);
        trace[^1].State.Load.Should().BeLessThan(6, "the fridge recovers by itself");
    }

    [Fact]
    public void CompressorFailure_LetsTheLoadPass6Within2HoursAnd10Within4()
    {
        var failure = Some.Noon + TimeSpan.FromHours(3);
        var unit = new SimulatedUnit(QuietFridge, seed: 1);
        unit.FailDrive(failure, Instant.End);

        var trace = Trace(unit, TimeSpan.FromHours(12)).ToList();

        (trace.First(point => point.State.Load > 6).At - failure)
            .Should().BeGreaterThan(TimeSpan.FromMinutes(15)).And.BeLessThan(TimeSpan.FromHours(2));
        (trace.First(point => point.State.Load > 10).At - failure)
            .Should().BeGreaterThan(TimeSpan.FromHours(1)).And.BeLessThan(TimeSpan.FromHours(4));
        trace[^1].State.Load.Should().BeInRange(16, 24);
    }

    [Fact]
    public void FreezerWithoutCompressor_TakesHoursToReachItsLimit()
    {
        var failure = Some.Noon + TimeSpan.FromHours(6);
        var unit = new SimulatedUnit(ModelParameters.PlasmaFreezer, seed: 1);
        unit.FailDrive(failure, Instant.End);

        var warm = Trace(unit, TimeSpan.FromHours(24)).First(point => point.At > failure && point.State.Load > -25);

        (warm.At - failure).Should().BeGreaterThan(TimeSpan.FromHours(1)).And.BeLessThan(TimeSpan.FromHours(5));
    }

    [Fact]
    public void Incubator_InACoolAndInAWarmRoom_HeatsAndCools()
    {
        Drive[] Drives(double ambient) =>
            [.. Trace(new SimulatedUnit(ModelParameters.PlateletIncubator with { AmbientCelsius = ambient }, seed: 1), TimeSpan.FromDays(1))
                .Select(point => point.State.Drive).Distinct().Order()];

        Drives(ambient: 15).Should().Equal(Drive.Off, Drive.Heating);
        Drives(ambient: 30).Should().Equal(Drive.Off, Drive.Cooling);
    }

    [Fact]
    public void SameSeedAndHappenings_GiveTheSameTrace_HoweverOftenItIsAsked()
    {
        var (seldom, often) = (ModelRun.Settled(Unit(), Some.Noon), ModelRun.Settled(Unit(), Some.Noon));

        for (var minute = 1; minute <= 600; minute++)
        {
            var at = Some.Noon + TimeSpan.FromMinutes(minute);
            often.AdvanceTo(at - TimeSpan.FromSeconds(17));
            if (minute % 60 == 0)
            {
                seldom.AdvanceTo(at).Should().Be(often.AdvanceTo(at));
            }
        }

        static SimulatedUnit Unit() => new(ModelParameters.Van, seed: 42);
    }

    private static IEnumerable<(Instant At, ModelState State)> Trace(SimulatedUnit unit, TimeSpan span)
    {
        var run = ModelRun.Settled(unit, Some.Noon);
        for (var at = Some.Noon; at <= Some.Noon + span; at += TimeSpan.FromSeconds(5))
        {
            yield return (at, run.AdvanceTo(at));
        }
    }
}
