using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>What is to be done about reports, and by when.</summary>
public sealed class ReportTasksTests
{
    [Fact]
    public async Task Excursion_ThatIsOver_IsToBePrepared_AndOverdueAfterThreeDays()
    {
        await using var desk = await DeskScene.OpenAsync();
        var ready = desk.Store.Read(session => FindingStore.Find(session, 1))!.Finding.Stretch.ExposureEnd + ExcursionContentReader.SettledAfter;
        desk.Scene.Clock.Now = ready - TimeSpan.FromMilliseconds(1);
        Read(desk).Tasks.Should().BeEmpty("what its report looks at is not over");
        desk.Store.Read(session => desk.Tasks.Of(session, DeskScene.Ex1)).Should().BeNull();
        desk.Scene.Clock.Now = ready;

        var task = Read(desk).Tasks.Should().ContainSingle().Subject;

        ($"{task.Number}", task.Word, task.Since, task.Due).Should().Be(("EX-1", "prepare", ready, ready + TimeSpan.FromDays(3)));
        (task.IsOverdue(task.Due - TimeSpan.FromSeconds(1)), task.IsOverdue(task.Due)).Should().Be((false, true));
        desk.Store.Read(session => desk.Tasks.Of(session, DeskScene.Ex1)).Should().Be(task);
    }

    [Fact]
    public async Task Excursion_ThatGoesOn_IsNotDue()
    {
        await using var desk = await DeskScene.OpenAsync(await SceneFleet.AtNoonAsync());

        Read(desk).Tasks.Should().BeEmpty();
        desk.Store.Read(session => desk.Tasks.Of(session, DeskScene.Ex1)).Should().BeNull();
    }

    [Fact]
    public async Task Report_UntilItIsApproved_WaitsForTheNextSignature()
    {
        await using var desk = await DeskScene.OpenAsync();

        var row = await desk.PrepareAsync("tariq");
        Only(desk).Should().Be(("review", desk.Scene.Clock.Now, desk.Scene.Clock.Now + TimeSpan.FromDays(4)));
        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        Only(desk).Should().Be(("approve", desk.Scene.Clock.Now, desk.Scene.Clock.Now + TimeSpan.FromDays(7)));
        await desk.SignAsync("amina", row, SignatureMeaning.Approved);
        Read(desk).Tasks.Should().BeEmpty();

        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        desk.Scene.Clock.Now += ReportWatch.CheckEvery + TimeSpan.FromSeconds(1);
        using var watch = desk.Watch();
        await watch.LookAsync(CancellationToken.None);
        Only(desk).Should().Be(("prepare-anew", desk.Scene.Clock.Now, desk.Scene.Clock.Now + TimeSpan.FromDays(3)));
    }

    [Fact]
    public async Task Tasks_AreThoseDueFirst_WithACountOfTheOthers_WhereOneSees()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports["SU-fridge-1_2026-10"] = MadeReports.Period("SU-fridge-1_2026-10");
        await desk.PrepareAsync("tariq", "SU-fridge-1_2026-10");
        desk.Scene.Clock.Now += ExcursionContentReader.SettledAfter;

        Read(desk).Tasks.Select(task => $"{task.Number} {task.Word}").Should().Equal("EX-1 prepare", "SU-fridge-1_2026-10 review");
        var first = Read(desk, max: 1);
        (first.Tasks.Single().Number, first.NotShown).Should().Be((DeskScene.Ex1, 1));
        Read(desk, "omar").Tasks.Should().BeEmpty();
    }

    [Fact]
    public async Task Overdue_IsCountedOfAll_AndNotOfThoseThatAreShown()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports["SU-fridge-1_2026-10"] = MadeReports.Period("SU-fridge-1_2026-10");
        await desk.PrepareAsync("tariq", "SU-fridge-1_2026-10");
        Read(desk, max: 1).Overdue.Should().Be(0);

        desk.Scene.Clock.Now += ExcursionContentReader.SettledAfter + TimeSpan.FromDays(5);

        var list = Read(desk, max: 1);
        (list.Tasks.Count, list.NotShown, list.Overdue).Should().Be((1, 1, 2));
    }

    private static ReportTaskList Read(DeskScene desk, string name = "amina", int max = 100) => desk.Store.Read(session => desk.Tasks.Read(session, desk.Caller(name), max));

    private static (string, Core.Readings.Instant, Core.Readings.Instant) Only(DeskScene desk)
    {
        var task = Read(desk).Tasks.Should().ContainSingle().Subject;
        return (task.Word, task.Since, task.Due);
    }
}
