using System.Net;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Hosting.Connections;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using Some = ColdChain.Server.Tests.Ingest.Some;

namespace ColdChain.Server.Tests;

/// <summary>The server behind a broker. An endpoint stands in for it here: it forgets everything when it stops, as the worst broker does.</summary>
public sealed class BrokerLinksTests : IAsyncLifetime
{
    private MqttEndpoint? _broker;

    [Fact]
    public async Task Broker_ThatWentAndCameBack_IsToldMeanwhile_AndReadingsComeThroughAgain()
    {
        await using var scene = await Scene.OpenAsync();
        var port = StartBroker(0);
        await using var server = await scene.ServeAsync(broker: ConnectionTo(port));
        await HealthAsync(server, "ok");

        await _broker!.DisposeAsync();
        var away = await HealthAsync(server, "degraded", reasons: 2);
        away["reasons"]!.AsArray().Should().OnlyContain(reason => ((string)reason!).Contains("link to the broker is down since"));
        ((bool)away["numbers"]!["broker"]![0]!["connected"]!).Should().BeFalse();
        ((string)away["numbers"]!["broker"]![0]!["lastError"]!).Should().NotBeEmpty();

        StartBroker(port);
        await HealthAsync(server, "ok");
        await PublishedPackIsStoredAndAcknowledgedAsync(server, port);
    }

    [Fact]
    public async Task Broker_AwayForLong_IsOneEventOfTheServer_AndNoDevicesSilence()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        var port = StartBroker(0);
        await using var server = await scene.ServeAsync(broker: ConnectionTo(port));
        await HealthAsync(server, "ok");

        await _broker!.DisposeAsync();
        await HealthAsync(server, "degraded", reasons: 2);
        scene.Clock.Now = Scene.At("12:05");
        await ToldAsync(server, EventKinds.ServerDeaf);
        ((string)(await server.GetAsync("/health"))["numbers"]!["supervision"]!["deafSince"]!).Should().Be("2026-11-22T12:00:00.000Z");

        StartBroker(port);
        await ToldAsync(server, EventKinds.ServerDeaf, EventKinds.ServerHearsAgain);
    }

    [Fact]
    public async Task Broker_ThatRefusesTheUser_IsToldWithTheCure()
    {
        await using var scene = await Scene.OpenAsync();
        var port = StartBroker(0);
        await using var server = await scene.ServeAsync(broker: ConnectionTo(port) with { Password = "wrong" });

        await Eventually.HoldsAsync(() => IsToldAsync(server, "check user name and password"));
    }

    [Fact]
    public async Task Broker_ThatRefusesASubscription_IsToldWithTheFilter()
    {
        await using var scene = await Scene.OpenAsync();
        var port = StartBroker(0, refusedFilter: Topics.AllBackfill);

        // When the connection is up before the server has subscribed, its start says so; otherwise its health does.
        try
        {
            await using var server = await scene.ServeAsync(broker: ConnectionTo(port));
            await Eventually.HoldsAsync(() => IsToldAsync(server, Topics.AllBackfill));
        }
        catch (MqttLinkException refusal)
        {
            refusal.Message.Should().Contain(Topics.AllBackfill);
        }
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await (_broker?.DisposeAsync() ?? ValueTask.CompletedTask);

    private static Connection ConnectionTo(int port) => new("127.0.0.1", port, "coldchain-server", "secret", Tls: null);

    private int StartBroker(int port, string? refusedFilter = null)
    {
        var options = new MqttEndpointOptions { Listeners = [new MqttListener(new IPEndPoint(IPAddress.Loopback, port))] };
        _broker = MqttEndpoint.Start(options, new BrokerPolicy(refusedFilter), _ => { }, TimeProvider.System);
        return _broker.LocalEndPoint.Port;
    }

    private static async Task PublishedPackIsStoredAndAcknowledgedAsync(ServedScene server, int port)
    {
        var acknowledged = new TaskCompletionSource<MqttMessage>();
        await using var device = await MqttClient.ConnectAsync(
            new MqttClientOptions { Host = "127.0.0.1", Port = port, ClientId = "device", UserName = "device", Password = Encoding.UTF8.GetBytes("secret") },
            (message, _) =>
            {
                acknowledged.TrySetResult(message);
                return Task.CompletedTask;
            },
            TimeProvider.System,
            CancellationToken.None);
        await device.SubscribeAsync($"coldchain/v1/{Some.Device}/down/ack", CancellationToken.None);
        var pack = Some.PackOf(Some.Reading(1, at: Scene.At("06:01")), Some.Reading(2, at: Scene.At("06:02")), Some.Reading(3, at: Scene.At("06:03")));
        await device.PublishAsync(new MqttMessage($"coldchain/v1/{Some.Device}/up/backfill", PackCodec.Encode(pack)), CancellationToken.None);

        ControlCodec.TryDecodeAck((await acknowledged.Task.WaitAsync(Eventually.Patience)).Payload.Span, out var ack, out _).Should().BeTrue();
        ack!.UpTo.Should().Be(3);
        server.App.Store.Read(session => ReadingReader.Read(session, [Some.Probe], Instant.Beginning, Instant.End)).Should().HaveCount(3);
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> HealthAsync(ServedScene server, string status, int reasons = 0)
    {
        var health = await server.GetAsync("/health");
        await Eventually.HoldsAsync(async () => (string)(health = await server.GetAsync("/health"))["status"]! == status && health["reasons"]!.AsArray().Count >= reasons);
        return health;
    }

    /// <summary>Waits until the events of supervision are these, and no others.</summary>
    private static Task ToldAsync(ServedScene server, params string[] kinds) => Eventually.HoldsAsync(() => Task.FromResult(
        server.App.Store.Read(session => EventLog.Read(session, 0, 1000)).Where(row => row.Unit is null && Supervised.Contains(row.Kind)).Select(row => row.Kind).SequenceEqual(kinds)));

    private static readonly string[] Supervised =
        [EventKinds.ServerDeaf, EventKinds.ServerHearsAgain, EventKinds.SiteSilent, EventKinds.SiteHeardAgain, EventKinds.DeviceSilent, EventKinds.DeviceHeardAgain];

    private static async Task<bool> IsToldAsync(ServedScene server, string text) =>
        (await server.GetAsync("/health"))["reasons"]!.AsArray().Any(reason => ((string)reason!).Contains(text));

    private sealed class BrokerPolicy(string? refusedFilter) : IEndpointPolicy
    {
        public ConnectDecision Connect(ConnectAttempt attempt) => attempt.Password is { } password && password.Span.SequenceEqual("secret"u8)
            ? new ConnectDecision.Accepted(attempt.UserName ?? "")
            : new ConnectDecision.Refused(ConnectReturnCode.BadUserNameOrPassword, "the password is wrong");

        public bool MayPublish(string identity, string topic) => true;

        public bool MaySubscribe(string identity, string filter) => filter != refusedFilter;
    }
}
