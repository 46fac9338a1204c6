using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Alerts;
using ColdChain.Server.Alerts.Channels;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Alerts;

public sealed class SiteAlarmsTests : IAsyncDisposable
{
    private readonly InMemoryNetwork _network = new();

    [Fact]
    public async Task Critical_IsHeardByTheDevicesOfItsSite_UntilSomebodyHasIt()
    {
        await using var scene = await AlertScene.OpenAsync(sites: 2, fridges: 1);
        var amina = await scene.AddAsync("amina", Duty.First);
        var (heard, other) = (await ListenAsync("pi-site-1-fridge-1"), await ListenAsync("pi-site-2-fridge-1"));
        using var alarms = new SiteAlarms(scene.Store, scene.Fleet, _network.OpenLink("server"), scene.Clock, NullLogger<SiteAlarms>.Instance);
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.WorkAsync();

        await alarms.LookAsync(CancellationToken.None);
        await alarms.LookAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(heard.Count == 1 && other.Count == 1));
        await scene.AcknowledgeAsync(1, amina);
        await alarms.LookAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(heard.Count == 2));

        heard.Select(alarm => (alarm.IsOn, alarm.Incidents)).Should().Equal((true, 1), (false, 0));
        other.Should().OnlyContain(alarm => !alarm.IsOn);
        scene.Clock.Now += TimeSpan.FromMinutes(1);
        await alarms.LookAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => Task.FromResult(heard.Count == 3));
    }

    [Fact]
    public async Task Critical_ThatIsShelved_IsNotHeard_AndTheOthersOfTheSiteAre()
    {
        await using var scene = await AlertScene.OpenAsync();
        var (amina, karim) = (await scene.AddAsync("amina"), await scene.AddAsync("karim"));
        var heard = await ListenAsync("pi-site-1-fridge-1");
        using var alarms = new SiteAlarms(scene.Store, scene.Fleet, _network.OpenLink("server"), scene.Clock, NullLogger<SiteAlarms>.Instance);
        await scene.LookBackAsync("site-1-fridge-1");
        await scene.LookBackAsync("site-1-fridge-2");
        await scene.WorkAsync();
        await ShelveAsync(transaction => Shelves.Shelve(transaction, 1, amina, "it is being moved", TimeSpan.FromHours(1), scene.Clock.Now));
        await alarms.LookAsync(CancellationToken.None);
        await ShelveAsync(transaction => Shelves.Confirm(transaction, 1, 1, karim, scene.Clock.Now));
        await alarms.LookAsync(CancellationToken.None);

        await Eventually.HoldsAsync(() => Task.FromResult(heard.Count == 2));
        heard.Select(alarm => (alarm.IsOn, alarm.Incidents)).Should().Equal((true, 2), (true, 1));

        Task ShelveAsync(Action<StoreTransaction> work) => scene.Store.WriteAsync(WritePriority.Decision, work, CancellationToken.None);
    }

    [Fact]
    public async Task Channel_WithoutADevice_IsRefused_AndTheLadderGoesOn()
    {
        await using var scene = await AlertScene.OpenAsync();
        using var alarms = new SiteAlarms(scene.Store, scene.Fleet, _network.OpenLink("server"), scene.Clock, NullLogger<SiteAlarms>.Instance);
        var channel = new AnnunciatorChannel(alarms);
        AlertMessage Of(string site) => new(1, "", "", "", [new ToldIncident(1, "power:x", Severity.Critical, site, null, default)], scene.Clock.Now);

        (await channel.SendAsync(Of("site-1"), CancellationToken.None)).Outcome.Should().Be(SendOutcome.Accepted);
        (await channel.SendAsync(Of(""), CancellationToken.None)).Outcome.Should().Be(SendOutcome.Refused);
    }

    public ValueTask DisposeAsync() => _network.DisposeAsync();

    private async Task<IReadOnlyCollection<SiteAlarm>> ListenAsync(string device)
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<SiteAlarm>();
        await _network.OpenLink(device).SubscribeAsync(
            Topics.Alarm(new DeviceId(device)),
            (message, _) =>
            {
                ControlCodec.TryDecodeAlarm(message.Payload.Span, out var alarm, out var error).Should().BeTrue(error);
                heard.Enqueue(alarm);
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return heard;
    }
}
