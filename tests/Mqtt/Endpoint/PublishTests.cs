using System.Collections.Concurrent;
using System.Text;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests.Endpoint;

public sealed class PublishTests
{
    private readonly ConcurrentQueue<string> received = new();

    [Fact]
    public async Task PubAck_IsWithheld_WhileAHandlerWaits_AndPingsAreStillAnswered()
    {
        await using var bench = new TestBench();
        var release = new TaskCompletionSource();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("up", (_, token) => release.Task.WaitAsync(token), Patience.Token());
        var raw = await bench.ConnectRawAsync("pi-1");

        await raw.SendAsync(new PublishPacket(TestBench.Message("up"), 1), new PingReqPacket());
        (await raw.ReadAsync()).Should().BeOfType<PingRespPacket>("the PUBACK waits for the handler, the PINGRESP does not");

        release.SetResult();
        (await raw.ReadAsync()).Should().Be(new PubAckPacket(1));
    }

    [Fact]
    public async Task PubAcks_ComeInTheOrderOfTheMessages()
    {
        await using var bench = new TestBench();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("up", async (_, _) => await Task.Yield(), Patience.Token());
        var raw = await bench.ConnectRawAsync("pi-1");
        ushort[] ids = [7, 3, 65_535, 1];

        await raw.SendAsync([.. ids.Select(id => new PublishPacket(TestBench.Message("up"), id))]);

        foreach (var id in ids)
        {
            (await raw.ReadAsync()).Should().Be(new PubAckPacket(id));
        }
    }

    [Fact]
    public async Task MessageNobodyHandled_IsNotAcknowledged()
    {
        await using var bench = new TestBench();
        var link = bench.Endpoint.OpenLink("ingest");
        var entered = new TaskCompletionSource();
        await link.SubscribeAsync("up", (_, token) => NeverAsync(entered, token), Patience.Token());
        var raw = await bench.ConnectRawAsync("pi-1");
        await raw.SendAsync(new PublishPacket(TestBench.Message("up"), 1));
        await entered.Task.WithinLimitAsync();

        await link.DisposeAsync();

        (await raw.ReadAsync()).Should().BeNull("only a closed connection tells a client of MQTT 3.1.1 to send again");
        await bench.Events.ExpectAsync(MqttEventKind.Lost, "closed its link before it handled");
    }

    [Fact]
    public async Task WrongTopic_ClosesThatConnection_AndTouchesNothingElse()
    {
        await using var bench = new TestBench();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("#", ReceiveAsync, Patience.Token());
        var neighbour = await bench.ConnectRawAsync("neighbour");
        var raw = await bench.ConnectRawAsync("pi-1");

        await raw.SendAsync(new PublishPacket(TestBench.Message("forbidden/up", "evil"), 1));

        (await raw.ReadAsync()).Should().BeNull();
        (await bench.Events.ExpectAsync(MqttEventKind.TopicRefused)).Should().Contain("'pi-1' may not publish on 'forbidden/up'");
        await neighbour.SendAsync(new PublishPacket(TestBench.Message("up", "good"), 1));
        (await neighbour.ReadAsync()).Should().Be(new PubAckPacket(1));
        received.Should().Equal("good");
        bench.Endpoint.Counters.Should().Match<ColdChain.Mqtt.Endpoint.EndpointCounters>(c => c.MessagesRefused == 1 && c.MessagesReceived == 1);
    }

