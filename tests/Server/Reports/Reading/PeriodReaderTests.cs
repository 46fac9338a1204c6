using ColdChain.Core.Alerting;
using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Signals;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.Reports.Reading;

public sealed class PeriodReaderTests
{
    [Fact]
    public async Task Day_WithAnExcursion_TellsWhatWasFoundAndWhatBecameOfIt()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction =>
        {
            var amina = AccountStore.Insert(transaction, new AccountRow(0, "amina", "Amina B.", "en", "", MustChange: false, scene.Clock.Now, null));
            CaseStore.Insert(transaction, new CaseRow(0, Ground.Finding(1), 1, CaseKinds.Cause, "door-open", "It stood open.", "amina", scene.Clock.Now));
            var incident = IncidentStore.Insert(transaction, new IncidentRow
            {
                Cause = new Cause(CauseKind.Unit, "fridge-1"), Site = "rabat", Unit = new StorageUnitId("fridge-1"), OpenedAt = Scene.At("12:00"), Since = Scene.At("09:02"),
                State = IncidentState.Open(Severity.Critical, wakes: true, Scene.At("12:00")),
            });
            IncidentStore.AddMember(transaction, new IncidentMember(incident.Id, "finding:1", GoesOn: true, Severity.Critical, incident.Unit, incident.Since, incident.OpenedAt, 0));
            AcknowledgementStore.Insert(transaction, new AcknowledgementRow(incident.Id, "amina", Scene.At("12:04"), Scene.At("13:04"), "I go there", AcknowledgedBy.Page), amina.Id);
            AcknowledgementStore.Insert(transaction, new AcknowledgementRow(incident.Id, "amina", Scene.At("12:50"), Scene.At("13:50"), "again", AcknowledgedBy.Page), amina.Id);
        });

        var day = Read(scene, "2026-11-22", Scene.At("12:00"));

        day.Place.Should().Be(new PlaceContent { Site = "rabat", SiteName = "Centre régional de Rabat", Zone = "Africa/Casablanca", Unit = "fridge-1", UnitName = "Fridge 1" });
        day.Probes.Select(probe => (probe.Probe, probe.Mounted)).Should().Equal(
            ("pi-001/load", new SpanContent(Scene.At("06:00"), Scene.At("12:00"))), ("pi-001/air", new SpanContent(Scene.At("06:00"), Scene.At("12:00"))));
        day.Probes[0].Figures.High.Should().Be(TimeSpan.FromMinutes(31), "4 to 9 °C within five minutes is above 6 °C after two, and below it after three on the way back");
        day.Probes[0].Figures.Unknown.Should().Be(TimeSpan.FromMinutes(5), "nothing came after 11:55");
        var finding = day.Findings.Should().ContainSingle().Which;
        (finding.Id, finding.Side, finding.Start, finding.End, finding.Duration, finding.Peak).Should().Be(
            (1, Side.High, Scene.At("09:02"), Scene.At("09:33"), TimeSpan.FromMinutes(31), Some.Degrees("9")));
        (finding.Cause, finding.AcknowledgedAfter, finding.Dispositions).Should().Be(("door-open", TimeSpan.FromMinutes(4), new DispositionsContent(1, 0, 0, 0, 1)));
        day.Rules.Should().ContainSingle().Which.Pack.Should().Be("eu-edqm");
        day.Changes.Should().Equal(new ChangeContent(Scene.At("06:00"), ChangeKinds.Use, "rules: eu-edqm, product: RBC, context: storage"));
    }

    [Fact]
    public async Task Decision_ThatStands_IsCountedByItsKind()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        await scene.Write(transaction =>
        {
            var hold = HoldStore.OfFinding(transaction, 1).Find(hold => hold.Kind == HoldWords.BloodUnit)!;
            var version = FindingStore.Find(transaction, 1)!.Finding.Version;
            DecisionStore.Sign(transaction, hold, new DecisionRow(0, hold.Id, DecisionKind.Discard, "amina", Scene.At("12:00"), "Too warm.", 1, version, null));
        });

        Read(scene, "2026-11-22", Scene.At("13:00")).Findings[0].Dispositions.Should().Be(new DispositionsContent(1, 0, 1, 0, 0));
        Read(scene, "2026-11-23", Scene.At("13:00")).Findings.Should().BeEmpty("it ended the day before");
    }

    [Fact]
    public async Task DoorAndMains_AreCountedAndClippedToThePeriod()
    {
        await using var bench = new FiguresBench();
        await bench.DisbelieveAsync(ConditionKind.DoorOpen, -10, 5, "pi-001/door");
        await bench.DisbelieveAsync(ConditionKind.DoorOpen, 20, 22, "pi-001/door");
        await bench.DisbelieveAsync(ConditionKind.DoorOpen, -20, 0, "pi-001/door");
        await bench.DisbelieveAsync(ConditionKind.MainsLost, 55, 70, "pi-001/mains");
        await bench.DisbelieveAsync(ConditionKind.MainsLost, 60, 70, "pi-001/mains");

        var content = Read(bench, FiguresBench.Unit(Monitored(null, null, SignalKind.Door, SignalKind.Mains)), 0, 60);

        content.DoorOpen.Should().Be(new CountContent(2, TimeSpan.FromMinutes(7)) { Known = TimeSpan.FromMinutes(60) });
        content.MainsLost.Should().Be(new CountContent(1, TimeSpan.FromMinutes(5)) { Known = TimeSpan.FromMinutes(60) });
    }

    [Fact]
    public async Task DoorAndMains_ThatNothingMeasures_AreNotMonitored()
    {
        await using var bench = new FiguresBench();

        var content = Read(bench, FiguresBench.Unit(Monitored(null, null, SignalKind.Door)), 0, 60);

        content.DoorOpen.Should().Be(new CountContent(0, TimeSpan.Zero) { Known = TimeSpan.FromMinutes(60) }, "it was watched, and never open for too long");
        content.MainsLost.Should().BeNull();
    }

    [Fact]
    public async Task Signal_ThatWasSilentOrCameLater_IsUnknownForThatTime()
    {
        await using var bench = new FiguresBench();
        await bench.DisbelieveAsync(ConditionKind.SignalUnknown, 30, 45, "pi-001/mains");
        await bench.DisbelieveAsync(ConditionKind.SignalUnknown, 20, 60, "pi-001/door");

        var content = Read(bench, FiguresBench.Unit(Monitored(null, 10, SignalKind.Door), Monitored(10, 50, SignalKind.Door, SignalKind.Mains)), 0, 60);

        content.MainsLost.Should().Be(new CountContent(0, TimeSpan.Zero) { Known = TimeSpan.FromMinutes(25), Unknown = TimeSpan.FromMinutes(35) }, "the last ten minutes it was out of use, and nobody watched");
        content.DoorOpen.Should().Be(new CountContent(0, TimeSpan.Zero) { Known = TimeSpan.FromMinutes(20), Unknown = TimeSpan.FromMinutes(40) });
    }

    [Fact]
    public async Task Doors_ThatAreOpenAtTheSameTime_AreOneTime()
    {
        await using var bench = new FiguresBench();
        await bench.DisbelieveAsync(ConditionKind.DoorOpen, 10, 20, "pi-001/door");
        await bench.DisbelieveAsync(ConditionKind.DoorOpen, 15, 25, "pi-001/door-2");
        await bench.DisbelieveAsync(ConditionKind.SignalUnknown, 40, 50, "pi-001/door");
        await bench.DisbelieveAsync(ConditionKind.SignalUnknown, 45, 55, "pi-001/door-2");
        var unit = FiguresBench.Unit(FiguresBench.Period(null, null) with
        {
            Signals = [new FleetSignal(FiguresBench.Id("pi-001/door"), SignalKind.Door), new FleetSignal(FiguresBench.Id("pi-001/door-2"), SignalKind.Door)],
        });

        Read(bench, unit, 0, 60).DoorOpen.Should().Be(new CountContent(1, TimeSpan.FromMinutes(15)) { Known = TimeSpan.FromMinutes(45), Unknown = TimeSpan.FromMinutes(15) });
    }

    [Fact]
    public async Task Changes_OfAllKinds_AreToldAscending()
    {
        await using var bench = new FiguresBench();
        bench.Packs = [FiguresBench.Pack(), FiguresBench.Pack(30, version: "2")];
        await bench.AnnounceAsync(WindowKinds.Maintenance, -5, 5);
        await bench.AnnounceAsync(WindowKinds.AlarmTest, 1, 5, FiguresBench.Load);
        await bench.AnnounceAsync(WindowKinds.Maintenance, -5, 0);
        var certified = FiguresBench.Probe(offsetMilli: -125) with { Certificate = new ProbeCertificate("C-1", new DateOnly(2026, 1, 5), null, null) };
        var unit = FiguresBench.Unit(
            FiguresBench.Period(null, 10),
            FiguresBench.Period(10, 20, certified),
            FiguresBench.Period(20, 40, certified, FiguresBench.Probe(FiguresBench.Air, role: ProbeRole.Air)),
            FiguresBench.Period(40, 50, certified) with { Products = ["RBC", "REAGENT"] },
            FiguresBench.Period(55, null));

        Read(bench, unit, 0, 60).Changes.Select(change => ((change.At - FiguresBench.Begin).TotalMinutes, change.Kind, change.Detail)).Should().Equal(
            (-5, ChangeKinds.Maintenance, $"to: {FiguresBench.At(5)}, reason: because"),
            (10, ChangeKinds.Calibration, "id: pi-001/load, calibration-offset: -0.125, certificate: C-1, calibrated: 2026-01-05"),
            (20, ChangeKinds.Probe, "id: pi-001/air, role: air"),
            (30, ChangeKinds.RulePack, "eu-edqm 2"),
            (40, ChangeKinds.Probe, $"id: pi-001/air, to: {FiguresBench.At(40)}"),
            (40, ChangeKinds.Use, "rules: eu-edqm, product: RBC+REAGENT, context: storage"),
            (50, ChangeKinds.Use, $"to: {FiguresBench.At(50)}"),
            (55, ChangeKinds.Use, "rules: eu-edqm, product: RBC, context: storage"));
    }

    /// <summary>Days of 23, 24 and 25 hours, and the months in which Morocco changes for Ramadan.</summary>
    [Theory]
    [InlineData("Europe/Paris", "2026-03-29", 23)]
    [InlineData("Europe/Paris", "2026-06-01", 24)]
    [InlineData("Europe/Paris", "2026-10-25", 25)]
    [InlineData("Africa/Casablanca", "2026-02-15", 25)]
    [InlineData("Africa/Casablanca", "2026-03-22", 23)]
    [InlineData("Africa/Casablanca", "2026-02", 28 * 24 + 1)]
    [InlineData("Africa/Casablanca", "2026-03", 31 * 24 - 1)]
    public async Task Times_OfAPeriodOverAChangeOfTheClocks_AddUpToItsHours(string zone, string text, int hours)
    {
        await using var bench = new FiguresBench();
        bench.Packs = [FiguresBench.Pack(change: rule => rule with { MaxGap = TimeSpan.FromMinutes(60) }, sampleEvery: 30)];
        CalendarPeriod.TryParse(text, out var period).Should().BeTrue();
        var (from, to) = period.In(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var half = Enumerable.Range(0, hours * 2 - 5).Select(i => from + TimeSpan.FromMinutes(30 * i)); // The last one three hours before the end.
        await bench.DeliverAsync(FiguresBench.Id(FiguresBench.Load), half.Select(at => (at, at < from + TimeSpan.FromHours(2) ? "8" : "4")));

        var figures = bench.Store.Read(session => new PeriodReader(FleetHistory.Empty, bench.Packs).Read(session, FiguresBench.Unit(), FiguresBench.Settled(from, to), CancellationToken.None)).Probes.Should().ContainSingle().Which.Figures;

        (figures.Low + figures.InRange + figures.High + figures.Unknown).Should().Be(TimeSpan.FromHours(hours));
        (figures.High, figures.Unknown, figures.Expected, figures.Received).Should().Be((TimeSpan.FromHours(1.75), TimeSpan.FromHours(3), hours * 2, hours * 2 - 5));
        figures.CoveragePercent.Should().Be(Math.Round(100.0 * (hours - 3) / hours, 4));
    }

    private static UnitPeriod Monitored(double? from, double? to, params SignalKind[] kinds) => FiguresBench.Period(from, to) with
    {
        Signals = [.. kinds.Select(kind => new FleetSignal(FiguresBench.Id($"pi-001/{kind.ToString().ToLowerInvariant()}"), kind))],
    };

    private static UnitPeriodContent Read(FiguresBench bench, StorageUnit unit, double from, double to) =>
        bench.Store.Read(session => new PeriodReader(FleetHistory.Empty, bench.Packs).Read(session, unit, FiguresBench.Settled(FiguresBench.At(from), FiguresBench.At(to)), CancellationToken.None));

    private static UnitPeriodContent Read(Scene scene, string day, Instant now)
    {
        CalendarPeriod.TryParse(day, out var period).Should().BeTrue();
        var (from, to) = period.In(Places.ZoneOf(scene.Fleet, "rabat"));
        var unit = scene.Fleet.FindUnit(new StorageUnitId("fridge-1"))!;
        return scene.Read(session => new PeriodReader(scene.Fleet, PackSpans.Always(scene.Packs)).Read(session, unit, new LookedAt(from, now > from ? Instant.Min(to, now) : to, now), CancellationToken.None));
    }
}
