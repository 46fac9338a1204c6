using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>A change of rule or calibration is no reason to wait for an alarm anew. Limits 2 and 6 °C, but where a test says otherwise.</summary>
public sealed class DelayOverBoundaryTests
{
    // Out of range from minute 5 to minute 85.
    private const string Warm = "0:5 10:7 20:7 30:7 40:7 50:7 60:7 70:7 80:7 90:5";

    private static readonly ProbeRule Patient = Some.Rule() with { Delay = TimeSpan.FromHours(1) };

    [Fact]
    public void Calibration_WithinTheDelay_LeavesOneStretchThatAlarmsInTime()
    {
        var stretch = Fold(Warm, Changing(at: 30, Patient, Patient, calibration: 100)).Should().ContainSingle().Subject;

        (stretch.Start, stretch.EndReason).Should().Be((Minute(5), EndReason.InRange));
        stretch.AlarmedAt(stretch.LastKnown).Should().Be(Minute(65));
        stretch.PeakMilli.Should().Be(7100);
    }

    [Fact]
    public void Excursion_AtABoundary_GoesOnAsOneWithoutADelay()
    {
        var stretches = Fold(Warm, Changing(at: 70, Patient, Patient with { WarnHigh = Celsius.FromMilli(5500) }));

        stretches.Select(s => (s.Start, s.EndReason, s.AlarmedAt(s.LastKnown))).Should().Equal(
            (Minute(5), EndReason.RuleChange, Minute(65)), (Minute(70), EndReason.InRange, Minute(70)));
        stretches.Sum(s => s.Duration.TotalMinutes).Should().Be(80);
    }

    [Fact]
    public void Tolerance_OfAnExcursion_DoesNotBeginAnewAtABoundary()
    {
        var tolerant = Some.Rule() with { Tolerance = TimeSpan.FromMinutes(70) };

        Fold(Warm, Changing(at: 45, tolerant, tolerant, calibration: 100)).Select(s => s.IsGroundToHold).Should().Equal(false, true);
        Fold(Warm, Changing(at: 45, tolerant with { Tolerance = TimeSpan.FromMinutes(90) }, tolerant with { Tolerance = TimeSpan.FromMinutes(90) }, calibration: 100))
            .Should().OnlyContain(s => !s.IsGroundToHold);
    }

    [Fact]
    public void ThirdRule_OfAnExcursion_AlarmsAtOnceToo()
    {
        RuleSpan[] spans = [new(Minute(0), Minute(67), Patient), new(Minute(67), Minute(70), Patient with { Delay = TimeSpan.Zero }), new(Minute(70), Instant.End, Patient)];

        Fold(Warm, spans).Select(s => s.AlarmedAt(s.LastKnown)).Should().Equal(Minute(65), Minute(67), Minute(70));
    }

    [Fact]
    public void ShorterDelay_ThatHasPassedAlready_AlarmsWhenItComesIntoForce()
    {
        var stretch = Fold(Warm, Changing(at: 30, Patient, Patient with { Delay = TimeSpan.FromMinutes(10) })).Should().ContainSingle().Subject;

        (stretch.Start, stretch.AlarmedAt(stretch.LastKnown)).Should().Be((Minute(5), Minute(30)));
        stretch.Rule.Delay.Should().Be(TimeSpan.FromMinutes(10), "that rule decided");
    }

    [Fact]
    public void LongerDelay_GoesOnFromTheBeginning() =>
        Fold(Warm, Changing(at: 30, Some.Rule() with { Delay = TimeSpan.FromMinutes(30) }, Patient)).Should().ContainSingle()
            .Which.AlarmedAt(Minute(85)).Should().Be(Minute(65));

    [Fact]
    public void WiderLimits_WithinTheDelay_EndTheStretch()
    {
        var stretch = Fold(Warm, Changing(at: 30, Patient, Patient with { High = Celsius.FromMilli(8000) })).Should().ContainSingle().Subject;

        (stretch.Start, stretch.End, stretch.EndReason).Should().Be((Minute(5), Minute(30), EndReason.RuleChange));
        stretch.AlarmedAt(Minute(90)).Should().BeNull();
    }

    [Theory]
    [InlineData("0:5 10:9 20:7 30:7 40:5", 6000, 6500, Side.High, 9000)]
    [InlineData("0:5 10:7 20:7 30:7 40:5", 6000, 5500, Side.High, 7000)]
    [InlineData("0:3 10:0 20:1 30:1 40:3", 2000, 1500, Side.Low, 0)]
    [InlineData("0:3 10:1 20:1 30:0 40:3", 2000, 2500, Side.Low, 0)]
    public void Peak_OverABoundary_IsATemperatureWhateverTheLimits(string series, int before, int after, Side side, int peak)
    {
        ProbeRule With(int limit) => side == Side.High ? Patient with { High = Celsius.FromMilli(limit) } : Patient with { Low = Celsius.FromMilli(limit) };

        var stretch = Fold(series, Changing(at: 15, With(before), With(after))).Single(s => s.Side == side);

        (stretch.PeakMilli, stretch.EndReason).Should().Be((peak, EndReason.InRange));
    }

    [Fact]
    public void Deadline_OfADelayThatRunsOverABoundary_StandsWhereItWas()
    {
        var judge = new ProbeJudge(Changing(at: 15, Patient, Patient, calibration: 100));
        var track = judge.Start;
        foreach (var sample in Parse("0:5 10:7 20:7 30:7 40:7 50:7 60:7"))
        {
            judge.Fold(ref track, sample, []);
        }

        judge.NextDeadline(track, Minute(60)).Should().Be(Minute(65));
    }

    private static RuleSpan[] Changing(int at, ProbeRule before, ProbeRule after, int calibration = 0) =>
        [new(Minute(0), Minute(at), before), new(Minute(at), Instant.End, after, calibration)];
}
