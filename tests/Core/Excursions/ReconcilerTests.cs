using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>What becomes of findings when the samples say something else: stretches are written from a minute to a minute, without an end while they run.</summary>
public sealed class ReconcilerTests
{
    private static readonly ProbeId Other = new(new DeviceId("pi-2"), "load");
    private static readonly Stretch Running = Some.Stretch(0, 10) with { End = null, EndReason = EndReason.Open, SettledAt = null };

    [Fact]
    public void Excursion_ThatGoesOn_GrowsAndKeepsItsVersion()
    {
        var change = Reconcile([Known(1, Running)], Running with { LastKnown = Minute(20) }).Should().ContainSingle().Which;

        change.Should().BeEquivalentTo(new { IsNew = false, IsGrowth = true, Status = FindingStatus.Current });
        (change.Finding.Id, change.Finding.Version, change.Finding.Stretch.LastKnown).Should().Be((1, 1, Minute(20)));
        Reconcile([Known(1, Running)], Running).Should().BeEmpty("nothing is different");
    }

    public static TheoryData<Stretch> Corrections => [
        Some.Stretch(0, 20),
        Running with { Start = Minute(-5) },
        Running with { Rule = Some.Rule(high: 5000) },
        Running with { OutSince = Minute(-60), Rule = Running.Rule with { Delay = TimeSpan.FromMinutes(1) } },
    ];

    [Theory]
    [MemberData(nameof(Corrections))]
    public void Excursion_ThatIsCorrected_HasANewVersion(Stretch corrected)
    {
        var change = Reconcile([Known(1, Running)], corrected).Should().ContainSingle().Which;

        (change.Finding.Id, change.Finding.Version, change.IsGrowth, change.IsNew).Should().Be((1, 2, false, false));
    }

    [Fact]
    public void Excursion_ThatHadEndedAndGoesOn_HasANewVersion() => Reconcile([Known(1, Some.Stretch(0, 10))], Running).Single().Should().BeEquivalentTo(new { IsGrowth = false, Finding = new { Version = 2 } });

    [Fact]
    public void Excursion_AlarmedAtAnotherTime_HasANewVersion() =>
        Reconcile([Known(1, Running) with { AlarmedAt = Minute(3) }], Running).Single().Should().BeEquivalentTo(new { IsGrowth = false, Finding = new { Version = 2 } });

    [Fact]
    public void Two_ThatLateDataJoins_GoOnUnderTheOlderId()
    {
        var changes = Reconcile([Known(2, Some.Stretch(30, 40)), Known(1, Some.Stretch(0, 10))], Some.Stretch(0, 40));

        changes.Select(change => (change.Finding.Id, change.Finding.Version, change.Status, change.SupersededBy)).Should().Equal(
            (1, 2, FindingStatus.Current, null), (2, 2, FindingStatus.Superseded, 1L));
    }

    [Fact]
    public void One_ThatLateDataSplits_KeepsItsIdOnTheEarlierPart() =>
        Reconcile([Known(1, Some.Stretch(0, 60))], Some.Stretch(50, 60), Some.Stretch(0, 10))
            .Select(change => (change.Finding.Id, change.Finding.Stretch.Start, change.IsNew)).Should().Equal((1, Minute(0), false), (100, Minute(50), true));

    [Fact]
    public void One_OfWhichNothingIsLeft_IsRetracted() =>
        Reconcile([Known(1, Some.Stretch(0, 10))]).Single().Should().BeEquivalentTo(new { Status = FindingStatus.Retracted, SupersededBy = (long?)null, Finding = new { Id = 1L, Version = 2 } });

    [Fact]
    public void One_ThatSeveralTakeOver_IsSupersededByTheEarliest() =>
        Reconcile([Known(1, Some.Stretch(0, 10)), Known(2, Some.Stretch(50, 60)), Known(3, Some.Stretch(5, 55))], Some.Stretch(0, 10), Some.Stretch(50, 60))
            .Should().ContainSingle().Which.SupersededBy.Should().Be(1);

