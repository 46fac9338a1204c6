using ColdChain.Core.People;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Reports.Desk;

/// <summary>What may happen between what a person types and the signature that comes of it.</summary>
public sealed class ReportMeanwhileTests
{
    private const string Site = "SI-rabat_2026-10";

    [Fact]
    public async Task Code_TypedBeforeAReportThatTakesMinutes_SignsIt_AndNothingElse()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports.WhileMaking = () => desk.Scene.Clock.Now += TimeSpan.FromMinutes(3);
        var proof = desk.Proof();

        var row = await desk.PrepareAsync("tariq", proof: proof);
        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);

        desk.Revisions()[0].Signatures.Select(one => one.Account).Should().Equal("tariq", "amina");
        desk.Reports["EX-1"] = MadeReports.Excursion(version: 2);
        (await RefusedAsync(() => desk.PrepareAsync("tariq", proof: proof))).Fault.Should().Be(AccountFault.CodeWrong, "it is old, and was used");
    }

    [Fact]
    public async Task Code_TypedTwiceAtOnce_SignsOnce()
    {
        await using var desk = await DeskScene.OpenAsync();
        const string month = "SU-fridge-1_2026-10";
        desk.Reports[month] = MadeReports.Period(month);
        var proof = desk.Proof();
        Task<ReportRow>? other = null;
        desk.Reports.WhileMaking = () =>
        {
            desk.Reports.WhileMaking = () => { };
            other = desk.PrepareAsync("tariq", month, proof); // The same code, before the first one has used it up.
        };

        var both = new[] { await OutcomeAsync(() => desk.PrepareAsync("tariq", proof: proof)), await OutcomeAsync(() => other!) };

        both.Where(fault => fault is not null).Should().Equal(AccountFault.CodeWrong);
        desk.Events(EventKinds.ReportPrepared).Should().ContainSingle();
    }

    [Fact]
    public async Task Right_TakenBackMeanwhile_DoesNotPrepare()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports.WhileMaking = () => Revoke(desk, "tariq", new Grant(Role.Technician, Scope.Site("rabat")));

        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Kind.Should().Be(RefusalKind.Forbidden);

        desk.Revisions().Should().BeEmpty();
    }

    [Fact]
    public async Task Right_TakenBackMeanwhile_DoesNotSign()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");
        desk.Reports.WhileMaking = () => Revoke(desk, "amina", new Grant(Role.Quality, Scope.Site("rabat")));

        (await RefusedAsync(() => desk.SignAsync("amina", row, SignatureMeaning.Reviewed))).Kind.Should().Be(RefusalKind.Forbidden);

        desk.Revisions()[0].Signatures.Should().ContainSingle();
    }

    [Fact]
    public async Task Incident_ThatIsNotClosed_KeepsFromPreparing()
    {
        await using var desk = await DeskScene.OpenAsync();
        var (row, now) = (await desk.OpenIncidentAsync(), desk.Scene.Clock.Now);

        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Reason.Should().Contain($"incident {row.Id}").And.Contain("its cause goes on");
        await DeskScene.MoveAsync(desk.Store, row, row.State.Acknowledge(now, now + TimeSpan.FromMinutes(15)), now);
        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Word.Should().Be(ReportRefusals.Incident, "its cause goes on");
        await DeskScene.MoveAsync(desk.Store, row, row.State.End(now), now);
        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Reason.Should().Contain("nobody has acknowledged it");
        desk.Reports.Made.Should().BeEmpty();
        await DeskScene.MoveAsync(desk.Store, row, row.State.End(now).Acknowledge(now, now + TimeSpan.FromMinutes(15)), now);

        (await desk.PrepareAsync("tariq")).Revision.Should().Be(1);
    }

    [Fact]
    public async Task Incident_OpenedMeanwhile_KeepsFromPreparing()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports.WhileMaking = () => Wait(desk.OpenIncidentAsync());

        (await RefusedAsync(() => desk.PrepareAsync("tariq"))).Word.Should().Be(ReportRefusals.Incident);

        desk.Revisions().Should().BeEmpty();
    }

    [Fact]
    public async Task Draft_OfALongReport_IsSignedAsItWasRead_AndComparedRightAfter()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports[Site] = MadeReports.Period(Site);
        (await RefusedAsync(() => desk.PrepareAsync("badr", Site))).Word.Should().Be(ReportRefusals.BeingMadeNow, "no request makes a whole site");
        await DraftAsync(desk);

        var row = await desk.PrepareAsync("badr", Site);

        desk.Reports.Made.Should().Equal(Site);
        using var watch = desk.Watch();
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Should().Equal(Site, Site);
        await watch.LookAsync(CancellationToken.None);
        desk.Reports.Made.Should().HaveCount(2, "once is enough");
        desk.Revisions(Site)[0].Void.Should().BeNull();

        await desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        desk.Reports.Made.Should().HaveCount(2);
        desk.Reports[Site] = MadeReports.Period(Site, doorOpen: 1);
        await watch.LookAsync(CancellationToken.None);
        desk.Revisions(Site)[0].Void!.Reason.Should().EndWith("units[0].doorOpen.count");
        (await RefusedAsync(() => desk.PrepareAsync("badr", Site))).Word.Should().Be(ReportRefusals.BeingMadeNow, "the draft says what is void by now");
    }

    [Fact]
    public async Task Draft_OfALongReport_ThatIsOldOrAnother_IsNotSigned()
    {
        await using var desk = await DeskScene.OpenAsync();
        desk.Reports[Site] = MadeReports.Period(Site);
        await DraftAsync(desk);
        var read = desk.Reports.HashOf(Site);
        ReportNumber.TryParse(Site, out var number).Should().BeTrue();
        desk.Scene.Clock.Now += ReportDrafts.GoodFor + TimeSpan.FromSeconds(1);
        desk.Reports[Site] = MadeReports.Period(Site, doorOpen: 1);

        (await RefusedAsync(() => desk.Desk.PrepareAsync(desk.Caller("badr"), number, read, desk.Proof(), CancellationToken.None))).Word.Should().Be(ReportRefusals.BeingMadeNow);
        await DraftAsync(desk);
        (await RefusedAsync(() => desk.Desk.PrepareAsync(desk.Caller("badr"), number, read, desk.Proof(), CancellationToken.None))).Word.Should().Be(ReportRefusals.Changed);

        desk.Revisions(Site).Should().BeEmpty();
    }

    [Fact]
    public async Task Content_ThatSomebodyForged_IsNotSignedAndNotPreparedAnew()
    {
        await using var desk = await DeskScene.OpenAsync();
        var row = await desk.PrepareAsync("tariq");
        await DeskScene.ForgeAsync(desk.Store);

        var sign = () => desk.SignAsync("amina", row, SignatureMeaning.Reviewed);
        (await sign.Should().ThrowAsync<ReportContentException>()).WithMessage("*revision 1 of report EX-1*Restore the store*");
        var prepare = () => desk.PrepareAsync("tariq");
        await prepare.Should().ThrowAsync<ReportContentException>();

        desk.Revisions().Should().ContainSingle().Which.Signatures.Should().ContainSingle();
    }

    // Whoever opens it has it made.
    private static async Task DraftAsync(DeskScene desk)
    {
        ReportNumber.TryParse(Site, out var number).Should().BeTrue();
        await desk.Drafts.StartAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(desk.Drafts.Ask(number).Content is not null));
    }

    private static void Revoke(DeskScene desk, string name, Grant grant) => Wait(desk.Scene.Write(transaction =>
        AccountStore.RemoveGrant(transaction, AccountStore.Find(transaction, name)!.Id, grant).Should().BeTrue()));

    // A report is made on a thread of its own.
    private static void Wait(Task task) => task.GetAwaiter().GetResult();

    private static async Task<AccountFault?> OutcomeAsync(Func<Task<ReportRow>> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (RefusalException refusal)
        {
            return refusal.Fault;
        }
    }

    private static async Task<RefusalException> RefusedAsync(Func<Task> act) => (await act.Should().ThrowAsync<RefusalException>()).Which;
}
