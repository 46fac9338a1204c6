using System.Collections.Concurrent;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Client;

public sealed class MqttClientTests : IAsyncLifetime
{
    private readonly FakeServer server = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Publish_CompletesWithThePubAck_AndNotBefore()
    {
        var (client, peer) = await server.ConnectAsync();

        var publishing = client.PublishAsync(TestBench.Message("a", "x"), Patience.Token());
        var publish = (await peer.ReadAsync()).Should().BeOfType<PublishPacket>("the only message leaves without a further one behind it").Subject;
        publishing.IsCompleted.Should().BeFalse();
        await peer.SendAsync(new PubAckPacket((ushort)(publish.PacketId + 1)), new PubAckPacket(publish.PacketId));

        await publishing.WithinLimitAsync();
    }

    [Fact]
    public async Task RetainFlag_OfADelivery_IsOnTheMessage()
    {
        var marks = new ConcurrentQueue<bool>();
        var (_, peer) = await server.ConnectAsync(handler: (message, cancellation) => Task.Run(() => marks.Enqueue(message.IsRetained), cancellation));

        await peer.SendAsync(new PublishPacket(TestBench.Message("a"), 1, Retain: true), new PublishPacket(TestBench.Message("a"), 2));

        await Patience.UntilAsync(() => marks.Count == 2);
        marks.Should().Equal(true, false);
    }

    [Fact]
    public async Task Publish_BrokenBeforeThePubAck_Fails_AndSoDoLaterOnes()
    {
        var (client, peer) = await server.ConnectAsync();
        var publishing = client.PublishAsync(TestBench.Message("a", "x"), Patience.Token());
        await peer.ReadAsync();

        peer.Reset();

        await publishing.Invoking(p => p.WithinLimitAsync()).Should().ThrowAsync<MqttLinkException>();
        await client.Closed.WithinLimitAsync();
        foreach (var qos in Enum.GetValues<QualityOfService>())
        {
            await client.Invoking(c => c.PublishAsync(TestBench.Message("a", "x", qos), Patience.Token())).Should().ThrowAsync<MqttLinkException>();
        }

        await client.Invoking(c => c.SubscribeAsync("a", Patience.Token())).Should().ThrowAsync<MqttLinkException>();
    }

    [Fact]
    public async Task Publishing_KeepsToTheWindow_InTheOrderOfTheCalls()
    {
        var (client, peer) = await server.ConnectAsync(options => options with { InFlightMax = 3 });
        var publishing = Enumerable.Range(0, 10).Select(n => client.PublishAsync(TestBench.Message($"{n}"), Patience.Token())).ToList();
        publishing.Add(client.PublishAsync(TestBench.Message("zero", "", QualityOfService.AtMostOnce), Patience.Token()));

        // The message of quality 0 is not held by the window: when it has come, no fourth one was sent before it.
        var first = new List<PublishPacket>();
        while (first.Count < 4)
        {
            first.Add((PublishPacket)(await peer.ReadAsync())!);
        }

        first.Select(p => p.Message.Topic).Where(topic => topic != "zero").Should().Equal("0", "1", "2");
        foreach (var packet in first.Where(p => p.PacketId != 0))
        {
            await peer.SendAsync(new PubAckPacket(packet.PacketId));
        }

        for (var n = 3; n < 10; n++)
        {
            var packet = (PublishPacket)(await peer.ReadAsync())!;
            packet.Message.Topic.Should().Be($"{n}");
            await peer.SendAsync(new PubAckPacket(packet.PacketId));
        }

        await Task.WhenAll(publishing).WithinLimitAsync();
    }

    [Fact]
    public async Task PublishGivenUpWhileWaiting_IsNotSent_AndOneGivenUpAfterKeepsItsIdentifier()
    {
        var (client, peer) = await server.ConnectAsync(options => options with { InFlightMax = 1 });
        using var cancellation = new CancellationTokenSource();
        var sent = client.PublishAsync(TestBench.Message("sent"), cancellation.Token);
        var id = ((PublishPacket)(await peer.ReadAsync())!).PacketId;
        var waiting = client.PublishAsync(TestBench.Message("waiting"), cancellation.Token);

        await cancellation.CancelAsync();
        await sent.Invoking(p => p.WithinLimitAsync()).Should().ThrowAsync<OperationCanceledException>();
        await waiting.Invoking(p => p.WithinLimitAsync()).Should().ThrowAsync<OperationCanceledException>();

        var next = client.PublishAsync(TestBench.Message("next"), Patience.Token());
        await peer.SendAsync(new PubAckPacket(id));
        var packet = (PublishPacket)(await peer.ReadAsync())!;
        packet.Message.Topic.Should().Be("next");
        packet.PacketId.Should().NotBe(id);
        await peer.SendAsync(new PubAckPacket(packet.PacketId));
        await next.WithinLimitAsync();
    }

    [Fact]
    public async Task ReceivedMessage_IsAcknowledgedAfterItsHandler()
    {
        var release = new TaskCompletionSource();
        var handled = new ConcurrentQueue<string>();
        var (_, peer) = await server.ConnectAsync(handler: async (message, token) =>
        {
            await release.Task.WaitAsync(token);
            handled.Enqueue(message.Topic);
        });
        await peer.SendAsync(
            new PublishPacket(TestBench.Message("a"), 5),
            new PublishPacket(TestBench.Message("b"), 6),
            new PublishPacket(TestBench.Message("zero", "", QualityOfService.AtMostOnce), 0));
        release.SetResult();

        (await peer.ReadAsync()).Should().Be(new PubAckPacket(5));
        (await peer.ReadAsync()).Should().Be(new PubAckPacket(6));
        await Patience.UntilAsync(() => handled.Count == 3);
        handled.Should().Equal("a", "b", "zero");
    }

