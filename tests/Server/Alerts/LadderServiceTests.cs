using ColdChain.Core.Alerting;
using ColdChain.Server.Alerts;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Alerts;

public sealed class LadderServiceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly KeptChannel _sms = new(AlertChannel.Sms);
    private readonly KeptChannel _mail = new(AlertChannel.Email);
    private readonly KeptChannel _voice = new(AlertChannel.Voice);

    [Fact]
    public async Task Critical_ThatNobodyHas_ClimbsTheWholeLadder_AndGoesOn()
    {
        await using var scene = await OpenAsync();
        var (first, second, boss) = (await scene.AddAsync("first", Duty.First), await scene.AddAsync("second", Duty.Second), await scene.AddAsync("boss", Duty.Supervisor));
        await scene.AddAsync("other");
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();
        for (var minute = 0; minute < 61; minute++)
        {
            await scene.PassAsync(Minute);
        }

        var told = scene.Decisions(1).Where(one => one.Decision.IsSent).ToList();
        Minutes(told, first.Id, AlertChannel.Sms).Should().Equal(0, 10, 20, 30, 45, 60);
        Minutes(told, first.Id, AlertChannel.Voice).Should().Equal(5, 10, 30, 45, 60);
        Minutes(told, second.Id, AlertChannel.Sms).Should().Equal(10, 20, 30, 45, 60);
        Minutes(told, boss.Id, AlertChannel.Email).Should().Equal(20, 30, 45, 60);
        told.Select(one => one.Account).Where(account => account != 0).Distinct().Should().HaveCount(4, "from the thirtieth minute on everybody is told who may acknowledge");
        _sms.Delivered.Should().OnlyContain(message => message.Text.Contains("Fridge 1, Site 1") && message.Text.Contains("https://coldchain.example/a/"));
        scene.Store.Read(session => session.Query("SELECT count(*) FROM notification_queue", row => row.GetInt64(0))).Should().Equal(0);
    }

    [Fact]
    public async Task Acknowledged_StopsAtOnce_ShowsWho_AndComesBackAfterAnHour()
    {
        await using var scene = await OpenAsync();
        var amina = await scene.AddAsync("amina", Duty.First);
        await scene.DeafenAsync();
        await scene.WorkAsync();
        _sms.Delivered.Should().ContainSingle();

        await scene.AcknowledgeAsync(1, amina);
        await scene.PassAsync(59 * Minute);
        (_sms.Delivered.Count, _voice.Delivered.Count).Should().Be((1, 0));
        await scene.PassAsync(Minute);

        _sms.Delivered.Should().HaveCount(2);
        scene.Events(EventKinds.AcknowledgementExpired).Should().ContainSingle();
        scene.Events(EventKinds.IncidentAcknowledged).Should().ContainSingle().Which.Should().Match<EventRow>(row => row.Who == "person:amina" && row.Payload.Contains("I go and look"));
        scene.Decisions(1).Select(one => one.Round).Distinct().Should().BeEquivalentTo([1, 2]);
    }

    [Fact]
    public async Task Acknowledged_WhileAMessageWaits_WithdrawsIt()
    {
        await using var scene = await OpenAsync();
        var amina = await scene.AddAsync("amina", Duty.First);
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();
        await scene.LookBackAsync("site-1-fridge-2");
        await scene.WorkAsync();
        _sms.Delivered.Should().HaveCount(1, "the storm guard gathers for a minute after two messages");

        await scene.AcknowledgeAsync(2, amina);
        await scene.PassAsync(2 * Minute);

        (_sms.Delivered.Count, _mail.Delivered.Count).Should().Be((1, 1));
        scene.Events(EventKinds.AlertWithdrawn).Should().ContainSingle().Which.Payload.Should().Contain("\"incident\":2");
    }

    /// <summary>The deadlines are in the store and absolute: whoever was away finds out what is due now.</summary>
    [Fact]
    public async Task Restart_AfterHours_TellsWhatIsDueNow_Once_AndNamesWhatWasOvertaken()
    {
        await using var scene = await OpenAsync();
        await scene.AddAsync("first", Duty.First);
        await scene.AddAsync("other");
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();

        scene.Restart();
        await scene.PassAsync(TimeSpan.FromMinutes(187));
        await scene.WorkAsync();

        var told = scene.Decisions(1).Where(one => one.Decision.IsSent && one.Step > 0).ToList();
        told.Select(one => one.Step).Distinct().Should().Equal(14);
        told.Select(one => one.Account).Where(account => account != 0).Distinct().Should().HaveCount(2, "by now it is for everyone");
        scene.Decisions(1).Should().Contain(one => one.Decision.Reason == SendReason.Overtaken);
        scene.Open()[0].NextAt.Should().Be(Scene.At("20:00") + Ladder.Critical.After(15));
    }

    [Fact]
    public async Task Nobody_OnCall_IsNoSilence_EverybodyIsToldWhoMayAcknowledgeThere()
    {
        await using var scene = await OpenAsync(sites: 2);
        var here = await scene.AddAsync("here", where: ColdChain.Core.People.Scope.Site("site-1"));
        await scene.AddAsync("elsewhere", where: ColdChain.Core.People.Scope.Site("site-2"));
        await scene.AddAsync("viewer", role: ColdChain.Core.People.Role.Viewer);
        await scene.LookBackAsync("site-1-fridge-1");

        await scene.WorkAsync();

        scene.Decisions(1).Where(one => one.Decision.IsSent && one.Account != 0).Should().OnlyContain(one => one.Account == here.Id && one.Decision.Reason == SendReason.NobodyOnDuty).And.HaveCount(2);
    }

    [Fact]
    public async Task Person_WithoutATelephone_IsToldByMail_AlsoWhereTheStepSaysACall()
    {
        await using var scene = await OpenAsync();
        var amina = await scene.AddAsync("amina", Duty.First, contact: new Contact("amina@hospital.example", null));
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();

        await scene.PassAsync(5 * Minute);

        _mail.Delivered.Should().HaveCount(2);
        scene.Decisions(1).Where(one => one.Account == amina.Id && one.Step == 1).Select(one => one.Decision.Reason).Should().BeEquivalentTo([SendReason.NoAddress, SendReason.OnlyChannel]);
    }

    [Fact]
    public async Task Warning_ThatIsOver_IsToldNoMore_AndStaysOnTheListUntilSomebodyHasIt()
    {
        await using var scene = await OpenAsync();
        var amina = await scene.AddAsync("amina", Duty.First);
        await scene.LosePowerAsync("site-1-fridge-1", 1);
        await scene.WorkAsync();
        await scene.LosePowerAsync("site-1-fridge-1", 1, isOver: true);

        await scene.PassAsync(TimeSpan.FromHours(3));

        _sms.Delivered.Should().ContainSingle();
        scene.Open().Should().ContainSingle().Which.State.OverAt.Should().NotBeNull();
        await scene.AcknowledgeAsync(1, amina);
        scene.Open().Should().BeEmpty();
    }

    [Fact]
    public async Task Shelved_IsToldNobody_UntilItEndsByItself()
    {
        await using var scene = await OpenAsync();
        var (amina, karim) = (await scene.AddAsync("amina", Duty.First), await scene.AddAsync("karim"));
        await scene.DeafenAsync();
        await scene.WorkAsync();
        await scene.Store.WriteAsync(WritePriority.Decision, transaction => Shelves.Shelve(transaction, 1, amina, "the broker is being moved", TimeSpan.FromHours(1), scene.Clock.Now), CancellationToken.None);

        await scene.PassAsync(10 * Minute);
        _voice.Delivered.Should().NotBeEmpty("it is critical, and nobody has confirmed");
        var told = _sms.Delivered.Count;
        await scene.Store.WriteAsync(WritePriority.Decision, transaction => Shelves.Confirm(transaction, 1, 1, karim, scene.Clock.Now), CancellationToken.None);
        await scene.PassAsync(45 * Minute);
        _sms.Delivered.Should().HaveCount(told);
        scene.Decisions(1).Should().Contain(one => one.Decision.Reason == SendReason.Shelved);

        await scene.PassAsync(20 * Minute);

        _sms.Delivered.Count.Should().BeGreaterThan(told);
    }

    private Task<AlertScene> OpenAsync(int sites = 1) => AlertScene.OpenAsync(sites, 2, null, _sms, _mail, _voice);

    private static IEnumerable<int> Minutes(IEnumerable<NotificationRow> told, long account, AlertChannel channel) =>
        told.Where(one => one.Account == account && one.Channel == channel).Select(one => (int)(one.DecidedAt - Scene.At("20:00")).TotalMinutes).Order();
}