    [Fact]
    public async Task RetainedMessage_IsDeliveredAsAnOrdinaryOne_AndCounted()
    {
        await using var bench = new TestBench();
        var subscriber = await bench.ConnectRawAsync("reader");
        await subscriber.SendAsync(new SubscribePacket(1, [new Subscription("a", QualityOfService.AtMostOnce)]));
        await subscriber.ReadAsync();
        var raw = await bench.ConnectRawAsync("pi-1");

        await raw.SendAsync(new PublishPacket(TestBench.Message("a", "x"), 1, Dup: true, Retain: true));

        var publish = (await subscriber.ReadAsync()).Should().BeOfType<PublishPacket>().Subject;
        publish.Retain.Should().BeFalse();
        publish.Dup.Should().BeFalse();
        bench.Endpoint.Counters.RetainFlagsIgnored.Should().Be(1);
        var late = await bench.ConnectRawAsync("late");
        await late.SendAsync(new SubscribePacket(1, [new Subscription("a", default)]), new PingReqPacket());
        (await late.ReadAsync()).Should().BeOfType<SubAckPacket>();
        (await late.ReadAsync()).Should().BeOfType<PingRespPacket>("nothing was kept for it");
    }

    [Theory]
    [InlineData("340500016100017800", "quality of service 2")]
    [InlineData("20020000", "not for a client")]
    [InlineData("D000", "not for a client")]
    [InlineData("100C00044D5154540402003C0000", "second CONNECT")]
    [InlineData("30818004", "larger than the limit of 65536")]
    [InlineData("DEADBEEF", "reserved flags")]
    public async Task Input_ThatIsNotOffered_ClosesThatConnection_AndTouchesNothingElse(string hex, string reason)
    {
        await using var bench = new TestBench();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("#", ReceiveAsync, Patience.Token());
        var neighbour = await bench.ConnectRawAsync("neighbour");
        var raw = await bench.ConnectRawAsync("pi-1");

        await raw.SendBytesAsync(Convert.FromHexString(hex));

        (await raw.ReadAsync()).Should().BeNull();
        (await bench.Events.ExpectAsync(MqttEventKind.Malformed, reason)).Should().Contain("client 'pi-1'");
        await neighbour.SendAsync(new PublishPacket(TestBench.Message("up", "good"), 1));
        (await neighbour.ReadAsync()).Should().Be(new PubAckPacket(1));
        received.Should().Equal("good");
        bench.Endpoint.Counters.ConnectionsMalformed.Should().Be(1);
    }

    [Fact]
    public async Task MessageBeforeDisconnect_IsHandled()
    {
        await using var bench = new TestBench();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("up", ReceiveAsync, Patience.Token());
        var raw = await bench.ConnectRawAsync();
        await raw.SendAsync(
            RawPeer.Connect("brief"), new PublishPacket(TestBench.Message("up", "all in one write", QualityOfService.AtMostOnce), 0), new DisconnectPacket());
        await raw.DisposeAsync();

        await Patience.UntilAsync(() => received.Contains("all in one write"));
    }

    [Fact]
    public async Task SixtyFourClients_AtOnce_LoseAndReorderNothing()
    {
        const int Clients = 64, Messages = 50;
        await using var bench = new TestBench();
        await bench.Endpoint.OpenLink("ingest").SubscribeAsync("up/+", ReceiveAsync, Patience.Token());

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async n =>
        {
            var client = await bench.ConnectAsync($"pi-{n}");
            await Task.WhenAll(Enumerable.Range(0, Messages).Select(m => client.PublishAsync(TestBench.Message($"up/{n}", $"{n}:{m}"), Patience.Token())));
        }));

        received.Should().HaveCount(Clients * Messages, "each was handled before it was acknowledged");
        foreach (var n in Enumerable.Range(0, Clients))
        {
            received.Where(text => text.StartsWith($"{n}:", StringComparison.Ordinal)).Should().Equal(Enumerable.Range(0, Messages).Select(m => $"{n}:{m}"));
        }

        bench.Endpoint.Counters.MessagesReceived.Should().Be(Clients * Messages);
        bench.Endpoint.Counters.ConnectionsAccepted.Should().Be(Clients);
    }

    private static async Task NeverAsync(TaskCompletionSource entered, CancellationToken cancellation)
    {
        entered.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
    }

    private Task ReceiveAsync(MqttMessage message, CancellationToken cancellation)
    {
        received.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
        return Task.CompletedTask;
    }
}
