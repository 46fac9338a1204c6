using System.Collections.Concurrent;
using System.Text;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests.Link;

/// <summary>What every link promises, asked of each kind in the same words.</summary>
public abstract class LinkContract : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> received = new();

    protected abstract Task<IMqttLink> OpenAsync(string name);

    /// <summary>The faults of handlers that were reported.</summary>
    protected abstract IEnumerable<string> HandlerFaults { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public abstract Task DisposeAsync();

    [Fact]
    public async Task Message_ReachesTheSubscriber_WithTopicPayloadAndQuality()
    {
        var (sender, receiver) = await TwoLinksAsync();
        var got = new TaskCompletionSource<MqttMessage>();
        await receiver.SubscribeAsync("fridge/+/temperature", (message, _) => SetAsync(got, message), Patience.Token());

        await sender.PublishAsync(TestBench.Message("fridge/a/temperature", "4.2"), Patience.Token());

        var message = await got.Task.WithinLimitAsync();
        message.Topic.Should().Be("fridge/a/temperature");
        Encoding.UTF8.GetString(message.Payload.Span).Should().Be("4.2");
        message.Qos.Should().Be(QualityOfService.AtLeastOnce);
    }

    [Fact]
    public async Task Message_OfQualityZero_ArrivesToo()
    {
        var (sender, receiver) = await TwoLinksAsync();
        await receiver.SubscribeAsync("a/#", ReceiveAsync, Patience.Token());

        await sender.PublishAsync(TestBench.Message("a/b", "x", QualityOfService.AtMostOnce), Patience.Token());

        await Patience.UntilAsync(() => received.Count == 1);
    }

    [Fact]
    public async Task Messages_ArriveInOrder_OneAtATime()
    {
        var (sender, receiver) = await TwoLinksAsync();
        var (atOnce, most) = (0, 0);
        await receiver.SubscribeAsync(
            "n",
            async (message, _) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref atOnce));
                await Task.Yield();
                received.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
                Interlocked.Decrement(ref atOnce);
            },
            Patience.Token());

        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => sender.PublishAsync(TestBench.Message("n", $"{n}"), Patience.Token())));

        await Patience.UntilAsync(() => received.Count == 200);
        received.Should().Equal(Enumerable.Range(0, 200).Select(n => $"{n}"));
        most.Should().Be(1);
    }

    [Fact]
    public async Task Message_NobodySubscribedTo_IsAcknowledgedAndGone()
    {
        var (sender, receiver) = await TwoLinksAsync();
        await sender.PublishAsync(TestBench.Message("early", "lost"), Patience.Token());
        await receiver.SubscribeAsync("early", ReceiveAsync, Patience.Token());

        await sender.PublishAsync(TestBench.Message("early", "kept"), Patience.Token());

        await Patience.UntilAsync(() => !received.IsEmpty);
        received.Should().Equal("kept");
    }

    [Fact]
    public async Task Message_MatchingTwoSubscriptions_ReachesBothHandlers()
    {
        var (sender, receiver) = await TwoLinksAsync();
        await receiver.SubscribeAsync("a/+", (_, _) => NoteAsync("plus"), Patience.Token());
        await receiver.SubscribeAsync("a/b", (_, _) => NoteAsync("exact"), Patience.Token());

        await sender.PublishAsync(TestBench.Message("a/b"), Patience.Token());
        await sender.PublishAsync(TestBench.Message("a/b"), Patience.Token());

        await Patience.UntilAsync(() => received.Count == 4);
        received.Should().Equal("plus", "exact", "plus", "exact");
    }

    [Fact]
    public async Task Handler_ThatThrows_IsReported_AndTheNextMessageArrives()
    {
        var (sender, receiver) = await TwoLinksAsync();
        await receiver.SubscribeAsync(
            "t",
            (message, token) => message.Payload.Length == 0 ? throw new InvalidDataException("not a reading") : ReceiveAsync(message, token),
            Patience.Token());

        await sender.PublishAsync(TestBench.Message("t"), Patience.Token());
        await sender.PublishAsync(TestBench.Message("t", "good"), Patience.Token());

        await Patience.UntilAsync(() => received.Count == 1);
        HandlerFaults.Should().ContainSingle().Which.Should().Contain("not a reading");
    }

    [Fact]
    public async Task Handler_ThatWaits_DoesNotKeepTheLinkFromPublishing()
    {
        var (sender, receiver) = await TwoLinksAsync();
        var release = new TaskCompletionSource();
        await sender.SubscribeAsync("echo", ReceiveAsync, Patience.Token());
        await receiver.SubscribeAsync("wait", (_, token) => release.Task.WaitAsync(token), Patience.Token());
        await sender.PublishAsync(TestBench.Message("wait"), Patience.Token());

        await receiver.PublishAsync(TestBench.Message("echo", "still here"), Patience.Token());

        await Patience.UntilAsync(() => received.Contains("still here"));
        release.SetResult();
    }

    [Fact]
    public async Task Handler_MayPublish_EvenToItsOwnLink()
    {
        var (sender, receiver) = await TwoLinksAsync();
        await receiver.SubscribeAsync("again", ReceiveAsync, Patience.Token());
        await receiver.SubscribeAsync("once", (_, token) => receiver.PublishAsync(TestBench.Message("again", "echo"), token), Patience.Token());

        await sender.PublishAsync(TestBench.Message("once"), Patience.Token());

        await Patience.UntilAsync(() => received.Contains("echo"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/+")]
    [InlineData("a/#")]
    [InlineData("a\0b")]
    public async Task Publishing_OnWhatIsNoTopic_IsRefusedAtOnce(string topic)
    {
        var link = await OpenAsync("one");
        await link.Invoking(l => l.PublishAsync(TestBench.Message(topic), Patience.Token())).Should().ThrowAsync<ArgumentException>();
        await link.PublishAsync(TestBench.Message("a/b"), Patience.Token());
    }

    [Fact]
    public async Task Publishing_MoreThanThePacketLimit_IsRefusedAtOnce()
    {
        var link = await OpenAsync("one");
        var message = new MqttMessage("big", new byte[64 * 1024]);
        (await link.Invoking(l => l.PublishAsync(message, Patience.Token())).Should().ThrowAsync<ArgumentException>())
            .WithMessage("*limit is 65536*");
    }

    [Theory]
    [InlineData("a/#/b")]
    [InlineData("a+")]
    [InlineData("$share/group/a")]
    public async Task Subscribing_ToWhatIsNoFilter_IsRefusedAtOnce(string filter)
    {
        var link = await OpenAsync("one");
        await link.Invoking(l => l.SubscribeAsync(filter, ReceiveAsync, Patience.Token())).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Link_ThatIsDisposed_IsNotConnectedAndDoesNotPublish()
    {
        var link = await OpenAsync("one");
        link.IsConnected.Should().BeTrue();

        await link.DisposeAsync();

        link.IsConnected.Should().BeFalse();
        await link.Invoking(l => l.PublishAsync(TestBench.Message("a"), Patience.Token())).Should().ThrowAsync<MqttLinkException>();
        await link.Invoking(l => l.WaitUntilConnectedAsync(Patience.Token())).Should().ThrowAsync<MqttLinkException>();
        await link.DisposeAsync();
    }

    private async Task<(IMqttLink Sender, IMqttLink Receiver)> TwoLinksAsync() => (await OpenAsync("sender"), await OpenAsync("receiver"));

    private Task ReceiveAsync(MqttMessage message, CancellationToken cancellation) => NoteAsync(Encoding.UTF8.GetString(message.Payload.Span));

    private Task NoteAsync(string text)
    {
        received.Enqueue(text);
        return Task.CompletedTask;
    }

    private static Task SetAsync(TaskCompletionSource<MqttMessage> got, MqttMessage message)
    {
        got.TrySetResult(message);
        return Task.CompletedTask;
    }
}
