using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests.Endpoint;

public sealed class SubscribeTests
{
    [Fact]
    public async Task SubAck_AnswersEachFilter()
    {
        await using var bench = new TestBench();
        var raw = await bench.ConnectRawAsync("reader");

        await raw.SendAsync(new SubscribePacket(9, [At1("a"), At0("b"), At1("forbidden/x"), At1("$share/group/a")]));

        var ack = (await raw.ReadAsync()).Should().BeOfType<SubAckPacket>().Subject;
        ack.PacketId.Should().Be(9);
        ack.ReturnCodes.Should().Equal(
            SubscribeReturnCode.GrantedQos1, SubscribeReturnCode.GrantedQos0, SubscribeReturnCode.Failure, SubscribeReturnCode.Failure);
        bench.Events.Of(MqttEventKind.TopicRefused).Should().HaveCount(2);
    }

    [Fact]
    public async Task Subscriptions_BeyondTheLimit_AreRefused_OldOnesRenewed()
    {
        await using var bench = new TestBench(options => options with { SubscriptionsPerConnectionMax = 2 });
        var raw = await bench.ConnectRawAsync("reader");

        await raw.SendAsync(new SubscribePacket(1, [At1("a"), At1("b"), At1("c"), At0("a")]));

        (await raw.ReadAsync()).Should().BeOfType<SubAckPacket>().Which.ReturnCodes.Should().Equal(
            SubscribeReturnCode.GrantedQos1, SubscribeReturnCode.GrantedQos1, SubscribeReturnCode.Failure, SubscribeReturnCode.GrantedQos0);
    }

    [Theory]
    [InlineData(QualityOfService.AtMostOnce, QualityOfService.AtLeastOnce, QualityOfService.AtMostOnce)]
    [InlineData(QualityOfService.AtLeastOnce, QualityOfService.AtMostOnce, QualityOfService.AtMostOnce)]
    [InlineData(QualityOfService.AtLeastOnce, QualityOfService.AtLeastOnce, QualityOfService.AtLeastOnce)]
    public async Task Message_ArrivesAtTheLowerQuality(QualityOfService published, QualityOfService granted, QualityOfService delivered)
    {
        await using var bench = new TestBench();
        var raw = await SubscriberAsync(bench, new Subscription("a", granted));

        await bench.Endpoint.OpenLink("server").PublishAsync(TestBench.Message("a", "x", published), Patience.Token());

        (await raw.ReadAsync()).Should().BeOfType<PublishPacket>().Which.Message.Qos.Should().Be(delivered);
    }

    [Fact]
    public async Task Message_OfOverlappingFilters_ArrivesOnce()
    {
        await using var bench = new TestBench();
        var raw = await SubscriberAsync(bench, At0("#"), At1("a/+"), At0("a/b"));

        await bench.Endpoint.OpenLink("server").PublishAsync(TestBench.Message("a/b", "x"), Patience.Token());
        await raw.SendAsync(new PingReqPacket());

        (await raw.ReadAsync()).Should().BeOfType<PublishPacket>().Which.Message.Qos.Should().Be(QualityOfService.AtLeastOnce);
        (await raw.ReadAsync()).Should().BeOfType<PingRespPacket>();
    }

    [Fact]
    public async Task Unsubscribe_EndsTheMessages()
    {
        await using var bench = new TestBench();
        var raw = await SubscriberAsync(bench, At1("a"), At1("b"));
        var server = bench.Endpoint.OpenLink("server");

        await raw.SendAsync(new UnsubscribePacket(2, ["a", "never"]));
        (await raw.ReadAsync()).Should().Be(new UnsubAckPacket(2));
        await server.PublishAsync(TestBench.Message("a"), Patience.Token());
        await server.PublishAsync(TestBench.Message("b"), Patience.Token());

        (await raw.ReadAsync()).Should().BeOfType<PublishPacket>().Which.Message.Topic.Should().Be("b");
    }

    [Fact]
    public async Task ReaderThatDoesNotAcknowledge_IsClosed_AndOthersAreServed()
    {
        await using var bench = new TestBench(options => options with { OutboundMax = 5 });
        var slow = await SubscriberAsync(bench, "slow", At1("a"));
        var good = await SubscriberAsync(bench, "good", At0("a"));
        var server = bench.Endpoint.OpenLink("server");

        for (var n = 0; n < 6; n++)
        {
            await server.PublishAsync(TestBench.Message("a", $"{n}"), Patience.Token());
            (await good.ReadAsync()).Should().BeOfType<PublishPacket>();
        }

        (await bench.Events.ExpectAsync(MqttEventKind.SlowReader)).Should().Contain("client 'slow'").And.Contain("5 messages not acknowledged");
        bench.Endpoint.Counters.ConnectionsSlow.Should().Be(1);
    }

    [Fact]
    public async Task ReaderThatDoesNotRead_IsClosed_AndHoldsNobodyUp()
    {
        await using var bench = new TestBench(options => options with { OutboundMax = 10 });
        await SubscriberAsync(bench, "stuck", At0("a"));
        var good = await bench.ConnectRawAsync("good");
        var message = new MqttMessage("a", new byte[60_000], QualityOfService.AtMostOnce);
        var server = bench.Endpoint.OpenLink("server");

        // The sockets of both sides swallow some megabytes first.
        while (!bench.Events.Of(MqttEventKind.SlowReader).Any())
        {
            await server.PublishAsync(message, Patience.Token());
        }

        bench.Events.Of(MqttEventKind.SlowReader).Single().Should().Contain("client 'stuck'").And.Contain("waiting to be written");
        await good.SendAsync(new PingReqPacket());
        (await good.ReadAsync()).Should().BeOfType<PingRespPacket>();
    }

    [Fact]
    public async Task ReaderThatAcknowledges_MayGoOnForEver()
    {
        await using var bench = new TestBench(options => options with { OutboundMax = 3 });
        var raw = await SubscriberAsync(bench, At1("a"));
        var server = bench.Endpoint.OpenLink("server");
        for (var n = 0; n < 20; n++)
        {
            await server.PublishAsync(TestBench.Message("a"), Patience.Token());
            await raw.SendAsync(new PubAckPacket(((PublishPacket)(await raw.ReadAsync())!).PacketId), new PingReqPacket());
            (await raw.ReadAsync()).Should().BeOfType<PingRespPacket>("the acknowledgement before it was taken");
        }
    }

    private static Subscription At0(string filter) => new(filter, QualityOfService.AtMostOnce);

    private static Subscription At1(string filter) => new(filter, QualityOfService.AtLeastOnce);

    private static Task<RawPeer> SubscriberAsync(TestBench bench, params Subscription[] subscriptions) => SubscriberAsync(bench, "reader", subscriptions);

    private static async Task<RawPeer> SubscriberAsync(TestBench bench, string clientId, params Subscription[] subscriptions)
    {
        var raw = await bench.ConnectRawAsync(clientId);
        await raw.SendAsync(new SubscribePacket(1, subscriptions));
        (await raw.ReadAsync()).Should().BeOfType<SubAckPacket>();
        return raw;
    }
}
