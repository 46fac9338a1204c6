using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>Incidents of two weeks, in hours after their beginning.</summary>
public sealed class AlarmsReaderTests
{
    private const double Hour = 60;

    private static readonly FleetHistory Fleet = new(
        [new Site("rabat", "Rabat", TimeZoneInfo.Utc), new Site("oujda", "Oujda", TimeZoneInfo.Utc)],
        [],
        [
            FiguresBench.Unit(),
            FiguresBench.Unit(FiguresBench.Period(-Hour, 100 * Hour)) with { Id = new StorageUnitId("fridge-2") },
            FiguresBench.Unit() with { Id = new StorageUnitId("fridge-3"), Name = "Fridge 3", Site = "oujda" },
        ],
        []);

    [Fact]
    public async Task Alarms_OfAllSites_AreCountedBySourceAndTogether()
    {
        await using var bench = await OpenAsync();

        var alarms = Read(bench, "");

        alarms.Sources.Select(source => (source.Kind, source.Source, source.Name, source.Figures.Count)).Should().Equal(
            ("storage-unit", "fridge-1", "Fridge 1", 4), ("storage-unit", "fridge-3", "Fridge 3", 1), ("site", "rabat", "Rabat", 1), ("cause", "silence:", "silence:", 1));
        alarms.TopSources.Should().Equal(alarms.Sources.Select(source => new AlarmSourceContent(source.Kind, source.Source)));
        (alarms.Total.Count, alarms.Total.PerWeek, alarms.StorageUnits).Should().Be((7, 3.5, 2), "fridge 2 is out of use");
        var yardstick = alarms.Yardsticks.Should().ContainSingle().Which;
        (yardstick.Name, yardstick.Limit, yardstick.Found).Should().Be((AlarmsReader.AlarmsPerDay, 144, 0.5));
        yardstick.Source.Should().Contain("from memory");
    }

    [Fact]
    public async Task Alarms_OfASite_AreItsOwn()
    {
        await using var bench = await OpenAsync();

        var alarms = Read(bench, "rabat");

        (alarms.Total.Count, alarms.StorageUnits).Should().Be((5, 1));
        var fridge = alarms.Sources[0].Figures;
        fridge.Chattering.Should().Be(2, "one after an incident that was over before the period, and one 15 minutes after another; 16 minutes are too late");
        (fridge.Acknowledged, fridge.MedianToAcknowledge, fridge.P95ToAcknowledge).Should().Be((3, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(40)));
        fridge.Stale.Should().Be(1, "exactly 24 hours are not more");
    }

    [Fact]
    public async Task Figures_OfAPeriod_DoNotChangeWithWhatComesAfterIt()
    {
        await using var bench = await OpenAsync();

        var silence = Read(bench, "").Sources[^1].Figures;

        (silence.Count, silence.Stale, silence.Acknowledged, silence.MedianToAcknowledge).Should().Be((1, 0, 0, null), "it was taken, and became old, after the end");
    }

    [Fact]
    public async Task Alarm_ThatComesBackAfterThePeriod_LeavesItsFiguresAsTheyWere()
    {
        await using var bench = new FiguresBench();
        await bench.Write(transaction => GoOn(transaction, Untaken(transaction, opened: 0, over: 60), 40 * 24 * Hour)); // As nobody took it, it is the same one that came back.

        var fridge = Read(bench, "rabat").Sources.Should().ContainSingle().Which.Figures;

        (fridge.Count, fridge.Stale, fridge.Chattering).Should().Be((1, 0, 0));
    }

    [Fact]
    public async Task Alarm_ThatComesAndGoesAllNight_IsOneThatChatters()
    {
        await using var bench = new FiguresBench();
        await bench.Write(transaction =>
        {
            var incident = Untaken(transaction, opened: 0, over: 5);
            for (var i = 1; i <= 30; i++)
            {
                GoOn(transaction, incident, 20 * i);
                Note(transaction, incident, 20 * i + 5, goesOn: false);
            }

            GoOn(transaction, incident, 3 * Hour * 24);
        });

        var fridge = Read(bench, "rabat").Sources.Should().ContainSingle().Which.Figures;

        (fridge.Count, fridge.Chattering, fridge.Stale).Should().Be((1, 30, 1), "it came back thirty times within a quarter of an hour, and at last it stayed");
    }

