using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Exposure;

/// <summary>What a blood unit went through over its life is added up over storage units and sites, and held.</summary>
public sealed class ExposureServiceTests
{
    private const string Fleet = """
        sites:
          - { id: rabat, name: Rabat, zone: Africa/Casablanca }
          - { id: fes, name: Fès, zone: Africa/Casablanca }
        devices: [{ id: pi-001, site: rabat }, { id: pi-002, site: fes }, { id: pi-003, site: rabat }, { id: pi-004, site: rabat }]
        storage-units:
          - id: freezer-a
            name: Freezer A
            site: rabat
            kind: freezer
            history: [{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: PFF, context: storage, probes: [{ id: pi-001/load, role: load }] }]
          - id: freezer-b
            name: Freezer B
            site: fes
            kind: freezer
            history: [{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: PFF, context: storage, probes: [{ id: pi-002/load, role: load }] }]
          - id: van
            name: Van
            site: rabat
            kind: transport
            history: [{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: PLT, context: transport, probes: [{ id: pi-003/load, role: load }] }]
          - id: fridge
            name: Fridge
            site: rabat
            kind: refrigerator
            history: [{ from: 2026-11-22T06:00:00Z, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-004/load, role: load }] }]
        contents: []
        """;

    private static readonly BloodUnit Plasma = new("W000026123456", "PFF");
    private static readonly BloodUnit Platelets = new("W000026100002", "PLT");
    private static readonly BloodUnit RedCells = new("W000026100001", "RBC");

    [Fact]
    public async Task SecondOccasionInLife_InAnotherSite_IsHeldWithDiscardProposed()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await FreezeAsync(scene, "pi-001/load", warmFrom: "08:05");
        await FreezeAsync(scene, "pi-002/load", warmFrom: "11:05");
        await StayAsync(scene, "freezer-a", Plasma, "06:30", "10:00");
        await StayAsync(scene, "freezer-b", Plasma, "10:00", null);

        await scene.JudgeAsync("12:00");

