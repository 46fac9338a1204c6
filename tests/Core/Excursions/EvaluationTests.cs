using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Health.HealthUnit;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class EvaluationTests
{
    private static readonly ProbeId Second = new(new DeviceId("pi-2"), "load");

    /// <summary>Silent from 0 to 60, which is no finding by its length.</summary>
    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(-5, 70, true)]
    [InlineData(59.999, 70, true)]
    [InlineData(60, 70, false)]
    [InlineData(-5, 0, false)]
    [InlineData(-5, 0.001, true)]
    public void Silence_InWhichRowsAreLost_IsAFindingAtOnce(double after, double before, bool isFound)
    {
        var result = Evaluation.Run(Input([(Some.Probe, "0:4 60:4 61:7")]) with { Lost = [new LostRows(Some.Probe.Device, Minute(after), Minute(before))] });

        result.Changes.Where(change => change.Finding.Stretch.Side == Side.Unknown).Select(change => (change.Finding.Stretch.IsDeclaredLost, change.Finding.AlarmedAt))
            .Should().Equal(isFound ? [(true, Minute(0))] : []);
        result.Changes.Should().ContainSingle(change => change.Finding.Stretch.Side == Side.High).Which.Finding.Stretch.IsDeclaredLost.Should().BeFalse();
    }

    [Fact]
    public void Silence_OfTwoDevices_IsExplainedByNothingWhenBothLostRows()
    {
        var input = Input([(Some.Probe, "0:4 60:4"), (Second, "0:4 60:4")]);
        var (own, other) = (new LostRows(Some.Probe.Device, Minute(0), Minute(60)), new LostRows(Second.Device, Minute(0), Minute(60)));

        Evaluation.Run(input with { Lost = [own] }).Changes.Should().BeEmpty("the other one may tell yet");
        Evaluation.Run(input with { Lost = [own, other] }).Changes.Should().ContainSingle().Which.Finding.Stretch.IsDeclaredLost.Should().BeTrue();
    }

    [Fact]
    public void SilencesThatEnded_ArePostponedFromTheFirstOn()
    {
        var input = Input([(Some.Probe, "0:4 300:4 600:4")]) with { Awaited = new Awaited(false, new HashSet<DeviceId> { Some.Probe.Device }) };

        var result = Evaluation.Run(input with { Now = Minute(1000) });

        result.Changes.Should().BeEmpty();
        result.Postponed.Should().Equal(new Dictionary<DeviceId, Instant> { [Some.Probe.Device] = Minute(0) });
        Evaluation.Run(input with { Samples = Samples([(Some.Probe, "0:4")]), Now = Minute(1000) }).Postponed.Should().BeEmpty("it will be judged when it ends");
    }

    [Theory]
    [InlineData(256, 255)]
    [InlineData(257, 511)]
    [InlineData(512, 511)]
    [InlineData(513, null)]
    public void LongFold_StopsAtACheckpointBehindSoManySamples(int samplesMax, int? stoppedAt)
    {
        var result = Evaluation.Run(Quiet with { SamplesMax = samplesMax });

        result.StoppedAt.Should().Be(stoppedAt is { } minute ? Minute(minute) : null);
        (result.Present is null).Should().Be(stoppedAt is not null);
        result.Checkpoints.Should().HaveCount(stoppedAt == 255 ? 1 : 2);
    }

    [Theory]
    [InlineData("5", true)]
    [InlineData("7", false)]
    [InlineData("1", false)]
    [InlineData("4|5", false)]
    public void LongFold_StopsOnlyWhileNothingRuns(string temperature, bool stops) =>
        (Evaluation.Run(Quiet with { Samples = Samples([(Some.Probe, Every(1, 599, _ => temperature))]), SamplesMax = 1 }).StoppedAt is not null).Should().Be(stops);

    [Fact]
    public void LongFold_OfTwoProbes_RunsOnWhileOneOfThemIsOut() => Evaluation.Run(
        Input([(Some.Probe, Every(1, 599, _ => "4")), (Second, Every(1, 599, _ => "7"))]) with { SamplesMax = 1 }).StoppedAt.Should().BeNull();

    [Fact]
    public void LongFold_DoesNotStopUnderAKnownFinding()
    {
        Stops(Some.Stretch(100, 300)).Should().BeFalse();
        Stops(Some.Stretch(100, 300) with { SettledAt = null }).Should().BeFalse();
        Stops(Some.Stretch(100, 255)).Should().BeTrue();
        Stops(Some.Stretch(255, 300)).Should().BeFalse();
        Stops(Some.Stretch(255.001, 300)).Should().BeTrue();

        static bool Stops(Stretch known) =>
            Evaluation.Run(Quiet with { SamplesMax = 256, Known = [new Finding(1, 1, Some.Probe, known, known.Start)] }).StoppedAt == Minute(255);
    }

    private static EvaluationInput Quiet => Input([(Some.Probe, Every(1, 599, _ => "4"))]);

    private static IEnumerable<ProbeSample> Samples((ProbeId Probe, string Series)[] series) =>
        series.SelectMany(one => Parse(one.Series).Select(sample => new ProbeSample(one.Probe, sample))).OrderBy(one => one.Sample.At).ToList();

    private static EvaluationInput Input((ProbeId Probe, string Series)[] series)
    {
        var next = 99L;
        var probes = series.Select(one => new PlannedProbe(one.Probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())])));
        return new EvaluationInput
        {
            Plan = new UnitPlan(new StorageUnitId("fridge"), [.. probes]), Samples = Samples(series), Now = Parse(series[0].Series).Last().At, NextId = () => ++next,
        };
    }
}