    [Fact]
    public void Stretches_OfAnotherSideOrProbe_AreNotTheSame()
    {
        Reconcile([Known(1, Some.Stretch(0, 10))], Some.Stretch(0, 10, Side.Low)).Select(change => change.Status).Should().BeEquivalentTo([FindingStatus.Current, FindingStatus.Retracted]);
        Reconcile([Known(1, Some.Stretch(0, 10)) with { Probe = Other }], Some.Stretch(0, 10)).Select(change => change.Status).Should().BeEquivalentTo([FindingStatus.Current, FindingStatus.Retracted]);
    }

    [Theory]
    [InlineData(10, 20, true)] // They meet.
    [InlineData(10.001, 20, false)]
    [InlineData(-10, 0, true)]
    [InlineData(-10, -0.001, false)]
    public void Stretches_ThatMeet_AreTheSame(double start, double end, bool isSame) =>
        Reconcile([Known(1, Some.Stretch(0, 10))], Some.Stretch(start, end)).Select(change => change.Finding.Id).Contains(100).Should().Be(!isSame);

    [Fact]
    public void Silence_ThatABacklogMayExplain_IsPostponedUnlessItIsAFindingAlready()
    {
        var (silence, awaited) = (Some.Stretch(0, 300, Side.Unknown), new Awaited(false, new HashSet<DeviceId> { Some.Probe.Device }));
        var found = new ProbeStretch(Some.Probe, ProbeRole.Load, silence) { MayStillTell = [Some.Probe.Device] };

        var outcome = Reconciler.Reconcile([], [found], Input(awaited));
        outcome.Changes.Should().BeEmpty();
        outcome.Postponed.Should().Equal(found);
        Reconciler.Reconcile([], [found], Input(Awaited.Nothing)).Should().BeEquivalentTo(new { Postponed = Array.Empty<ProbeStretch>(), Changes = new[] { new { IsNew = true } } });
        Reconciler.Reconcile([Known(1, silence) with { AlarmedAt = Minute(240) }], [found], Input(awaited)).Should().BeEquivalentTo(new { Changes = Array.Empty<FindingChange>(), Postponed = Array.Empty<ProbeStretch>() });
    }

    [Fact]
    public void Silence_IsAwaitedFromAnyWhoMayTell_AndItsTailWhileItRuns()
    {
        var (own, other) = (Some.Probe.Device, Other.Device);
        var settled = new ProbeStretch(Some.Probe, ProbeRole.Load, Some.Stretch(0, 300, Side.Unknown)) { MayStillTell = [own, other] };
        var running = settled with { Stretch = settled.Stretch with { End = null, SettledAt = null, EndReason = EndReason.Open } };

        From(other).MayExplain(settled).Should().BeTrue("one of them is enough");
        From(new DeviceId("pi-3")).MayExplain(running).Should().BeFalse();
        new Awaited(true, new HashSet<DeviceId>()).MayExplain(running).Should().BeTrue();
        new Awaited(true, new HashSet<DeviceId>()).MayExplain(settled).Should().BeFalse();
        From(own).MayExplain(settled with { Stretch = settled.Stretch with { IsDeclaredLost = true } }).Should().BeFalse();
        From(own).MayExplain(settled with { Stretch = Some.Stretch(0, 300) }).Should().BeFalse("it is known");

        static Awaited From(DeviceId device) => new(false, new HashSet<DeviceId> { device });
    }

    private static Finding Known(long id, Stretch stretch) => new(id, 1, Some.Probe, stretch, stretch.Start);

    private static IReadOnlyList<FindingChange> Reconcile(IReadOnlyList<Finding> known, params Stretch[] folded) =>
        Reconciler.Reconcile(known, folded.Select(stretch => new ProbeStretch(Some.Probe, ProbeRole.Load, stretch)), Input(Awaited.Nothing)).Changes;

    private static EvaluationInput Input(Awaited awaited)
    {
        var next = 99L;
        return new EvaluationInput { Plan = new UnitPlan(new StorageUnitId("fridge"), []), Samples = [], Now = Minute(400), NextId = () => ++next, Awaited = awaited };
    }
}