        var exposure = Current(scene, Plasma).Should().ContainSingle().Subject;
        exposure.Should().BeEquivalentTo(new { Version = 1, Verdict = ExposureWords.DiscardProposed, OnlyPossible = false, Unit = new StorageUnitId("freezer-b") });
        (exposure.Since < Scene.At("08:06")).Should().BeTrue("the first occasion belongs to it");
        var hold = Holds(scene, Plasma).Should().ContainSingle(one => one.ExposureId == exposure.Id).Subject;
        hold.Should().BeEquivalentTo(new { State = HoldWords.Held, FindingId = 0L, exposure.Since });
        Ask(scene, Plasma).Answer.Should().Be("no");
        Ask(scene, Plasma).Reasons.Should().Contain(reason => reason.Contains($"because of exposure {exposure.Id}", StringComparison.Ordinal));
        scene.Read(session => EventLog.Read(session, 0, 1000)).Select(row => row.Kind).Should().ContainInOrder(EventKinds.ExposureOpened, EventKinds.HoldPlaced);
    }

    [Fact]
    public async Task BloodUnit_ThatLeftBeforeTheDiscovery_IsHeldAllTheSame()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await FreezeAsync(scene, "pi-001/load", warmFrom: "08:05");
        await StayAsync(scene, "freezer-a", Plasma, "06:30", "10:00");
        await StayAsync(scene, "freezer-b", Plasma, "10:00", "11:30");
        await scene.MeasureAsync("pi-002/load", "06:00", "10:30", "-25");
        await scene.JudgeAsync("11:40");
        Current(scene, Plasma).Should().BeEmpty();

        await scene.MeasureAsync("pi-002/load", "10:35", "10:50", "-14");
        await scene.MeasureAsync("pi-002/load", "10:55", "11:40", "-25");
        await scene.JudgeAsync("12:00");

        Current(scene, Plasma).Should().ContainSingle().Which.Verdict.Should().Be(ExposureWords.DiscardProposed);
    }

    [Fact]
    public async Task Silence_ThatMightBeTooMuch_IsHeldUntilLateDataRemovesTheGround()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-003/load", "06:00", "08:00", "22");
        await scene.MeasureAsync("pi-003/load", "10:30", "12:00", "22");
        await StayAsync(scene, "van", Platelets, "07:00", null);
        await scene.JudgeAsync("12:00");
        var found = Current(scene, Platelets).Should().ContainSingle().Subject;
        found.Should().BeEquivalentTo(new { Verdict = ExposureWords.Hold, OnlyPossible = true });

        await scene.MeasureAsync("pi-003/load", "08:05", "10:25", "22");
        await scene.JudgeAsync("12:05");

        Current(scene, Platelets).Should().BeEmpty();
        scene.Read(session => ExposureStore.Versions(session, Platelets.Donation, Platelets.Product)).Select(row => (row.Id, row.Version, row.Status))
            .Should().Equal((found.Id, 1, ExposureWords.Current), (found.Id, 2, ExposureWords.Retracted));
        Holds(scene, Platelets).Should().ContainSingle().Which.State.Should().Be(HoldWords.GroundRemoved, "only a person lifts it");
        Ask(scene, Platelets).Answer.Should().Be("no");
    }

    [Fact]
    public async Task Allowance_ExceededByThePassingOfTime_IsFoundAtItsDeadline()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-003/load", "06:00", "08:00", "22");
        await scene.MeasureAsync("pi-003/load", "08:05", "10:00", "25");
        await StayAsync(scene, "van", Platelets, "07:00", null);
        await scene.JudgeAsync("10:01");
        Current(scene, Platelets).Should().BeEmpty();
        var deadline = scene.Read(ExposureDeadlineStore.Earliest)!.Value;
        (deadline > Scene.At("10:01") && deadline < Scene.At("10:06")).Should().BeTrue("two hours since the line left 24 °C, {0}", deadline);

        scene.Clock.Now = deadline;
        await scene.AddUpAsync();

        Current(scene, Platelets).Should().ContainSingle().Which.Verdict.Should().Be(ExposureWords.Hold);
    }

    [Theory]
    [InlineData("10:15", "yes", 0)]
    [InlineData("10:16", "unknown", 0)]
    [InlineData("14:01", "no", 1)]
    public async Task TimeBetweenTwoStays_IsADoubtAndThenAHold(string back, string answer, int exposures)
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "15:00", "4");
        await StayAsync(scene, "fridge", RedCells, "07:00", "10:00");
        await StayAsync(scene, "fridge", RedCells, back, null);

        await scene.JudgeAsync("15:00");

        Ask(scene, RedCells).Answer.Should().Be(answer);
        Current(scene, RedCells).Should().HaveCount(exposures);
    }

    [Fact]
    public async Task IssueCheck_AfterAStricterPack_JudgesTheTimeBeforeByThePackOfThen()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "15:00", "4");
        await StayAsync(scene, "fridge", RedCells, "07:00", "10:00");
        await StayAsync(scene, "fridge", RedCells, "10:16", null);
        await scene.JudgeAsync("15:00");
        var now = scene.Packs.First(pack => pack.Id == "eu-edqm");
        var before = now with { Rules = [.. now.Rules.Select(rule => rule with { MaxGap = TimeSpan.FromHours(1) })] };
        var placements = new Placements(scene.Fleet, [new DatedPack(before, Instant.Beginning), new DatedPack(now, Scene.At("14:30"))]);

        Ask(scene, RedCells).Answer.Should().Be("unknown", "by the pack of now sixteen minutes on the bench are too many");
        Ask(scene, RedCells, placements).Answer.Should().Be("yes");
    }

    [Fact]
    public async Task IssueCheck_BeforeItIsAddedUp_IsUnknown()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "12:00", "4");
        await scene.JudgeAsync("12:00");
        await StayAsync(scene, "fridge", RedCells, "07:00", null);

        Ask(scene, RedCells).Reasons.Should().ContainSingle().Which.Should().Contain("not added up");

        await scene.AddUpAsync();
        Ask(scene, RedCells).Answer.Should().Be("yes");
    }

    [Fact]
    public async Task TimeOutsideTheLimits_ThatAnExcursionHolds_IsNotSaidTwice()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "10:00", "4");
        await scene.MeasureAsync("pi-004/load", "10:05", "10:30", "8");
        await scene.MeasureAsync("pi-004/load", "10:35", "12:00", "4");
        await StayAsync(scene, "fridge", RedCells, "07:00", null);

        await scene.JudgeAsync("12:00");

        Holds(scene, RedCells).Should().ContainSingle().Which.ExposureId.Should().BeNull();
    }

    [Fact]
    public async Task BeyondTheRedLine_DiscardIsProposedBesideTheExcursion()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "10:00", "4");
        await scene.MeasureAsync("pi-004/load", "10:05", "10:30", "10.001");
        await StayAsync(scene, "fridge", RedCells, "07:00", null);

        await scene.JudgeAsync("10:31");

        Current(scene, RedCells).Should().ContainSingle().Which.Allowance.Should().StartWith("red-line");
        Holds(scene, RedCells).Select(hold => hold.Id).Should().OnlyHaveUniqueItems().And.HaveCount(2);
    }

    /// <summary>A device whose clock is ahead by moments is ahead at each of its readings: what runs would never be told.</summary>
    [Fact]
    public async Task BeyondTheRedLine_OfAProbeHeardAheadOfTheClock_IsNeitherMissedNorTakenBack()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "10:00", "4");
        await scene.MeasureAsync("pi-004/load", "10:05", "10:30", "10.001");
        await StayAsync(scene, "fridge", RedCells, "07:00", null);

        await scene.JudgeAsync("10:28");
        var first = Current(scene, RedCells).Should().ContainSingle().Subject;
        first.Allowance.Should().StartWith("red-line");

        await scene.MeasureAsync("pi-004/load", "10:35", "10:35", "10.001");
        await scene.JudgeAsync("10:33");
        Current(scene, RedCells).Should().ContainSingle().Which.Id.Should().Be(first.Id);
        scene.Read(session => EventLog.Read(session, 0, 1000)).Select(row => row.Kind).Should().NotContain(EventKinds.ExposureRetracted);
    }

    [Fact]
    public async Task BeyondTheRedLine_ToldAheadOfTheClock_IsFoundWhenItHasBegun()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await scene.MeasureAsync("pi-004/load", "06:00", "10:00", "4");
        await scene.MeasureAsync("pi-004/load", "10:05", "10:10", "10.001");
        await StayAsync(scene, "fridge", RedCells, "07:00", null);

        await scene.JudgeAsync("10:04");
        Current(scene, RedCells).Should().BeEmpty();

        await scene.JudgeAsync("10:06");
        Current(scene, RedCells).Should().ContainSingle().Which.Allowance.Should().StartWith("red-line");
    }

    [Theory]
    [InlineData("14:30", 0)]
    [InlineData("14:31", 1)]
    public async Task Agitation_ThatStoodStillForTooLong_IsHeldAgainstThePlatelets(string until, int exposures)
    {
        await using var scene = await Scene.OpenAsync(Fleet.Replace(
            "product: PFF, context: storage, probes: [{ id: pi-001/load, role: load }] }",
            "product: PLT, context: storage, probes: [{ id: pi-001/load, role: load }], signals: [{ id: pi-001/agitator, kind: agitation }] }",
            StringComparison.Ordinal));
        await scene.MeasureAsync("pi-001/load", "06:00", "16:00", "22");
        await scene.JudgeAsync("16:00");
        await scene.Write(transaction =>
        {
            var signal = new ProbeId(new DeviceId("pi-001"), "agitator");
            foreach (var row in ConditionStore.Unsettled(transaction, new StorageUnitId("freezer-a"), Instant.Beginning))
            {
                ConditionStore.Save(transaction, row with { IsRetracted = true }); // Nothing came of the signal itself.
            }

            ConditionStore.Save(transaction, new ConditionRow
            {
                Unit = new StorageUnitId("freezer-a"),
                Condition = new Condition(ConditionKind.AgitationStopped, signal, Scene.At("06:30"), Scene.At(until), Scene.At("16:00")) { RaisedAt = Scene.At("06:30") },
                DiscoveredAt = scene.Clock.Now,
                UpdatedAt = scene.Clock.Now,
            });
        });

        await StayAsync(scene, "freezer-a", Platelets, "06:10", null);
        await scene.AddUpAsync();

        Current(scene, Platelets).Select(row => row.Allowance).Should().Equal(Enumerable.Repeat("agitation", exposures));
    }

    /// <summary>From the wire: eight hours may be without agitation; it stood still for five, and for four nobody knows.</summary>
    [Theory]
    [InlineData(false, ExposureWords.Current)]
    [InlineData(true, ExposureWords.Retracted)]
    public async Task Agitation_ThatMayHaveStoodStillForTooLong_IsHeldUntilTheSignalIsHeardOf(bool ranMeanwhile, string expected)
    {
        await using var scene = await Scene.OpenAsync(Fleet.Replace(
            "product: PFF, context: storage, probes: [{ id: pi-001/load, role: load }] }",
            "product: PLT, context: storage, probes: [{ id: pi-001/load, role: load }], signals: [{ id: pi-001/agitator, kind: agitation }] }",
            StringComparison.Ordinal));
        await scene.MeasureAsync("pi-001/load", "06:00", "16:00", "22");
        await scene.SignalAsync("pi-001/agitator", "06:00", "06:55", isOn: true);
        await scene.SignalAsync("pi-001/agitator", "07:00", "12:00", isOn: false);
        await StayAsync(scene, "freezer-a", Platelets, "06:10", null);
        await scene.JudgeAsync("16:00");

        var found = Current(scene, Platelets).Should().ContainSingle().Subject;
        found.Should().BeEquivalentTo(new { Allowance = "agitation", Verdict = ExposureWords.Hold, OnlyPossible = true, Since = Scene.At("07:00") });
        found.Detail.Should().Contain("\"longestSeconds\":[18000,32400]", "five hours are known, nine are possible");
        Holds(scene, Platelets).Should().ContainSingle().Which.ExposureId.Should().Be(found.Id);

        await scene.SignalAsync("pi-001/agitator", "12:05", "16:00", ranMeanwhile);
        await scene.JudgeAsync("16:05");

        var row = scene.Read(session => ExposureStore.Find(session, found.Id))!;
        row.Status.Should().Be(expected);
        row.OnlyPossible.Should().Be(ranMeanwhile);
        Holds(scene, Platelets).Should().ContainSingle().Which.State.Should().Be(ranMeanwhile ? HoldWords.GroundRemoved : HoldWords.Held);
    }

    [Fact]
    public async Task Judging_AgainWithNothingNew_WritesNothing()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await FreezeAsync(scene, "pi-001/load", warmFrom: "08:05");
        await StayAsync(scene, "freezer-a", Plasma, "06:30", null);
        await scene.JudgeAsync("12:00");
        var (marks, events) = scene.Read(session => (ExposureMarkStore.LastGeneration(session), EventLog.LastId(session)));

        await scene.MeasureAsync("pi-001/load", "12:05", "12:30", "-25");
        await scene.JudgeAsync("12:31");

        scene.Read(session => (ExposureMarkStore.LastGeneration(session), EventLog.LastId(session))).Should().Be((marks, events), "the level goes on");
    }

    [Fact]
    public async Task StoreOfAnEarlierVersion_IsJudgedAnewFromTheBeginning()
    {
        await using var scene = await Scene.OpenAsync(Fleet);
        await FreezeAsync(scene, "pi-001/load", warmFrom: "08:05");
        await scene.JudgeAsync("12:00");
        var freezer = new StorageUnitId("freezer-a");
        var (levels, findings) = Told();
        levels.Should().HaveCountGreaterThan(2);
        await scene.Write(transaction =>
        {
            transaction.Execute("DELETE FROM levels");
            transaction.Execute("UPDATE checkpoints SET form = 1, state = x'5b5d'");
            transaction.Execute(
                "UPDATE unit_states SET levels = NULL, state = $state",
                ("$state", System.Text.Encoding.UTF8.GetBytes("""{"Head":"W10=","HeadAt":1795348800000,"LastCheckpointAt":1795348800000,"Silent":[],"Deliveries":[]}""")));
        });

        await scene.JudgeAsync("12:01");

        Told().Should().BeEquivalentTo((levels, findings));

        (List<Core.Exposure.ProbeLevel> Levels, List<long> Findings) Told() => scene.Read(session => (
            LevelStore.Between(session, freezer, Instant.Beginning, Instant.End), FindingStore.Current(session, freezer).Select(row => row.Finding.Id).ToList()));
    }

    /// <summary>A quarter of an hour at -14 °C, otherwise -25 °C.</summary>
    private static async Task FreezeAsync(Scene scene, string probe, string warmFrom)
    {
        var from = Scene.At(warmFrom);
        await scene.MeasureAsync(probe, "06:00", Time(from - TimeSpan.FromMinutes(5)), "-25");
        await scene.MeasureAsync(probe, warmFrom, Time(from + TimeSpan.FromMinutes(15)), "-14");
        await scene.MeasureAsync(probe, Time(from + TimeSpan.FromMinutes(20)), "12:00", "-25");

        static string Time(Instant at) => at.ToString()[11..16];
    }

    private static Task StayAsync(Scene scene, string unit, BloodUnit bloodUnit, string from, string? to) => scene.Write(transaction => ContentsEntry.Enter(
        transaction, scene.Fleet, scene.Packs, new NewStay(new StorageUnitId(unit), bloodUnit, Scene.At(from), to is null ? null : Scene.At(to)) { IsFact = true }, Scene.At("23:00")));

    private static List<ExposureRow> Current(Scene scene, BloodUnit bloodUnit) =>
        scene.Read(session => ExposureStore.Current(session, bloodUnit.Donation, bloodUnit.Product));

    private static List<HoldRow> Holds(Scene scene, BloodUnit bloodUnit) => scene.Read(session => HoldStore.OfBloodUnit(session, bloodUnit.Donation, bloodUnit.Product));

    private static IssueAnswer Ask(Scene scene, BloodUnit bloodUnit, Placements? placements = null) => scene.Read(session =>
        IssueCheck.Ask(session, scene.Fleet, scene.Packs, placements ?? scene.Placements, bloodUnit, scene.Store.Health, scene.Clock.Now));
}