    [Fact]
    public async Task HandlerThatWaits_KeepsNeitherPubAcksNorPingsFromBeingRead()
    {
        var time = new ManualTimeProvider();
        var release = new TaskCompletionSource();
        var (client, peer) = await server.ConnectAsync(time: time, handler: (_, token) => release.Task.WaitAsync(token));
        await peer.SendAsync(new PublishPacket(TestBench.Message("in"), 1));

        var publishing = client.PublishAsync(TestBench.Message("out"), Patience.Token());
        var packet = (PublishPacket)(await peer.ReadAsync())!;
        await peer.SendAsync(new PubAckPacket(packet.PacketId));
        await publishing.WithinLimitAsync();

        await AdvanceToPingAsync(time, peer);
        await peer.SendAsync(new PingRespPacket());
        await AdvanceToPingAsync(time, peer);
        client.Closed.IsCompleted.Should().BeFalse();
        release.SetResult();
    }

    [Fact]
    public async Task HandlerThatThrows_EndsTheConnection()
    {
        var (client, peer) = await server.ConnectAsync(handler: (_, _) => throw new InvalidDataException("no reading"));
        await peer.SendAsync(new PublishPacket(TestBench.Message("a"), 1));
        (await client.Closed.WithinLimitAsync()).Should().Contain("no reading");
        (await peer.ReadToEndAsync()).Should().BeEmpty("the message was not handled");
    }

    [Fact]
    public async Task MissingPingResp_EndsTheConnection()
    {
        var time = new ManualTimeProvider();
        var (client, peer) = await server.ConnectAsync(time: time);

        await AdvanceToPingAsync(time, peer);
        await Patience.UntilAsync(() => time.NextTimerIn == TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(15));

        (await client.Closed.WithinLimitAsync()).Should().Contain("no answer to PINGREQ within 15 s");
        (await peer.ReadAsync()).Should().BeNull();
    }

    [Fact]
    public async Task MissingPingResp_WhileTheClientItselfDoesNotRead_SaysNothing()
    {
        var time = new ManualTimeProvider();
        var release = new TaskCompletionSource();
        var (client, peer) = await server.ConnectAsync(options => options with { InboundMax = 1 }, time, (_, token) => release.Task.WaitAsync(token));
        await peer.SendAsync([.. Enumerable.Range(1, 3).Select(id => new PublishPacket(TestBench.Message("a"), (ushort)id)), new PingRespPacket()]);
        await Patience.UntilAsync(() => client.IsHoldingBack);

        await AdvanceToPingAsync(time, peer);
        await Patience.UntilAsync(() => time.NextTimerIn == TimeSpan.FromSeconds(15));
        time.Advance(TimeSpan.FromSeconds(15));
        await AdvanceToPingAsync(time, peer);

        client.Closed.IsCompleted.Should().BeFalse();
        release.SetResult();
        (await peer.ReadAsync()).Should().Be(new PubAckPacket(1));
    }

    [Theory]
    [InlineData("C000", "PingReqPacket")]
    [InlineData("E000", "DisconnectPacket")]
    [InlineData("20020000", "ConnAckPacket")]
    [InlineData("FF00", "packet type 15")]
    [InlineData("30818004", "larger than the limit of 65536")]
    public async Task WhatAServerMustNotSend_EndsTheConnectionWithAReason(string hex, string reason)
    {
        var (client, peer) = await server.ConnectAsync();
        await peer.SendBytesAsync(Convert.FromHexString(hex));
        (await client.Closed.WithinLimitAsync()).Should().Contain(reason);
    }

    [Fact]
    public async Task Subscribe_SaysWhetherItWasGranted()
    {
        var (client, peer) = await server.ConnectAsync();
        foreach (var (code, granted) in new[] { (SubscribeReturnCode.GrantedQos1, true), (SubscribeReturnCode.Failure, false) })
        {
            var subscribing = client.SubscribeAsync("a/#", Patience.Token());
            var packet = (SubscribePacket)(await peer.ReadAsync())!;
            packet.Subscriptions.Should().Equal(new Subscription("a/#", QualityOfService.AtLeastOnce));
            await peer.SendAsync(new SubAckPacket(packet.PacketId, [code]));
            (await subscribing.WithinLimitAsync()).Should().Be(granted);
        }

        var unsubscribing = client.UnsubscribeAsync("a/#", Patience.Token());
        var unsubscribe = (UnsubscribePacket)(await peer.ReadAsync())!;
        await peer.SendAsync(new PubAckPacket(unsubscribe.PacketId), new UnsubAckPacket(unsubscribe.PacketId));
        await unsubscribing.WithinLimitAsync();
    }

    [Fact]
    public async Task MissingSubAck_EndsTheConnection()
    {
        var time = new ManualTimeProvider();
        var (client, peer) = await server.ConnectAsync(time: time);
        var subscribing = client.SubscribeAsync("a", Patience.Token());
        await peer.ReadAsync();
        await Patience.UntilAsync(() => time.NextTimerIn == TimeSpan.FromSeconds(15));

        time.Advance(TimeSpan.FromSeconds(15));

        await subscribing.Invoking(s => s.WithinLimitAsync()).Should().ThrowAsync<MqttLinkException>();
        (await client.Closed.WithinLimitAsync()).Should().Contain("no answer to SubscribePacket");
    }

    private static async Task AdvanceToPingAsync(ManualTimeProvider time, RawPeer peer)
    {
        await Patience.UntilAsync(() => time.NextTimerIn == TimeSpan.FromSeconds(30));
        time.Advance(TimeSpan.FromSeconds(30));
        (await peer.ReadAsync()).Should().BeOfType<PingReqPacket>();
    }
}
