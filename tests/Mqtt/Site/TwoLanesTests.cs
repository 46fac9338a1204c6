using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests.Site;

/// <summary>The server's two connections to the broker: what holds one back does not touch the other.</summary>
[Trait("Needs", "mosquitto")]
[UnsupportedOSPlatform("windows")]
public sealed class TwoLanesTests : IAsyncLifetime
{
    private const int Packs = 500; // More than the broker has on its way to a client that does not acknowledge.

    private readonly SiteScene site = new();
    private readonly EventLog events = new();
    private readonly ConcurrentQueue<int> live = new();
    private readonly ConcurrentQueue<int> backfill = new();
    private readonly TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task InitializeAsync() => site.InitializeAsync();

    public Task DisposeAsync() => site.DisposeAsync();

    [Fact]
    public async Task LivePacks_Pass_WhileTheBacklogIsHeldBack_WhichThenComesCompleteAndInOrder()
    {
        await using var liveLane = await LaneAsync("live", (pack, _) =>
        {
            live.Enqueue(pack);
            return Task.CompletedTask;
        });
        await using var backfillLane = await LaneAsync("backfill", async (pack, cancellation) =>
        {
            await room.Task.WaitAsync(cancellation);
            backfill.Enqueue(pack);
        });
        var device = await site.ConnectAsync(site.Device("pi-1"));
        await Task.WhenAll(Enumerable.Range(0, Packs).Select(pack => PublishAsync(device, "backfill", pack)));

        for (var pack = 0; pack < Packs; pack++)
        {
            await PublishAsync(device, "live", pack);
        }

        await Patience.UntilAsync(() => live.Count == Packs);
        backfill.Should().BeEmpty("nothing has made room");
        room.SetResult();
        await Patience.UntilAsync(() => backfill.Count == Packs);
        live.Should().Equal(Enumerable.Range(0, Packs));
        backfill.Should().Equal(Enumerable.Range(0, Packs));
        events.Of(MqttEventKind.Lost).Should().BeEmpty();
    }

    private async Task<ReconnectingLink> LaneAsync(string lane, Func<int, CancellationToken, Task> take)
    {
        var link = ReconnectingLink.Start(site.Server(lane), ReconnectOptions.Default, events.Add, TimeProvider.System, new Random(1));
        await link.SubscribeAsync(
            $"coldchain/v1/+/up/{lane}",
            (message, cancellation) => take(int.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture), cancellation),
            Patience.Token());
        await link.WaitUntilConnectedAsync(Patience.Token());
        return link;
    }

    private static Task PublishAsync(MqttClient device, string lane, int pack) =>
        device.PublishAsync(TestBench.Message($"coldchain/v1/pi-1/up/{lane}", $"{pack}"), Patience.Token());
}