    [Fact]
    public async Task Sources_OfOneId_AreToldApartByTheirKind()
    {
        await using var bench = new FiguresBench();
        await bench.Write(transaction =>
        {
            var account = Account(transaction);
            Open(transaction, account, new Cause(CauseKind.Unit, "rabat"), "rabat", opened: 0, over: 1, acknowledged: 1);
            Open(transaction, account, new Cause(CauseKind.Power, "rabat"), "rabat", opened: 10, over: 11, acknowledged: 1);
        });

        Read(bench, "rabat").TopSources.Should().Equal(new AlarmSourceContent("site", "rabat"), new AlarmSourceContent("storage-unit", "rabat"));
    }

    [Fact]
    public async Task Median_OfAnEvenNumber_IsBetweenTheTwoInTheMiddle()
    {
        await using var bench = new FiguresBench();
        await bench.Write(transaction =>
        {
            var account = Account(transaction);
            foreach (var minutes in new[] { 1, 2, 5, 60 })
            {
                Open(transaction, account, new Cause(CauseKind.Unit, $"fridge-{minutes}"), "rabat", opened: 0, over: 1, acknowledged: minutes);
            }
        });

        var total = Read(bench, "rabat").Total;

        (total.MedianToAcknowledge, total.P95ToAcknowledge).Should().Be((TimeSpan.FromMinutes(3.5), TimeSpan.FromMinutes(60)));
    }

    [Fact]
    public async Task Rates_AreOfTheTimeInWhichAnythingWasRecorded_AndAPeriodBeforeItIsRefused()
    {
        await using var bench = await OpenAsync();
        var halfway = FiguresBench.At(7 * 24 * Hour);
        await bench.Write(transaction => EventLog.Append(transaction, halfway, EventKinds.ServerStarted, null, "server", new { }));

        var alarms = Read(bench, "");

        alarms.RecordedFrom.Should().Be(halfway);
        (alarms.Total.Count, alarms.Total.PerWeek).Should().Be((1, 1), "the others were opened before anything is known to have been recorded");
        var before = () => bench.Store.Read(session => new AlarmsReader(Fleet).Read(session, "", FiguresBench.At(0), halfway));
        before.Should().Throw<RefusalException>().Which.Reason.Should().StartWith("nothing was recorded before");
    }

    [Theory]
    [InlineData(0, 7d, 1d)]
    [InlineData(60, 0d, 0d)] // A day on which clocks are set forward.
    [InlineData(61, null, null)]
    public async Task Rate_OfLessThanADay_IsNotTold(int minutesShort, double? perWeek, double? perDay)
    {
        await using var bench = await OpenAsync();
        var recorded = FiguresBench.At((13 * 24 * Hour) + minutesShort);
        await bench.Write(transaction => EventLog.Append(transaction, recorded, EventKinds.ServerStarted, null, "server", new { }));

        var alarms = Read(bench, "");

        (alarms.Total.PerWeek, alarms.Yardsticks[0].Found).Should().Be((perWeek, perDay));
    }

    private static AlarmsContent Read(FiguresBench bench, string site) =>
        bench.Store.Read(session => new AlarmsReader(Fleet).Read(session, site, FiguresBench.At(0), FiguresBench.At(14 * 24 * Hour)));

