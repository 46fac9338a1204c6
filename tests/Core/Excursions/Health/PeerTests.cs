using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Health.HealthUnit;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

/// <summary>What is found out of a probe by looking at another one.</summary>
public sealed class PeerTests
{
    private const int TwelveHours = 12 * 60;

    private static readonly ProbeId Third = new(new DeviceId("pi-1"), "third");

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

    [Theory]
    [InlineData("6", 120, 0)] // No further apart than they may be.
    [InlineData("6.001", 120, 1)]
    [InlineData("6.001", 50, 0)] // For as long as they may be,
    [InlineData("6.001", 51, 1)] // and longer.
    public void LoadProbes_Differing_DisagreeByTheVeryFigures(string other, int now, int conditions) =>
        Folded((Top, Every(1, now, m => m >= 20 ? other : "4")), (Bottom, Every(1, now, _ => "4"))).Judge(Minute(now)).Conditions.Should().HaveCount(conditions);

    [Theory]
    [InlineData("4", "4.5", "7", "third")]
    [InlineData("4", "7", "6.5", "bottom")]
    [InlineData("1", "4", "4.5", "bottom")]
    [InlineData("4", "6.5", "4", "top")]
    public void LoadProbes_OfThree_TheOneFurthestFromTheOthersIsNamed(string bottom, string top, string third, string named)
    {
        var disagree = Folded((Top, Every(5, 120, _ => top)), (Bottom, Every(5, 120, _ => bottom)), (Third, Every(5, 120, _ => third))).Judge(Minute(120)).Conditions.Should().ContainSingle().Which;

        (disagree.Kind, disagree.Probe.Name, disagree.Start).Should().Be((ConditionKind.ProbesDisagree, named, Minute(0)));
    }

    [Fact]
    public void LoadProbe_ThatFellSilentOrIsInDoubt_DisagreesWithNobody()
    {
        Folded((Top, "0:7"), (Bottom, Every(5, 120, m => m == 0 ? "7" : "4"))).Judge(Minute(120)).Conditions.Should().NotContain(condition => condition.Kind == ConditionKind.ProbesDisagree);
        Folded((Top, Every(5, 120, _ => "4") + " 121:60"), (Bottom, Every(5, 120, _ => "4"))).Judge(Minute(122)).Conditions.Should().BeEmpty();
    }

    [Fact]
    public void Probe_ThatDriftedAndCameBack_DriftedForAsLong()
    {
        var days = 16 * 24 * 60;
        var fold = Folded((Bottom, Every(60, days, _ => "4")), (Top, Every(60, days, m => m / (24 * 60) is 9 or 10 ? "5" : "4")));

        fold.Judge(Minute(days)).Conditions.Should().ContainSingle(c => c.Kind == ConditionKind.ProbeDrifts).Which.Should().BeEquivalentTo(
            new { Probe = Top, Start = Midnight(11), End = Midnight(12) }, "the days before and after were half and half");
    }

    [Theory]
    [InlineData("4.5", 0)]
    [InlineData("4.501", 1)]
    [InlineData("3.499", 1)]
    public void Probe_DriftsByTheVeryFigures(string later, int conditions)
    {
        var days = 12 * 24 * 60;

        Folded((Bottom, Every(60, days, _ => "4")), (Top, Every(60, days, m => m < 8 * 24 * 60 ? "4" : later))).Judge(Minute(days)).Conditions
            .Count(c => c.Kind == ConditionKind.ProbeDrifts).Should().Be(conditions);
    }

    [Fact]
    public void Probe_ThatChangesInItsFirstWeek_HasNotDriftedYet()
    {
        var fold = Folded((Bottom, Every(60, 6 * 24 * 60, _ => "4")), (Top, Every(60, 6 * 24 * 60, m => m < 4 * 24 * 60 ? "4" : "5")));

        fold.Judge(Minute(6 * 24 * 60)).Conditions.Should().NotContain(c => c.Kind == ConditionKind.ProbeDrifts);
    }

    [Fact]
    public void LoadProbe_Alone_IsComparedWithTheAir()
    {
        var days = 12 * 24 * 60;
        var fold = Folded((Air, Every(60, days, _ => "5")), (Top, Every(60, days, m => m < 8 * 24 * 60 ? "4" : "5")));

        fold.Judge(Minute(days)).Conditions.Should().ContainSingle(c => c.Kind == ConditionKind.ProbeDrifts).Which.Probe.Should().Be(Top);
    }

    [Fact]
    public void Probes_WithTooFewSamplesADay_AreNotCompared()
    {
        var days = 12 * 24 * 60;
        Drifts(every: 120).Should().BeTrue("twelve a day are enough");
        Drifts(every: 131).Should().BeFalse();

        bool Drifts(int every) => Folded((Bottom, Every(every, days, _ => "4")), (Top, Every(every, days, m => m < 8 * 24 * 60 ? "4" : "5"))).Judge(Minute(days)).Conditions
            .Any(c => c.Kind == ConditionKind.ProbeDrifts);
    }

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

    private static Instant Midnight(int day) => Instant.From(new DateTimeOffset(2026, 3, day, 0, 0, 0, TimeSpan.Zero));

    private static void Take(UnitFold fold, IEnumerable<ProbeSample> samples)
    {
        foreach (var (probe, sample) in samples)
        {
            fold.Take(probe, sample);
        }
    }
}
