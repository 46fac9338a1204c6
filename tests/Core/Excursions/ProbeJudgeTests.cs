using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class ProbeJudgeTests
{
    // Worked by hand from straight lines between the samples; limits 2 and 6 °C.
    [Theory]
    [InlineData("0:5 5:7 10:9 15:7 20:5", Side.High, 2.5, 17.5, 22.5, 9.0)]
    [InlineData("0:6 5:6.1 10:6", Side.High, 0, 10, 0.5, 6.1)]
    [InlineData("0:3 5:1 10:1 15:3", Side.Low, 2.5, 12.5, 7.5, 1.0)]
    [InlineData("0:7 5:7 10:5", Side.High, 0, 7.5, 6.25, 7.0)]
    public void Line_CrossingALimit_IsOutBetweenTheCrossings(string series, Side side, double start, double end, double degreeMinutes, double peak)
    {
        var stretch = Record(series).Should().ContainSingle().Subject;

        stretch.Side.Should().Be(side);
        stretch.Start.Should().Be(Minute(start));
        stretch.End.Should().Be(Minute(end));
        stretch.EndReason.Should().Be(EndReason.InRange);
        stretch.DegreeMinutes.Should().BeApproximately(degreeMinutes, 1e-9);
        stretch.PeakMilli.Should().Be((int)(peak * 1000));
    }

    [Theory]
    [InlineData("0:6 5:6 10:6 190:6")]
    [InlineData("0:2 5:2")]
    [InlineData("0:4 5:5.999 10:2.001")]
    public void Limit_TouchedExactly_IsInRange(string series) =>
        Record(series).Where(s => s.Side != Side.Unknown).Should().BeEmpty();

    [Fact]
    public void Limit_PassedByAThousandth_IsOut() =>
        Record("0:6 5:6.001 10:6").Should().ContainSingle().Which.Side.Should().Be(Side.High);

    [Fact]
    public void Crossing_BetweenMilliseconds_NeverShortensWhatIsRecorded()
    {
        var stretch = Record("0:5 5:8 10:5").Single();

        stretch.Start.Milliseconds.Should().Be(Minute(0).Milliseconds + 100_000);
        stretch.End!.Value.Milliseconds.Should().Be(Minute(0).Milliseconds + 500_000);
        var third = Record("0:5.7 5:6.7 10:5").Single();
        third.Start.Should().BeLessThanOrEqualTo(Minute(1.5));
        third.End!.Value.Should().BeGreaterThanOrEqualTo(new Instant(Minute(5).Milliseconds + 123_529));
    }

    [Fact]
    public void Silence_LongerThanTheGap_IsUnknownAndHidesTheEnd()
    {
        var stretches = Record("0:5 5:7 10:7 40:7 45:5");

        stretches.Select(s => (s.Side, s.EndReason, s.LastKnown)).Should().Equal(
            (Side.High, EndReason.Unknown, Minute(10)), (Side.Unknown, EndReason.InRange, Minute(40)), (Side.High, EndReason.InRange, Minute(42.5)));
        stretches[0].End.Should().BeNull();
        stretches[0].ExposureEnd.Should().Be(Minute(40));
    }

    [Fact]
    public void Silence_ExactlyTheGap_IsJoined() => Record("0:5 15:5 30:5").Should().BeEmpty();

    [Fact]
    public void Fault_BetweenNearNeighbours_IsJoinedOver() => Record("0:5 5:x 10:5 12:x 25:5").Should().BeEmpty();

    [Fact]
    public void Faults_LongerThanTheGap_AreUnknown() =>
        Record("0:5 5:x 10:x 15:x 20:x").Should().ContainSingle().Which.Should().Match<Stretch>(s =>
            s.Side == Side.Unknown && s.Start == Minute(0) && s.LastKnown == Minute(20) && s.EndReason == EndReason.Open);

    [Fact]
    public void LoneSample_OutOfRange_IsAStretchWithoutDuration()
    {
        var lone = Record("0:5 60:9 120:5").Single(s => s.Side == Side.High);

        lone.Duration.Should().Be(TimeSpan.Zero);
        lone.AlarmedAt(lone.LastKnown).Should().Be(Minute(60));
    }

    [Fact]
    public void HotThenCold_WithNoSampleInRangeBetween_IsBoth() =>
        Record("0:8 5:8 10:-1 15:-1 20:4").Select(s => s.Side).Should().Equal(Side.High, Side.Low);

    [Fact]
    public void SeveralDays_OutWithoutABreak_AreOneStretch()
    {
        var days = string.Join(' ', Enumerable.Range(0, 3 * 288).Select(i => $"{i * 5}:9"));

        Record(days).Should().ContainSingle().Which.Duration.Should().Be(TimeSpan.FromMinutes((3 * 288 - 1) * 5));
    }

    [Fact]
    public void Claims_ThatContradict_AreUnknownThereAndTheOneOutOfRangeAlarmsAtOnce()
    {
        var rule = Some.Rule() with { Delay = TimeSpan.FromHours(1) };
        var stretches = Record("0:5 5:5|7 10:5", rule);

        stretches.Should().HaveCount(2);
        stretches[0].Should().Match<Stretch>(s => s.Side == Side.High && s.Start == Minute(5) && s.IsConflict && s.PeakMilli == 7000);
        stretches[0].AlarmedAt(Minute(5)).Should().Be(Minute(5));
        stretches[1].Should().Match<Stretch>(s => s.Side == Side.Unknown && s.Start == Minute(0) && s.End == Minute(10));
    }

    [Fact]
    public void Claims_ThatAgree_AreOneSample() => Record("0:5 5:5|5 10:5").Should().BeEmpty();

    [Fact]
    public void Delay_PassesOrNot_ByTheRecordedDuration()
    {
        var stretch = Record("0:5 5:7 15:7 20:5", Some.Rule() with { Delay = TimeSpan.FromMinutes(15) }).Single();

        stretch.Duration.Should().Be(TimeSpan.FromMinutes(15));
        stretch.AlarmedAt(stretch.LastKnown).Should().Be(Minute(17.5));
        (stretch with { Rule = Some.Rule() with { Delay = TimeSpan.FromMinutes(15.1) } }).AlarmedAt(stretch.LastKnown).Should().BeNull();
    }

    [Fact]
    public void RuleChange_BetweenTwoSamples_SplitsTheLineThere()
    {
        RuleSpan[] spans = [
            new(Minute(0), Minute(5), Some.Rule(high: 10_000)),
            new(Minute(5), Minute(20), Some.Rule(high: 6000)),
            new(Minute(20), Instant.End, Some.Rule(high: 10_000))];
        var stretch = Fold("0:7 10:9 30:9", spans).Single(s => s.Side == Side.High);

        (stretch.Start, stretch.LastKnown).Should().Be((Minute(5), Minute(10)));
        Fold("0:7 10:9 22:9", spans).Single(s => s.Side == Side.High).Should().Match<Stretch>(s =>
            s.Start == Minute(5) && s.End == Minute(20) && s.EndReason == EndReason.RuleChange);
    }

    [Fact]
    public void Calibration_IsAddedBeforeTheLimitIsCompared() =>
        Fold("0:5.9 5:5.9", [new RuleSpan(Minute(0), Instant.End, Some.Rule(), CalibrationMilli: 101)]).Should().ContainSingle()
            .Which.PeakMilli.Should().Be(6001);

    [Fact]
    public void Quiet_AfterTheLastSample_TurnsIntoUnknownTime()
    {
        RuleSpan[] spans = [new(Minute(0), Instant.End, Some.Rule())];

        Fold("0:5", spans, quietUntil: 15).Should().BeEmpty();
        Fold("0:5", spans, quietUntil: 16).Single().Should().Match<Stretch>(s => s.Side == Side.Unknown && s.Start == Minute(0) && s.End == null);
        Fold("0:5", spans, quietUntil: 240).Single().AlarmedAt(Minute(240)).Should().BeNull("the limit of four hours itself is tolerated");
        Fold("0:5", spans, quietUntil: 241).Single().AlarmedAt(Minute(241)).Should().Be(Minute(240));
    }

    [Fact]
    public void Probe_NeverHeard_IsUnknownFromItsEnrolment() =>
        Fold("", [new RuleSpan(Minute(0), Instant.End, Some.Rule())], quietUntil: 300).Single().Start.Should().Be(Minute(0));

    [Fact]
    public void Quiet_LetsADelayRunOut()
    {
        var open = Fold("0:7", [new RuleSpan(Minute(0), Instant.End, Some.Rule() with { Delay = TimeSpan.FromMinutes(10) })], quietUntil: 10).Single();

        open.AlarmedAt(Minute(10)).Should().Be(Minute(10));
        open.AlarmedAt(open.LastKnown).Should().BeNull("the record does not know it yet");
    }

    [Fact]
    public void Samples_OutOfOrder_AreRefused()
    {
        var act = () => Record("5:5 0:5");

        act.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Period_ThatEnds_EndsWhatItJudged()
    {
        RuleSpan[] spans = [new(Minute(0), Minute(60), Some.Rule() with { Delay = TimeSpan.FromHours(1) })];

        var silent = Fold("0:5 30:5", spans, quietUntil: 1000).Single(s => s.EndReason == EndReason.RuleChange);
        (silent.Side, silent.Start, silent.End).Should().Be((Side.Unknown, Minute(30), Minute(60)));
        silent.AlarmedAt(Minute(1000)).Should().BeNull("its unknown time ended with the period");
        var outOfRange = Fold("0:7 50:7 55:7", spans, quietUntil: 1000).Last(s => s.Side == Side.High);
        outOfRange.ExposureEnd.Should().Be(Minute(60));
        outOfRange.AlarmedAt(Minute(1000)).Should().BeNull("it was out for five minutes that anybody knows of");
    }

    [Fact]
    public void Stretch_EndedAtABoundary_IsSettledByTheSampleBehindIt()
    {
        RuleSpan[] spans = [new(Minute(0), Minute(5), Some.Rule()), new(Minute(5), Instant.End, Some.Rule(high: 10_000))];

        Fold("0:7 3:7", spans, quietUntil: 6).Single(s => s.Side == Side.High).SettledAt.Should().BeNull("no sample has come since");
        Fold("0:7 3:7 8:7", spans).Single(s => s.Side == Side.High).SettledAt.Should().Be(Minute(8));
    }

    [Fact]
    public void Silence_AfterAnAlarm_DoesNotTakeItBack()
    {
        RuleSpan[] spans = [new(Minute(0), Instant.End, Some.Rule() with { Delay = TimeSpan.FromMinutes(60) })];

        Fold("0:7 10:7 20:7 30:7 40:7 50:7", spans, quietUntil: 60).Single().AlarmedAt(Minute(60)).Should().Be(Minute(60));
        Fold("0:7 10:7 20:7 30:7 40:7 50:7", spans, quietUntil: 90).Single(s => s.Side == Side.High).AlarmedAt(Minute(90)).Should().Be(Minute(60));
    }

    [Fact]
    public void Fault_RightAfterABoundary_StillLetsItsNeighboursJoin()
    {
        RuleSpan[] spans = [new(Minute(0), Minute(5), Some.Rule()), new(Minute(5), Instant.End, Some.Rule(high: 6500))];

        Fold("0:7 6:x 8:7 10:5", spans).Where(s => s.Side == Side.High).Select(s => s.EndReason)
            .Should().Equal(EndReason.RuleChange, EndReason.InRange);
    }

    [Fact]
    public void Deadline_OfASilentProbe_FollowsTheRuleThatComesIntoForce()
    {
        var judge = new ProbeJudge([
            new RuleSpan(Minute(0), Minute(60), Some.Rule()),
            new RuleSpan(Minute(60), Instant.End, Some.Rule() with { UnknownLimit = TimeSpan.FromHours(1.5) })]);
        var track = judge.Start;
        judge.Fold(ref track, Parse("0:5").Single(), []);

        judge.NextDeadline(track, Minute(61)).Should().Be(new Instant(Minute(90).Milliseconds + 1));
    }

    [Fact]
    public void Excursion_WhoseEndNobodySaw_IsNotEndedByAFaultBehindAChangeOfRule()
    {
        var found = Fold("0:7 70:x 80:5", [new RuleSpan(Minute(0), Minute(60), Some.Rule()), new RuleSpan(Minute(60), Instant.End, Some.Rule())]);

        found.Should().ContainSingle(stretch => stretch.Side == Side.High).Which.Should().BeEquivalentTo(new { LastKnown = Minute(0), ExposureEnd = Minute(80) });
    }

    [Fact]
    public void Excursion_WhoseEndNobodySaw_EndsWhenTheProbeIsTakenAwayWhateverRuleItIsUnderThen()
    {
        RuleSpan[] spans = [new(Minute(0), Minute(60), Some.Rule()), new(Minute(60), Minute(100), Some.Rule()), new(Minute(200), Instant.End, Some.Rule())];

        Fold("0:7 210:5", spans).First(stretch => stretch.Side == Side.High).ExposureEnd.Should().Be(Minute(100));
        Fold("0:7", spans, quietUntil: 99).First(stretch => stretch.Side == Side.High).ExposureEnd.Should().Be(Instant.End);
        Fold("0:7 90:5", spans).First(stretch => stretch.Side == Side.High).ExposureEnd.Should().Be(Minute(90));
    }

    [Fact]
    public void Judge_WithoutSpansInOrder_IsRefused()
    {
        RuleSpan[] overlapping = [new(Minute(0), Minute(11), Some.Rule()), new(Minute(10), Minute(20), Some.Rule())];

        ((Action)(() => _ = new ProbeJudge([]))).Should().Throw<ArgumentException>().WithMessage("At least one span, in order and without overlap.*");
        ((Action)(() => _ = new ProbeJudge(overlapping))).Should().Throw<ArgumentException>().WithMessage("At least one span, in order and without overlap.*");
    }

    [Fact]
    public void Calibration_NeverReachesBelowAbsoluteZero() =>
        Fold("0:-273.15 5:-273.15", [new RuleSpan(Minute(0), Instant.End, Some.Rule(), CalibrationMilli: -125)])
            .Single().PeakMilli.Should().Be(-273_150);

    [Theory]
    [InlineData("0:1000000 5:1000000 12:1000000")]
    [InlineData("0:1000000 2:5|1000000")]
    public void Calibration_NeverReachesAboveTheHighestTemperature(string series)
    {
        RuleSpan[] spans = [
            new(Minute(0), Minute(10), Some.Rule(), CalibrationMilli: 5000),
            new(Minute(10), Instant.End, Some.Rule(high: 7000), CalibrationMilli: 125)];
        var judge = new ProbeJudge(spans);
        var track = judge.Start;
        foreach (var sample in Parse(series))
        {
            judge.Fold(ref track, sample, []);
            Celsius.FromMilli(track.Milli).Should().Be(Celsius.Highest);
        }

        Fold(series, spans).Where(s => s.Side == Side.High).Should().NotBeEmpty().And.OnlyContain(s => s.PeakMilli == Celsius.Highest.Milli);
    }

    [Theory]
    [InlineData("0:5 5:5", 6, 5.0)]
    [InlineData("0:5 4:7 8:7", 9, 2.0)]
    [InlineData("0:5 4:7 12:7", 13, 10.0)]
    [InlineData("0:5 5:7 10:5", 11, 10.0)]
    [InlineData("0:3 4:1 8:1", 9, 2.0)]
    [InlineData("0:5 5:x 10:x", 11, 0.0)]
    [InlineData("0:5 5:5|7", 6, 0.0)]
    [InlineData("", 6, 0.0)]
    [InlineData("0:5 10:7 15:7", 25, null)]
    [InlineData("0:5", 25, 0.0)]
    [InlineData("0:5 15:5|7", 25, 0.0)]
    [InlineData("0:5 15:5", 61, 60.0)]
    [InlineData("0:5 15:5 62:5", 63, 62.0)]
    public void Judgement_IsSettledUpToTheLastSampleThatNoLaterOneCanTouch(string series, double now, double? settled)
    {
        var judge = new ProbeJudge([
            new RuleSpan(Minute(0), Minute(10), Some.Rule()), new RuleSpan(Minute(10), Minute(20), Some.Rule()), new RuleSpan(Minute(60), Instant.End, Some.Rule())]);
        var track = judge.Start;
        foreach (var sample in Parse(series))
        {
            judge.Fold(ref track, sample, []);
        }

        judge.SettledTo(track, Minute(now)).Should().Be(settled is { } minute ? Minute(minute) : Instant.End);
    }
}
