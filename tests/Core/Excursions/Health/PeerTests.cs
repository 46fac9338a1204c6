using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Health.HealthUnit;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

/// <summary>What is found out of a probe by looking at another one.</summary>
public sealed class PeerTests
{
    private const int TwelveHours = 12 * 60;

    [Fact]
    public void Probe_RepeatingItselfWhileAnotherOneMoves_IsNotBelieved()
    {
        var fold = Folded((Top, Every(5, TwelveHours, _ => "4")), (Bottom, Every(5, TwelveHours, m => $"{4 + m % 60 / 40m:0.###}")));

        var verdict = fold.Judge(Minute(TwelveHours));
        var stuck = verdict.Conditions.Should().ContainSingle(condition => condition.Kind == ConditionKind.ProbeStuck).Which;
        (stuck.Probe, stuck.Start, stuck.End).Should().Be((Top, Minute(365), null));
        verdict.View.Probe.Should().Be(Bottom);
        verdict.Stretches.Should().BeEmpty("the other one is known");
    }

    [Fact]
    public void StuckProbe_ThatMovesAgain_IsBelievedAgain()
    {
        var fold = Folded((Top, Every(5, TwelveHours, m => m < 600 ? "4" : "4.1")), (Air, Every(5, TwelveHours, m => m % 60 == 0 ? "10" : "4")));

        fold.ClosedConditions.Where(condition => condition.Kind == ConditionKind.ProbeStuck).Should().Equal(
            new Condition(ConditionKind.ProbeStuck, Top, Minute(365), Minute(600), Minute(600)));
        fold.Record().Where(found => found.Role == ProbeRole.Load).Should().ContainSingle().Which.Stretch.Should().BeEquivalentTo(
            new { Side = Side.Unknown, Start = Minute(360), End = Minute(600) }, "nothing else measured the contents");
    }

    [Theory]
    [InlineData("4.9")]
    [InlineData("4")]
    public void Probe_StandingStillBesideLittleMovement_IsBelieved(string other)
    {
        var fold = Folded((Top, Every(5, TwelveHours, _ => "4")), (Bottom, Every(5, TwelveHours, m => m % 60 == 0 ? other : "4")));

        fold.Judge(Minute(TwelveHours)).View.State.Should().Be(StorageState.InRange);
    }

    [Fact]
    public void Probe_AloneAndStandingStill_IsBelieved() =>
        Folded((Top, Every(5, 3 * TwelveHours, _ => "4"))).Judge(Minute(3 * TwelveHours)).View.State.Should().Be(StorageState.InRange);

    [Fact]
    public void LoadProbes_DifferingForLong_DisagreeAndAreBothJudged()
    {
        var fold = Folded((Top, Every(5, 120, m => m is >= 20 and < 60 ? "6.5" : "4")), (Bottom, Every(5, 120, _ => "4")));

        fold.Judge(Minute(120)).Conditions.Should().Equal(
            new Condition(ConditionKind.ProbesDisagree, Bottom, Minute(20), Minute(60), Minute(65)) { RaisedAt = Minute(50) });
        fold.Closed.Should().ContainSingle().Which.Stretch.Side.Should().Be(Side.High);
    }

    [Fact]
    public void LoadProbes_DifferingForAMoment_DoNotDisagree() =>
        Folded((Top, Every(5, 120, m => m is >= 20 and < 45 ? "6.5" : "4")), (Bottom, Every(5, 120, _ => "4"))).Judge(Minute(120)).Conditions.Should().BeEmpty();

    [Fact]
    public void Probe_WhoseDifferenceGrows_DriftsFromTheDayOnThatIsTooFar()
    {
        var days = 14 * 24 * 60;
        var fold = Folded((Bottom, Every(60, days, _ => "4")), (Top, Every(60, days, m => $"{4 + m / (24m * 60) * 0.08m:0.###}")));
        var condition = fold.Judge(Minute(days)).Conditions.Should().ContainSingle(c => c.Kind == ConditionKind.ProbeDrifts).Which;

        condition.Probe.Should().Be(Top);
        condition.Start.Should().Be(Instant.From(new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Probes_WithASteadyDifference_DoNotDrift()
    {
        var days = 14 * 24 * 60;

        Folded((Bottom, Every(60, days, _ => "4")), (Top, Every(60, days, m => m % 120 == 0 ? "5" : "5.2"))).Judge(Minute(days)).Conditions.Should().BeEmpty();
    }

    [Fact]
    public void Checkpoint_InTheMiddleOfAnything_GoesOnAlike()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var trace = BlindTrace.Create(seed);
            var (whole, first) = (trace.Fold(), new UnitFold(new UnitPlan(new StorageUnitId("fridge"), trace.Probes)));
            var cut = trace.Samples[trace.Samples.Count / 2].Sample.At;
            Take(first, trace.Samples.Where(s => s.Sample.At <= cut));
            var second = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), trace.Probes), new Checkpoint(cut, UnitTracks.FromBytes(first.Tracks().ToBytes())));
            Take(second, trace.Samples.Where(s => s.Sample.At > cut));

            second.Tracks().Should().Be(whole.Tracks(), $"seed {seed}");
            first.ClosedConditions.Concat(second.ClosedConditions).Should().Equal(whole.ClosedConditions, $"seed {seed}");
        }
    }

    private static void Take(UnitFold fold, IEnumerable<ProbeSample> samples)
    {
        foreach (var (probe, sample) in samples)
        {
            fold.Take(probe, sample);
        }
    }
}
