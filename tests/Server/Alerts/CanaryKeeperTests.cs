using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Alerts;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Alerts;

/// <summary>The canary is the first fridge of the second site; its ladder goes to a webhook.</summary>
public sealed class CanaryKeeperTests
{
    private const string Unit = "site-2-fridge-1";

    private static readonly CanaryOptions Hourly = new("site-2", new StorageUnitId(Unit), TimeSpan.FromMinutes(60));

    private readonly KeptChannel _mail = new(AlertChannel.Email);
    private bool _isTaken = true;

    [Fact]
    public async Task Alarm_ThatAChannelTook_IsTakenOnByTheSoftware_AndTellsNobodyElse()
    {
        await using var scene = await OpenAsync();
        await scene.AddAsync("amina", Duty.First);
        using var keeper = KeeperOf(scene);

        await GoOutAsync(scene, 1);
        await keeper.LookAsync(CancellationToken.None);

        var taken = scene.Open().Should().ContainSingle().Which;
        taken.State.IsAcknowledged.Should().BeTrue();
        scene.Store.Read(session => AcknowledgementStore.OwnerOf(session, taken)).Should().Be("ColdChain");
        scene.Events(EventKinds.CanaryCameThrough).Should().ContainSingle().Which.Should().Match<EventRow>(row =>
            row.Who!.StartsWith("software:") && row.Unit!.Value.Value == Unit && row.Payload.Contains("\"channel\":\"webhook\""));
        keeper.CameThroughAt.Should().Be(scene.Clock.Now);
        await scene.PassAsync(TimeSpan.FromMinutes(20));
        await ComeBackAsync(scene, 1);
        scene.Open().Should().BeEmpty("it was taken on, and its cause is over");
        _mail.Delivered.Should().BeEmpty();
    }

    [Fact]
    public async Task Alarm_ThatNoChannelTook_IsNotTakenOn()
    {
        await using var scene = await OpenAsync();
        using var keeper = KeeperOf(scene);
        var start = scene.Clock.Now;
        _isTaken = false;

        await GoOutAsync(scene, 1);
        await keeper.LookAsync(CancellationToken.None);

        scene.Open().Should().ContainSingle().Which.State.IsAcknowledged.Should().BeFalse();
        keeper.CameThroughAt.Should().Be(start, "since then it should have come");
        _isTaken = true;
        await scene.PassAsync(TimeSpan.FromMinutes(15));
        await keeper.LookAsync(CancellationToken.None);
        keeper.CameThroughAt.Should().Be(scene.Clock.Now);
    }

    [Fact]
    public async Task EachTurn_IsAccountedFor_AlsoBeforeARestart()
    {
        await using var scene = await OpenAsync();
        for (var turn = 1; turn <= 24; turn++)
        {
            using var keeper = KeeperOf(scene);
            await GoOutAsync(scene, turn);
            await keeper.LookAsync(CancellationToken.None);
            await scene.PassAsync(TimeSpan.FromMinutes(20));
            await ComeBackAsync(scene, turn);
            await scene.PassAsync(TimeSpan.FromMinutes(40));
        }

        scene.Events(EventKinds.CanaryCameThrough).Should().HaveCount(24);
        using var restarted = KeeperOf(scene);
        restarted.CameThroughAt.Should().Be(scene.Clock.Now - TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Alarm_OfAnotherStorageUnit_IsLeftToPeople()
    {
        await using var scene = await OpenAsync();
        using var keeper = KeeperOf(scene);

        await GoOutAsync(scene, 1, "site-2-fridge-2");
        await scene.LosePowerAsync(Unit, 7);
        await scene.WorkAsync();
        await keeper.LookAsync(CancellationToken.None);

        scene.Open().Should().HaveCount(2).And.OnlyContain(row => !row.State.IsAcknowledged, "what is wrong with the canary itself is for people too");
    }

    [Fact]
    public async Task Alarm_ByWhichSomethingIsHeld_IsLeftToPeople()
    {
        await using var scene = await OpenAsync();
        using var keeper = KeeperOf(scene);

        await GoOutAsync(scene, 1);
        await scene.HappenAsync(EventKinds.ExposureOpened, Unit, "1", new { exposure = 1, since = $"{scene.Clock.Now}" });
        await scene.WorkAsync();
        await keeper.LookAsync(CancellationToken.None);

        scene.Open().Should().ContainSingle().Which.State.Should().Match<IncidentState>(state => state.Severity == Severity.Critical && !state.IsAcknowledged);
    }

    [Theory]
    [InlineData("site-2", Unit, null)]
    [InlineData("site-1", Unit, "The fleet has no storage unit site-2-fridge-1 at site site-1, which alerts.canary names.")]
    [InlineData("site-2", "other", "The fleet has no storage unit other at site site-2, which alerts.canary names.")]
    public async Task Canary_ThatTheFleetDoesNotHave_IsToldAsSuch(string site, string unit, string? fault)
    {
        await using var scene = await OpenAsync();
        using var keeper = KeeperOf(scene, new CanaryOptions(site, new StorageUnitId(unit), Hourly.Every));

        keeper.Fault.Should().Be(fault);
    }

    private static CanaryKeeper KeeperOf(AlertScene scene, CanaryOptions? canary = null) =>
        new(scene.Store, scene.Fleet, scene.Options, canary ?? Hourly, scene.Clock, NullLogger<CanaryKeeper>.Instance);

    private static async Task GoOutAsync(AlertScene scene, long finding, string unit = Unit)
    {
        await scene.HappenAsync(EventKinds.ExcursionOpened, unit, "pi/load", new { finding, start = $"{scene.Clock.Now}", foundLate = false });
        await scene.WorkAsync();
    }

    private static async Task ComeBackAsync(AlertScene scene, long finding)
    {
        await scene.HappenAsync(EventKinds.ExcursionClosed, Unit, "pi/load", new { finding, start = $"{scene.Clock.Now}", end = $"{scene.Clock.Now}", foundLate = false });
        await scene.WorkAsync();
    }

    private Task<AlertScene> OpenAsync() => AlertScene.OpenAsync(sites: 2, fridges: 2, options => options with
    {
        Webhook = new WebhookOptions(new Uri("https://nowhere.invalid"), new byte[24]),
        Canary = Hourly,
        Ladders = [new OwnLadder("site-2", Severity.Warning, null, null, new Ladder([new LadderStep(TimeSpan.Zero, [], [AlertChannel.Webhook])], TimeSpan.FromMinutes(15)))],
    },
    _mail,
    new KeptChannel(AlertChannel.Webhook, _ => (_isTaken, () => _isTaken ? new ChannelAnswer(SendOutcome.Accepted, "") : new ChannelAnswer(SendOutcome.Refused, "status 500"))));
}