    private static async Task<FiguresBench> OpenAsync()
    {
        var bench = new FiguresBench();
        await bench.Write(transaction =>
        {
            var account = Account(transaction);
            var fridge = new Cause(CauseKind.Unit, "fridge-1");
            Open(transaction, account, fridge, "rabat", opened: -Hour, over: -5, acknowledged: 1);
            Open(transaction, account, fridge, "rabat", opened: 5, over: 30, acknowledged: 10);
            Open(transaction, account, fridge, "rabat", opened: 45, over: 60, acknowledged: 3);
            Open(transaction, account, fridge, "rabat", opened: 76, over: 76 + 24 * Hour, acknowledged: 40);
            Open(transaction, account, new Cause(CauseKind.Condition, "fridge-1:door-open"), "rabat", opened: 100, over: 101 + 24 * Hour, acknowledged: null, unit: "fridge-1");
            Open(transaction, account, new Cause(CauseKind.Power, "rabat"), "rabat", opened: 100, over: 110, acknowledged: null);
            Open(transaction, account, new Cause(CauseKind.Unit, "fridge-3"), "oujda", opened: 100, over: 110, acknowledged: null);
            Open(transaction, account, new Cause(CauseKind.Silence, ""), "", opened: 13 * 24 * Hour, over: 20 * 24 * Hour, acknowledged: 2 * 24 * Hour);
            Open(transaction, account, new Cause(CauseKind.Unit, "fridge-3"), "oujda", opened: 14 * 24 * Hour, over: null, acknowledged: null);
        });
        return bench;
    }

    private static long Account(StoreTransaction transaction) =>
        AccountStore.Insert(transaction, new AccountRow(0, "amina", "Amina B.", "en", "", MustChange: false, FiguresBench.At(0), null)).Id;

    // An incident of fridge 1 that was over and that nobody took.
    private static IncidentRow Untaken(StoreTransaction transaction, double opened, double over)
    {
        var state = IncidentState.Open(Severity.Warning, wakes: true, FiguresBench.At(opened));
        var row = IncidentStore.Insert(transaction, new IncidentRow
        {
            Cause = new Cause(CauseKind.Unit, "fridge-1"), Site = "rabat", Unit = FiguresBench.UnitId, OpenedAt = FiguresBench.At(opened), Since = FiguresBench.At(opened), State = state,
        });
        Note(transaction, row, opened, goesOn: true);
        Note(transaction, row, over, goesOn: false);
        return row with { State = state.End(FiguresBench.At(over)) };
    }

    // It comes back, and stands there as if it had never been over.
    private static void GoOn(StoreTransaction transaction, IncidentRow row, double minute)
    {
        Note(transaction, row, minute, goesOn: true);
        IncidentStore.Save(transaction, row with { State = row.State.Return(FiguresBench.At(minute)) }, FiguresBench.At(minute));
    }

    private static void Note(StoreTransaction transaction, IncidentRow row, double minute, bool goesOn) => IncidentStore.AddMember(
        transaction, new IncidentMember(row.Id, "condition:1", goesOn, row.State.Severity, row.Unit, row.Since, FiguresBench.At(minute), 0));

    private static void Open(StoreTransaction transaction, long account, Cause cause, string site, double opened, double? over, double? acknowledged, string? unit = null)
    {
        var state = IncidentState.Open(Severity.Warning, wakes: true, FiguresBench.At(opened));
        var row = IncidentStore.Insert(transaction, new IncidentRow
        {
            Cause = cause,
            Site = site,
            Unit = cause.Kind == CauseKind.Unit ? new StorageUnitId(cause.Subject) : unit is null ? null : new StorageUnitId(unit),
            OpenedAt = FiguresBench.At(opened),
            Since = FiguresBench.At(opened),
            State = state,
        });
        Note(transaction, row, opened, goesOn: true);
        if (over is { } noted)
        {
            Note(transaction, row, noted, goesOn: false);
        }

        var end = over is { } minute ? state.End(FiguresBench.At(minute)).Acknowledge(FiguresBench.At(minute), FiguresBench.At(minute)) : state; // Closed, so that the next one of its cause can be opened.
        IncidentStore.Save(transaction, row with { State = end }, FiguresBench.At(over ?? opened));
        if (acknowledged is { } after)
        {
            AcknowledgementStore.Insert(transaction, new AcknowledgementRow(row.Id, "amina", FiguresBench.At(opened + after), FiguresBench.At(opened + after + 30), "", AcknowledgedBy.Page), account);
            AcknowledgementStore.Insert(transaction, new AcknowledgementRow(row.Id, "amina", FiguresBench.At(opened + after + 5), FiguresBench.At(opened + after + 30), "", AcknowledgedBy.Page), account);
        }
    }
}
