using System.Collections.Concurrent;
using System.Text;
using ColdChain.Mqtt.Client;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Client;

public sealed class ReconnectingLinkTests : IAsyncLifetime
{
    private readonly FakeServer server = new();
    private readonly EventLog events = new();
    private readonly ConcurrentQueue<string> received = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task LostConnection_IsMadeAgain_WithItsSubscriptions()
    {
        await using var link = Start();
        await link.SubscribeAsync("a/#", ReceiveAsync, Patience.Token());
        await link.SubscribeAsync("b", ReceiveAsync, Patience.Token());
        var first = await AcceptAsync("a/#", "b");
        await link.WaitUntilConnectedAsync(Patience.Token());
        first.Reset();

        var second = await AcceptAsync("a/#", "b");
        await link.WaitUntilConnectedAsync(Patience.Token());
        await second.SendAsync(new PublishPacket(TestBench.Message("a/1", "after"), 1));

        (await second.ReadAsync()).Should().Be(new PubAckPacket(1));
        received.Should().Equal("after");
        events.Of(MqttEventKind.Connected).Should().HaveCount(2);
        events.Of(MqttEventKind.Lost).Should().ContainSingle();
    }

    [Fact]
    public async Task Publishing_WhileThereIsNoConnection_Fails()
    {
        await using var link = Start();
        link.IsConnected.Should().BeFalse();
        (await link.Invoking(l => l.PublishAsync(TestBench.Message("a"), Patience.Token())).Should().ThrowAsync<MqttLinkException>())
            .WithMessage("There is no connection to 127.0.0.1:*");
    }

    [Fact]
    public async Task Attempts_ThatFail_AreReported_AndRepeatedAfterAPause()
    {
        var time = new ManualTimeProvider();
        await using var link = Start(time, new ReconnectOptions(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await AcceptConnectAsync(ConnectReturnCode.ServerUnavailable);
            await Patience.UntilAsync(() => events.Of(MqttEventKind.ConnectFailed).Count() == attempt + 1 && time.NextTimerIn <= TimeSpan.FromSeconds(8));
            time.Advance(TimeSpan.FromSeconds(8));
        }

        await AcceptAsync();
        await link.WaitUntilConnectedAsync(Patience.Token());
        events.Of(MqttEventKind.ConnectFailed).Should().HaveCount(3).And.AllSatisfy(text => text.Should().Contain("return code 3"));
    }

    [Fact]
    public async Task RefusedSubscription_OfALivingConnection_IsAnError_AndForgotten()
    {
        await using var link = Start();
        var peer = await AcceptAsync();
        await link.WaitUntilConnectedAsync(Patience.Token());

        var subscribing = link.SubscribeAsync("secret/#", ReceiveAsync, Patience.Token());
        await AnswerSubscribeAsync(peer, "secret/#", SubscribeReturnCode.Failure);

        (await subscribing.Invoking(s => s.WithinLimitAsync()).Should().ThrowAsync<MqttLinkException>()).WithMessage("*'secret/#' was refused*");
        peer.Reset();
        await AcceptAsync(); // Without a subscription.
    }

    [Fact]
    public async Task RefusedSubscription_OfANewConnection_IsReported_AndTheLinkIsUsedAllTheSame()
    {
        await using var link = Start();
        await link.SubscribeAsync("a", ReceiveAsync, Patience.Token());
        var peer = await AcceptConnectAsync();
        await AnswerSubscribeAsync(peer, "a", SubscribeReturnCode.Failure);

        await events.ExpectAsync(MqttEventKind.SubscriptionRefused, "'a'");
        await link.WaitUntilConnectedAsync(Patience.Token());
    }

    [Fact]
    public async Task SubscribingWhileTheConnectionBreaks_HoldsForTheNextOne()
    {
        await using var link = Start();
        var first = await AcceptAsync();
        await link.WaitUntilConnectedAsync(Patience.Token());

        var subscribing = link.SubscribeAsync("a", ReceiveAsync, Patience.Token());
        (await first.ReadAsync()).Should().BeOfType<SubscribePacket>();
        first.Reset();

        await subscribing.WithinLimitAsync();
        await AcceptAsync("a");
    }

    [Fact]
    public async Task Disposing_WhileConnecting_Returns()
    {
        var link = Start();
        await server.AcceptAsync();
        await link.DisposeAsync().AsTask().WithinLimitAsync();
        await link.Invoking(l => l.SubscribeAsync("a", ReceiveAsync, Patience.Token())).Should().ThrowAsync<MqttLinkException>();
    }

    [Fact]
    public async Task Handler_OfTheOldConnection_HasReturned_BeforeTheNewOneIsUsed()
    {
        await using var link = Start();
        var (atOnce, most) = (0, 0);
        var entered = new TaskCompletionSource();
        await link.SubscribeAsync(
            "a",
            async (message, token) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref atOnce));
                entered.TrySetResult();
                if (message.Payload.Length == 0)
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                Interlocked.Decrement(ref atOnce);
                token.ThrowIfCancellationRequested();
            },
            Patience.Token());
        var first = await AcceptAsync("a");
        await first.SendAsync(new PublishPacket(TestBench.Message("a"), 1));
        await entered.Task.WithinLimitAsync();
        first.Reset();

        var second = await AcceptAsync("a");
        await second.SendAsync(new PublishPacket(TestBench.Message("a", "x"), 1));
        (await second.ReadAsync()).Should().Be(new PubAckPacket(1));
        most.Should().Be(1);
    }

    private ReconnectingLink Start(TimeProvider? time = null, ReconnectOptions? reconnect = null) => ReconnectingLink.Start(
        server.Options,
        reconnect ?? new ReconnectOptions(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(50)),
        events.Add,
        time ?? TimeProvider.System,
        new Random(1));

    private async Task<RawPeer> AcceptConnectAsync(ConnectReturnCode code = ConnectReturnCode.Accepted)
    {
        var peer = await server.AcceptAsync();
        (await peer.ReadAsync()).Should().BeOfType<ConnectPacket>();
        await peer.SendAsync(new ConnAckPacket(SessionPresent: false, code));
        return peer;
    }

    private async Task<RawPeer> AcceptAsync(params string[] filters)
    {
        var peer = await AcceptConnectAsync();
        foreach (var filter in filters)
        {
            await AnswerSubscribeAsync(peer, filter, SubscribeReturnCode.GrantedQos1);
        }

        return peer;
    }

    private static async Task AnswerSubscribeAsync(RawPeer peer, string filter, SubscribeReturnCode code)
    {
        var subscribe = (await peer.ReadAsync()).Should().BeOfType<SubscribePacket>().Subject;
        subscribe.Subscriptions.Should().Equal(new Subscription(filter, QualityOfService.AtLeastOnce));
        await peer.SendAsync(new SubAckPacket(subscribe.PacketId, [code]));
    }

    private Task ReceiveAsync(MqttMessage message, CancellationToken cancellation)
    {
        received.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
        return Task.CompletedTask;
    }
}
