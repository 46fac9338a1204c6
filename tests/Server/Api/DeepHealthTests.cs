using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Hosting.Clocks;
using ColdChain.Server.Alerts;
using ColdChain.Server.Api;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace ColdChain.Server.Tests.Api;

/// <summary>Who watches the watcher: what the server says of itself to another machine, when asked and by itself.</summary>
public sealed class DeepHealthTests
{
    private static readonly string[] Known = ["commit", "clock-authority", "messages", "store", "clock", "evaluator", "supervision", "alerts", "audit-anchor", "hold-notices", "hold-notices-taken", "disk"];

    [Fact]
    public async Task DeepHealth_NamesEachCheck_AndCommitsOnTheWay()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync();
        var before = server.App.Store.Health.Commits;

        var said = await server.GetAsync("/health/deep");

        said["checks"]!.AsArray().Select(check => (string)check!["name"]!).Should().Equal(Known);
        said["checks"]!.AsArray().Should().OnlyContain(check => check!["reason"] == null);
        ((string)said["status"]!).Should().Be("ok");
        server.App.Store.Read(session => EventLog.Chained(session).Select(row => $"{row.Id}:{Convert.ToHexStringLower(row.Hash ?? [])}").ToList()).TakeLast(5).Should().Contain((string)said["head"]!, "alerts may have appended since");
        ((string)said["at"]!).Should().Be(scene.Clock.Now.ToString());
        server.App.Store.Health.Commits.Should().BeGreaterThan(before);
    }

    [Fact]
    public async Task DeepHealth_SaysWhenNobodyVouchesForTheClock_AndHowLongAMessageWaits()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync(change: options => options with { ClockAuthority = new DeniedClock() });
        await server.App.Store.WriteAsync(WritePriority.Decision, transaction => MessageStore.Insert(transaction, new MessageRow(0, 0, AlertChannel.Webhook, scene.Clock.Now), []), CancellationToken.None);
        scene.Clock.Now += TimeSpan.FromSeconds(601);

        var checks = (await server.GetAsync("/health/deep"))["checks"]!.AsArray().ToDictionary(check => (string)check!["name"]!, check => check!);

        ((string)checks["clock-authority"]["reason"]!).Should().StartWith("Nobody vouches for the server's clock: the configuration says 'clock: {trust: never}'. Mend");
        ((string)checks["messages"]["reason"]!).Should().StartWith("A message waits for its channel since ");
        ((long)checks["messages"]["ageSeconds"]!).Should().Be(601);
    }

    [Fact]
    public async Task DeepHealth_WithACanary_SaysHowLongAgoItsAlarmCameThrough()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        var canary = new CanaryOptions(scene.Fleet.Units[0].Site, scene.Fleet.Units[0].Id, TimeSpan.FromMinutes(60));
        var ladder = new OwnLadder(canary.Site, Severity.Warning, null, null, new Ladder([new LadderStep(TimeSpan.Zero, [], [AlertChannel.Webhook])], TimeSpan.FromMinutes(15)));
        var sink = new WebhookOptions(new Uri("https://sink.example"), new byte[WebhookSignature.KeyBytesMin]);
        await using var server = await scene.ServeAsync(change: options => options with { Alerts = options.Alerts with { Webhook = sink, Canary = canary, Ladders = [ladder] } });

        (await CheckAsync()).ToJsonString().Should().Be("""{"name":"canary","reason":null,"ageSeconds":0,"atMostSeconds":5400}""");
        scene.Clock.Now += TimeSpan.FromMinutes(91);

        ((string)(await CheckAsync())["reason"]!).Should().StartWith("No alarm of the canary came through since ");

        async Task<JsonNode> CheckAsync() => (await server.GetAsync("/health/deep"))["checks"]!.AsArray().Single(check => (string)check!["name"]! == "canary")!;
    }

    [Theory]
    [InlineData(30_000, true)]
    [InlineData(30_001, false)]
    [InlineData(-5_000, true)] // The clock was set back: what was done lies ahead.
    public void Age_UpToItsLimit_IsWell(long milliseconds, bool isWell) =>
        HealthCheck.OfAge("evaluator", TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromSeconds(30), "It is behind.").Reason.Should().Be(isWell ? null : "It is behind.");

    [Fact]
    public async Task Beacon_GivesASignedSignOfLifeWithContent()
    {
        var (received, key) = (new ConcurrentQueue<(string Id, string Seconds, string Signature, string Body)>(), new byte[WebhookSignature.KeyBytesMin]);
        await using var outside = Outside(received);
        await outside.StartAsync();
        await using var scene = await SceneFleet.AtNoonAsync();
        await using var server = await scene.ServeAsync(change: options => options with
        {
            Outbound = new OutboundOptions(["127.0.0.1"]),
            Beacon = new BeaconOptions(new Uri($"{outside.Urls.First()}/alive"), key, TimeSpan.FromSeconds(60)),
        });

        await Eventually.HoldsAsync(() => Task.FromResult(!received.IsEmpty));

        received.TryPeek(out var sign).Should().BeTrue();
        var at = new Instant(1000 * long.Parse(sign.Seconds, null));
        sign.Signature.Should().Be(WebhookSignature.Headers(key, sign.Id, at, System.Text.Encoding.UTF8.GetBytes(sign.Body))["webhook-signature"]);
        var body = JsonNode.Parse(sign.Body)!;
        ((string)body["storeId"]!).Should().Be(server.App.Store.Id);
        ((string)body["head"]!).Should().Contain(":");
        body["checks"]!.AsArray().Should().HaveCount(Known.Length);
    }

    private static WebApplication Outside(ConcurrentQueue<(string Id, string Seconds, string Signature, string Body)> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var listener = builder.Build();
        listener.Urls.Add("http://127.0.0.1:0");
        listener.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string Header(string name) => context.Request.Headers[name].ToString();
            received.Enqueue((Header("webhook-id"), Header("webhook-timestamp"), Header("webhook-signature"), await reader.ReadToEndAsync()));
        });
        return listener;
    }
}
