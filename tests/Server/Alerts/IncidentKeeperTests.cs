using ColdChain.Core.Alerting;
using ColdChain.Server.Alerts;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Alerts;

public sealed class IncidentKeeperTests
{
    [Fact]
    public async Task PowerCut_OfASite_IsOneIncident_WithEveryStorageUnitInIt()
    {
        await using var scene = await AlertScene.OpenAsync(sites: 2, fridges: 40);
        foreach (var number in Enumerable.Range(1, 40))
        {
            await scene.LosePowerAsync($"site-1-fridge-{number}", number);
        }

        await scene.LosePowerAsync("site-2-fridge-1", 41);
        await scene.WorkAsync();

        scene.Open().Select(row => row.Cause.ToString()).Should().BeEquivalentTo("power:site-1", "power:site-2");
        scene.Store.Read(session => IncidentStore.Members(session, 1)).Should().HaveCount(40, "none is hidden");
        scene.Events(EventKinds.IncidentOpened).Should().HaveCount(2);
    }

    /// <summary>Lost power explains the mains, and never a temperature: what is out of its limits alarms by itself.</summary>
    [Fact]
    public async Task Excursion_DuringAPowerCut_IsAnIncidentOfItsOwn()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.LosePowerAsync("site-1-fridge-1", 1);
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();

        scene.Open().Select(row => (row.Cause.Kind, row.State.Severity)).Should().Equal((CauseKind.LookBack, Severity.Critical), (CauseKind.Power, Severity.Warning));
    }

    [Fact]
    public async Task Excursion_OfTheRealEvaluator_OpensACriticalIncident_AndClosesItOnceItIsOverAndAcknowledged()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "09:05", "9");
        await scene.JudgeAsync("09:06");
        using var keeper = Keeper(scene);
        await keeper.CatchUpAsync(CancellationToken.None);

        var row = scene.Read(IncidentStore.NotClosed).Should().ContainSingle().Which;
        (row.Cause.ToString(), row.State.Severity, row.State.Wakes, row.Site, row.Since).Should().Be(("unit:fridge-1", Severity.Critical, true, "rabat", Scene.At("09:02")));
        row.NextAt.Should().Be(Scene.At("09:06"));
        await scene.MeasureAsync("pi-001/load", "09:10", "09:40", "4");
        await scene.JudgeAsync("09:41");
        await keeper.CatchUpAsync(CancellationToken.None);

        scene.Read(session => IncidentStore.Find(session, row.Id))!.State.OverAt.Should().Be(Scene.At("09:41"));
        scene.Read(IncidentStore.NotClosed).Should().ContainSingle("what was critical asks for a person");
    }

    [Fact]
    public async Task Excursion_FoundWhenItWasOver_WakesNobody_UnlessABloodUnitHadLeft()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "06:30", "4");
        await scene.MeasureAsync("pi-001/load", "06:35", "07:00", "9");
        await scene.MeasureAsync("pi-001/load", "07:05", "09:00", "4");
        await scene.JudgeAsync("09:01");
        using var keeper = Keeper(scene);
        await keeper.CatchUpAsync(CancellationToken.None);

        var found = scene.Read(IncidentStore.NotClosed).First(row => row.Cause.Kind == CauseKind.Unit);
        (found.State.Wakes, found.NextAt).Should().Be((false, null));
        await scene.Write(transaction => EventLog.Append(transaction, scene.Clock.Now, EventKinds.LookbackRequired, new ColdChain.Core.Readings.StorageUnitId("fridge-1"), "1", new { finding = 1 }));
        await keeper.CatchUpAsync(CancellationToken.None);

        scene.Read(IncidentStore.NotClosed).Should().Contain(row => row.Cause.Kind == CauseKind.LookBack && row.State.Wakes && row.NextAt == scene.Clock.Now);
    }

    [Fact]
    public async Task UnknownTime_OfASilentDevice_BelongsToItsSilence_AndMakesItCritical()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.Store.WriteAsync(
            WritePriority.Decision,
            transaction => SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Site, "site-1", "site-1", scene.Clock.Now, scene.Clock.Now, SilenceTold.Itself, null)),
            CancellationToken.None);
        await scene.Store.WriteAsync(
            WritePriority.Decision,
            transaction => SilenceStore.Save(transaction, new SilenceRow(SilenceScope.Device, "pi-site-1-fridge-1", "site-1", scene.Clock.Now, scene.Clock.Now, SilenceTold.WithSite, null)),
            CancellationToken.None);
        await scene.HappenAsync(EventKinds.SiteSilent, null, "site-1", new { since = $"{scene.Clock.Now}" });
        await scene.WorkAsync();
        (scene.Open()[0].State.Severity, scene.Open()[0].State.Round).Should().Be((Severity.Warning, 1));

        var unknown = new { finding = 7, side = "unknown", probe = "pi-site-1-fridge-1/load", start = $"{scene.Clock.Now}", foundLate = false };
        await scene.HappenAsync(EventKinds.UnknownTimeOpened, "site-1-fridge-1", "7", unknown);
        await scene.WorkAsync();

        var row = scene.Open().Should().ContainSingle("one cause is one incident").Which;
        row.Cause.ToString().Should().Be("silence:site:site-1");
        scene.Store.Read(session => IncidentStore.Members(session, row.Id)).Select(member => member.Member).Should().Equal("silence:site:site-1", "finding:7");
        await scene.HappenAsync(EventKinds.SiteHeardAgain, null, "site-1", new { });
        await scene.HappenAsync(EventKinds.UnknownTimeClosed, "site-1-fridge-1", "7", new { unknown.finding, unknown.side, unknown.probe, end = $"{scene.Clock.Now}", foundLate = false });
        await scene.WorkAsync();
        scene.Open()[0].State.OverAt.Should().NotBeNull();
    }

    [Fact]
    public async Task FirstStart_OverAnOlderStore_TellsOnlyWhatGoesOn()
    {
        await using var scene = await AlertScene.OpenAsync(fridges: 3);
        await scene.LosePowerAsync("site-1-fridge-1", 1);
        await scene.LosePowerAsync("site-1-fridge-1", 1, isOver: true);
        await scene.LookBackAsync("site-1-fridge-2");
        await scene.HappenAsync(EventKinds.SiteSilent, null, "site-1", new { since = $"{scene.Clock.Now}" });
        await scene.Store.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, "incidents-begun", 0), CancellationToken.None);

        scene.Restart();
        await scene.WorkAsync();

        scene.Open().Should().ContainSingle().Which.Cause.Kind.Should().Be(CauseKind.Silence);
    }

    [Fact]
    public async Task Events_ReadTwice_OpenNothingTwice()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.WorkAsync();
        await scene.LosePowerAsync("site-1-fridge-1", 1);
        await scene.WorkAsync();
        await scene.Store.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, IncidentKeeper.Consumer, 0), CancellationToken.None);

        scene.Restart();
        await scene.WorkAsync();

        scene.Open().Should().ContainSingle();
        scene.Events(EventKinds.IncidentOpened).Should().ContainSingle();
    }

    private static IncidentKeeper Keeper(Scene scene)
    {
        var view = new FleetView { Current = scene.Fleet };
        scene.Store.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, "incidents-begun", 1), CancellationToken.None).GetAwaiter().GetResult();
        return new IncidentKeeper(scene.Store, view, new AlertOptions(), scene.Clock, NullLogger<IncidentKeeper>.Instance);
    }
}
