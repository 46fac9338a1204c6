using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>That a signed revision would say something else now is noticed without anybody asking.</summary>
public sealed class ReportWatchTests
{
    private const string Month = "SU-fridge-1_2026-11";
    private const string MonthBefore = "SU-fridge-1_2026-10";

    [Fact]
    public async Task Revision_WhoseContentHasChanged_IsVoidAfterTheEvent()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");
        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        await desk.HappensAsync(new { finding = 1 });

        await LookAsync(desk.Watch());

        var gone = desk.Revisions()[0];
        gone.Void!.Reason.Should().EndWith("excursion.finding.version");
        gone.Signatures.Should().HaveCount(2, "they are shown as void, and not taken away");
        desk.Events(EventKinds.ReportVoided).Should().ContainSingle().Which.Who.Should().StartWith("software:");
    }

    [Fact]
    public async Task Revision_ThatSaysTheSame_StaysAndIsMadeOnceForAnEvent()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        desk.Reports.Made.Clear();
        using var watch = desk.Watch();
        await desk.HappensAsync(new { finding = 1 });

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        desk.Reports.Made.Should().Equal("EX-1");
        desk.Revisions()[0].Void.Should().BeNull();
    }

    [Fact]
    public async Task Names_AndOtherForms_VoidNothing()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        desk.Reports["EX-1"] = desk.Reports["EX-1"] with { Place = desk.Reports["EX-1"].Place with { UnitName = "Fridge by the door" } };
        await DeskScene.AppendOtherFormAsync(desk.Store, desk.Scene.Clock.Now, MonthBefore);
        desk.Reports[MonthBefore] = MadeReports.Period(MonthBefore, doorOpen: 7);
        desk.Scene.Clock.Now += ReportWatch.CheckEvery;

        await LookAsync(desk.Watch());

        desk.Reports.Made.Should().Contain("EX-1").And.Contain(MonthBefore);
        desk.Events(EventKinds.ReportVoided).Should().BeEmpty();
    }

    [Fact]
    public async Task Report_OfAStorageUnitThatLeftTheFleetFile_IsNotCompared()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports[MonthBefore] = MadeReports.Period(MonthBefore);
        await desk.PrepareAsync("tariq", MonthBefore);
        desk.Reports[MonthBefore] = MadeReports.Period(MonthBefore) with { Units = [] };
        var fleet = desk.Fleet;
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);

        desk.Fleet = FleetHistory.Empty;
        await LookAsync(desk.Watch());
        desk.Revisions(MonthBefore)[0].Void.Should().BeNull();

        desk.Fleet = fleet;
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);
        await LookAsync(desk.Watch());
        desk.Revisions(MonthBefore)[0].Void.Should().NotBeNull("it is compared again");
    }

    [Fact]
    public async Task Revision_OfWhichNoEventTells_IsComparedOnceADay()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Scene.Clock.Now += TimeSpan.FromMinutes(2); // What happened before is read.
        await desk.PrepareAsync("tariq");
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        using var watch = desk.Watch();

        await watch.LookAsync(CancellationToken.None);
        desk.Revisions()[0].Void.Should().BeNull("it was made when it was signed");
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);
        await watch.LookAsync(CancellationToken.None);

        desk.Revisions()[0].Void.Should().NotBeNull();
    }

    [Fact]
    public async Task Revision_ThatIsOld_IsComparedOnceInThirtyDays_AndAfterWhatHappens()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        using var watch = desk.Watch();
        desk.Scene.Clock.Now += ReportWatch.OldAfter - TimeSpan.FromMinutes(1);
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Clear();

        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromMinutes(2);
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Should().BeEmpty("it is old by now");
        await desk.HappensAsync(new { finding = 1 });
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Should().ContainSingle();
        desk.Scene.Clock.Now += ReportWatch.CheckOldEvery + TimeSpan.FromMinutes(1);
        await watch.LookAsync(CancellationToken.None);

        desk.Reports.Made.Should().HaveCount(2);
    }

    [Fact]
    public async Task Event_CommittedAfterTheContentWasRead_CountsThoughItsTimeIsBefore()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        await desk.Scene.Write(transaction =>
            EventLog.Append(transaction, row.MadeAt - TimeSpan.FromSeconds(2), EventKinds.CaseEntered, row.Unit, "test", new { finding = 1 }));

        await LookAsync(desk.Watch());

        desk.Revisions()[0].Void.Should().NotBeNull();
    }

    [Fact]
    public async Task Void_ThatCouldNotBeStored_IsTriedAgain()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        await desk.HappensAsync(new { finding = 1 });
        using var watch = desk.Watch();
        using var given = new CancellationTokenSource();
        desk.Reports.WhileMaking = given.Cancel; // Nothing is committed any more.
        var look = () => watch.LookAsync(given.Token);
        await look.Should().ThrowAsync<OperationCanceledException>();
        desk.Revisions()[0].Void.Should().BeNull();

        await watch.LookAsync(CancellationToken.None);

        desk.Revisions()[0].Void.Should().NotBeNull();
    }

    [Fact]
    public async Task Content_ThatSomebodyForged_IsLoggedAsAnError_AndVoidsNothing()
    {
        using var log = new ErrorLog();
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        await DeskScene.ForgeAsync(desk.Store);
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);

        await LookAsync(desk.Watch(log.Of<ReportWatch>()));

        log.Errors.Should().ContainSingle().Which.Should().Contain("EX-1").And.Contain(nameof(ReportContentException));
        desk.Events(EventKinds.ReportVoided).Should().BeEmpty("the signatures are of what was signed, and not of this");
    }

    [Fact]
    public async Task Events_OfAnotherTimeOrPlace_MakeNothing()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Scene.Clock.Now += TimeSpan.FromMinutes(2); // What happened before is read.
        desk.Reports[MonthBefore] = MadeReports.Period(MonthBefore);
        await desk.PrepareAsync("tariq");
        await desk.PrepareAsync("tariq", MonthBefore);
        desk.Reports.Made.Clear();
        using var watch = desk.Watch();
        await desk.HappensAsync(new { finding = 1 }, unit: "fridge-2");
        await desk.HappensAsync(new { start = "2026-11-22T11:00:00.000Z" }, kind: EventKinds.UnitStateChanged);
        desk.Scene.Clock.Now += TimeSpan.FromHours(23);
        await desk.HappensAsync(new { }, unit: "fridge-2");
        await watch.LookAsync(CancellationToken.None);

        desk.Reports.Made.Should().BeEmpty();

        // What comes late is of then, and not of the day on which it comes.
        await desk.HappensAsync(new { start = "2026-10-30T11:00:00.000Z", end = "2026-10-30T12:00:00.000Z" }, kind: EventKinds.ConditionOpened);
        await watch.LookAsync(CancellationToken.None);
        desk.Scene.Clock.Now += ReportWatch.PeriodRest;
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Should().Contain(MonthBefore);
    }

    [Fact]
    public async Task Period_IsComparedOnceForWhatHappensInAQuarterOfAnHour()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports[Month] = MadeReports.Period(Month);
        await desk.PrepareAsync("tariq", Month);
        desk.Reports[Month] = MadeReports.Period(Month, doorOpen: 1);
        desk.Reports.Made.Clear();
        using var watch = desk.Watch();
        await desk.HappensAsync(new { });
        await watch.LookAsync(CancellationToken.None);
        desk.Scene.Clock.Now += ReportWatch.PeriodRest / 2;
        await desk.HappensAsync(new { });
        await watch.LookAsync(CancellationToken.None);

        desk.Reports.Made.Should().BeEmpty();
        desk.Scene.Clock.Now += ReportWatch.PeriodRest / 2;
        await watch.LookAsync(CancellationToken.None);

        desk.Reports.Made.Should().Equal(Month);
        desk.Revisions(Month)[0].Void!.Reason.Should().EndWith("units[0].doorOpen.count");
    }

    [Fact]
    public async Task Pass_ComparesAFewAtMost_AndTheNextOneTheRest()
    {
        await using var desk = await DeskScene.OpenAsync();
        var numbers = Enumerable.Range(1, ReportWatch.ComparedAtOnce + 2).Select(month => $"SU-fridge-1_2026-{month:00}").ToList();
        foreach (var number in numbers)
        {
            desk.Reports[number] = MadeReports.Period(number);
            await desk.PrepareAsync("tariq", number);
        }

        desk.Reports.Made.Clear();
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);
        using var watch = desk.Watch();
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Should().HaveCount(ReportWatch.ComparedAtOnce);
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        desk.Reports.Made.Should().BeEquivalentTo(numbers, "each once");
    }

    [Fact]
    public async Task Revision_ThatCannotBeMade_KeepsNoOtherFromBeingCompared()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports[MonthBefore] = MadeReports.Period(MonthBefore);
        await desk.PrepareAsync("tariq", MonthBefore);
        await desk.PrepareAsync("tariq");
        desk.Reports.Forget(MonthBefore);
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);

        await LookAsync(desk.Watch());

        desk.Revisions(MonthBefore)[0].Void.Should().BeNull("nobody knows what it would say");
        desk.Revisions()[0].Void.Should().NotBeNull();
    }

    [Fact]
    public async Task Watch_ThatStartsAgain_ReadsWhatHappenedMeanwhile()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.PrepareAsync("tariq");
        await LookAsync(desk.Watch());
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        await desk.HappensAsync(new { finding = 1 });

        await LookAsync(desk.Watch());

        desk.Revisions()[0].Void.Should().NotBeNull();
    }

    [Fact]
    public async Task Position_InALongLog_IsKept()
    {
        await using var desk = await DeskScene.OpenAsync();
        await desk.Scene.Write(transaction =>
        {
            for (var i = 0; i < 600; i++)
            {
                EventLog.Append(transaction, desk.Scene.Clock.Now, EventKinds.CaseEntered, new StorageUnitId("fridge-2"), "test", new { });
            }
        });

        await LookAsync(desk.Watch());

        desk.Store.Read(session => CursorStore.Get(session, ReportWatch.Consumer)).Should().Be(desk.Store.Read(EventLog.LastId));
    }

    private static async Task LookAsync(ReportWatch watch)
    {
        using (watch)
        {
            await watch.LookAsync(CancellationToken.None);
        }
    }
}
