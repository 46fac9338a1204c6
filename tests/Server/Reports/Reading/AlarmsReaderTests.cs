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

        alarms.Sources.Select(source => (source.Source, source.Name, source.Figures.Count)).Should().Equal(
            ("fridge-1", "Fridge 1", 4), ("fridge-3", "Fridge 3", 1), ("rabat", "Rabat", 1), ("silence:", "silence:", 1));
        alarms.TopSources.Should().Equal("fridge-1", "fridge-3", "rabat", "silence:");
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
        var end = over is { } minute ? state.End(FiguresBench.At(minute)).Acknowledge(FiguresBench.At(minute), FiguresBench.At(minute)) : state; // Closed, so that the next one of its cause can be opened.
        IncidentStore.Save(transaction, row with { State = end }, FiguresBench.At(over ?? opened));
        if (acknowledged is { } after)
        {
            AcknowledgementStore.Insert(transaction, new AcknowledgementRow(row.Id, "amina", FiguresBench.At(opened + after), FiguresBench.At(opened + after + 30), "", AcknowledgedBy.Page), account);
            AcknowledgementStore.Insert(transaction, new AcknowledgementRow(row.Id, "amina", FiguresBench.At(opened + after + 5), FiguresBench.At(opened + after + 30), "", AcknowledgedBy.Page), account);
        }
    }
}
