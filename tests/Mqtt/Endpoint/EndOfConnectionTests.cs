using System.Collections.Concurrent;
using System.Text;
using ColdChain.Mqtt.Endpoint;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Endpoint;

public sealed class EndOfConnectionTests
{
    private readonly ConcurrentQueue<string> wills = new();

    [Fact]
    public async Task ClientThatVanishes_LeavesItsWill()
    {
        await using var bench = new TestBench();
        await ListenForWillsAsync(bench);
        var raw = await WithWillAsync(bench);

        raw.Reset();

        await Patience.UntilAsync(() => wills.Contains("pi-1 is gone"));
        (await bench.Events.ExpectAsync(MqttEventKind.Lost)).Should().Contain("client 'pi-1'");
    }

    [Fact]
    public async Task ClientThatBreaksTheRules_LeavesItsWill()
    {
        await using var bench = new TestBench();
        await ListenForWillsAsync(bench);
        var raw = await WithWillAsync(bench);

        await raw.SendBytesAsync(0x00);

        await Patience.UntilAsync(() => wills.Contains("pi-1 is gone"));
    }

    [Fact]
    public async Task ClientThatIsTakenOver_LeavesItsWill()
    {
        await using var bench = new TestBench();
        await ListenForWillsAsync(bench);
        await WithWillAsync(bench);

        await bench.ConnectRawAsync("pi-1");

        await Patience.UntilAsync(() => wills.Contains("pi-1 is gone"));
    }

    [Fact]
    public async Task ClientThatDisconnects_TakesItsWillAlong()
    {
        await using var bench = new TestBench();
        await ListenForWillsAsync(bench);
        var raw = await WithWillAsync(bench);

        await raw.SendAsync(new DisconnectPacket());

        (await raw.ReadAsync()).Should().BeNull();
        await Patience.UntilAsync(() => bench.Endpoint.Counters.ConnectionsOpen == 0);
        wills.Should().BeEmpty();
    }

    [Fact]
    public async Task SilentClient_IsClosedAfterOneAndAHalfKeepAlives_WithItsWill()
    {
        var time = new ManualTimeProvider();
        await using var bench = new TestBench(time: time);
        await ListenForWillsAsync(bench);
        var raw = await WithWillAsync(bench, keepAliveSeconds: 10);
        await PingAsync(raw);

        time.Advance(TimeSpan.FromSeconds(14));
        await PingAsync(raw); // A sign of life begins the window again.
        time.Advance(TimeSpan.FromSeconds(14));
        bench.Events.Of(MqttEventKind.Lost).Should().BeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));

        (await bench.Events.ExpectAsync(MqttEventKind.Lost)).Should().Contain("silent for 15 s");
        (await raw.ReadAsync()).Should().BeNull();
        await Patience.UntilAsync(() => wills.Contains("pi-1 is gone"));
    }

    [Fact]
    public async Task ClientWithoutKeepAlive_MayBeSilentForEver()
    {
        var time = new ManualTimeProvider();
        await using var bench = new TestBench(time: time);
        var raw = await bench.ConnectRawAsync("quiet", keepAliveSeconds: 0);
        await PingAsync(raw);

        time.Advance(TimeSpan.FromDays(30));

        await PingAsync(raw);
    }

    [Fact]
    public async Task ClientThatIsHeldBack_IsNotCalledSilent()
    {
        var time = new ManualTimeProvider();
        await using var bench = new TestBench(options => options with { InboundMax = 1 }, time);
        var release = new TaskCompletionSource();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("up", (_, token) => release.Task.WaitAsync(token), Patience.Token());
        var raw = await bench.ConnectRawAsync("pi-1", keepAliveSeconds: 10);
        await raw.SendAsync([.. Enumerable.Range(1, 5).Select(id => new PublishPacket(TestBench.Message("up"), (ushort)id)), new PingReqPacket()]);
        // Handled, waiting, held back.
        await Patience.UntilAsync(() => bench.Endpoint.Counters is { MessagesReceived: 3, ConnectionsHeldBack: 1 });

        time.Advance(TimeSpan.FromMinutes(10));

        bench.Events.Of(MqttEventKind.Lost).Should().BeEmpty();
        release.SetResult();
        var answers = new List<Packet?>();
        while (answers.Count < 6)
        {
            answers.Add(await raw.ReadAsync());
        }

        answers.OfType<PubAckPacket>().Should().HaveCount(5);
    }

    [Fact]
    public async Task Stop_ClosesEveryConnection()
    {
        var bench = new TestBench();
        var raw = await bench.ConnectRawAsync("pi-1");
        var stranger = await bench.ConnectRawAsync();

        await bench.Endpoint.DisposeAsync();

        (await raw.ReadAsync()).Should().BeNull();
        (await stranger.ReadAsync()).Should().BeNull();
        bench.Endpoint.Counters.ConnectionsOpen.Should().Be(0);
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task Endpoint_StartedAgainOnItsPort_IsFoundByItsLinks()
    {
        var first = new TestBench();
        await using var link = first.StartLink("pi-1");
        await link.WaitUntilConnectedAsync(Patience.Token());
        var address = first.Endpoint.LocalEndPoint;
        await first.Endpoint.DisposeAsync();
        await first.Events.ExpectAsync(MqttEventKind.ConnectFailed);

        await using var second = new TestBench(options => options with { Listeners = [new MqttListener(address)] });

        await link.WaitUntilConnectedAsync(Patience.Token());
        await link.PublishAsync(TestBench.Message("a"), Patience.Token());
        second.Endpoint.Counters.MessagesReceived.Should().Be(1);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task Stop_DoesNotWaitForeverForAHandler()
    {
        var bench = new TestBench(options => options with { StopTimeout = TimeSpan.FromMilliseconds(100) }) { ExpectsFaults = true };
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        await bench.Endpoint.OpenLink("stubborn").SubscribeAsync("up", (_, _) => StubbornAsync(entered, never), Patience.Token());
        var raw = await bench.ConnectRawAsync("pi-1");
        await raw.SendAsync(new PublishPacket(TestBench.Message("up"), 1));
        await entered.Task.WithinLimitAsync();

        await bench.Endpoint.DisposeAsync().AsTask().WithinLimitAsync();

        await bench.Events.ExpectAsync(MqttEventKind.Fault, "without waiting longer");
        never.SetResult();
    }

    private static Task StubbornAsync(TaskCompletionSource entered, TaskCompletionSource never)
    {
        entered.TrySetResult();
        return never.Task;
    }

    private static async Task<RawPeer> WithWillAsync(TestBench bench, ushort keepAliveSeconds = 0)
    {
        var raw = await bench.ConnectRawAsync();
        var connect = RawPeer.Connect("pi-1", keepAliveSeconds) with { Will = new Will(TestBench.Message("will", "pi-1 is gone")) };
        (await raw.IntroduceAsync(connect)).Should().Be(ConnectReturnCode.Accepted);
        return raw;
    }

    private static async Task PingAsync(RawPeer raw)
    {
        await raw.SendAsync(new PingReqPacket());
        (await raw.ReadAsync()).Should().BeOfType<PingRespPacket>();
    }

    private Task ListenForWillsAsync(TestBench bench) => bench.Endpoint.OpenLink("listener").SubscribeAsync(
        "will",
        (message, _) =>
        {
            wills.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
            return Task.CompletedTask;
        },
        Patience.Token());
}
