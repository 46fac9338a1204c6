using System.Collections.Concurrent;
using System.Text;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests.Link;

/// <summary>What the twin can do beyond a link: break at will.</summary>
public sealed class InMemoryNetworkTests : IAsyncLifetime
{
    private readonly InMemoryNetwork network = new(inboxMax: 1);
    private readonly ConcurrentQueue<string> received = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await network.DisposeAsync();

    [Fact]
    public async Task CutLink_IsNotConnected_DoesNotPublish_AndMissesMessages()
    {
        var (edge, server) = await EdgeAndServerAsync();
        network.Cut("server");
        await edge.PublishAsync(TestBench.Message("up", "missed"), Patience.Token());
        network.Cut("edge");

        edge.IsConnected.Should().BeFalse();
        await edge.Invoking(e => e.PublishAsync(TestBench.Message("up"), Patience.Token())).Should().ThrowAsync<MqttLinkException>();
        var waiting = edge.WaitUntilConnectedAsync(Patience.Token());
        waiting.IsCompleted.Should().BeFalse();

        network.Restore("edge");
        network.Restore("server");
        await waiting.WithinLimitAsync();
        await edge.PublishAsync(TestBench.Message("up", "heard"), Patience.Token());
        await Patience.UntilAsync(() => received.Count == 1);
        received.Should().Equal("heard");
        server.IsConnected.Should().BeTrue();
    }

    [Fact]
    public async Task CutBeforeTheAcknowledgement_DeliversButFails()
    {
        var (edge, _) = await EdgeAndServerAsync();
        network.CutBeforeNextAcknowledgement("edge");

        await edge.Invoking(e => e.PublishAsync(TestBench.Message("up", "twice"), Patience.Token())).Should().ThrowAsync<MqttLinkException>();
        edge.IsConnected.Should().BeFalse();
        network.Restore("edge");
        await edge.PublishAsync(TestBench.Message("up", "twice"), Patience.Token());

        await Patience.UntilAsync(() => received.Count == 2);
        received.Should().Equal("twice", "twice");
    }

    [Fact]
    public async Task HandlerThatWaits_HoldsPublishersBack_UntilTheirLinkIsCut()
    {
        var release = new TaskCompletionSource();
        var edge = network.OpenLink("edge");
        await network.OpenLink("server").SubscribeAsync("up", (_, token) => release.Task.WaitAsync(token), Patience.Token());
        var publishing = Enumerable.Range(0, 5).Select(n => edge.PublishAsync(TestBench.Message("up", $"{n}"), Patience.Token())).ToList();
        await Patience.UntilAsync(() => publishing.Count(p => p.IsCompletedSuccessfully) == 2); // One is handled, one waits in the inbox.

        network.Cut("edge");

        foreach (var held in publishing[2..])
        {
            await held.Invoking(h => h.WithinLimitAsync()).Should().ThrowAsync<MqttLinkException>();
        }

        release.SetResult();
    }

    [Fact]
    public async Task Handler_IsToldWhenItsConnectionIsCut()
    {
        var told = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        var edge = network.OpenLink("edge");
        await network.OpenLink("server").SubscribeAsync(
            "up",
            async (_, token) =>
            {
                entered.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                told.SetResult();
            },
            Patience.Token());
        await edge.PublishAsync(TestBench.Message("up"), Patience.Token());
        await entered.Task.WithinLimitAsync();

        network.Cut("server");

        await told.Task.WithinLimitAsync();
    }

    [Fact]
    public async Task Names_AreTakenOnce_AndFreeAgainAfterwards()
    {
        var link = network.OpenLink("edge");
        network.Invoking(n => n.OpenLink("edge")).Should().Throw<ArgumentException>().WithMessage("*'edge' already*");
        network.Invoking(n => n.Cut("nobody")).Should().Throw<ArgumentException>().WithMessage("*no open link 'nobody'*");
        await link.DisposeAsync();
        network.OpenLink("edge").IsConnected.Should().BeTrue();
    }

    private async Task<(IMqttLink Edge, IMqttLink Server)> EdgeAndServerAsync()
    {
        var (edge, server) = (network.OpenLink("edge"), network.OpenLink("server"));
        await server.SubscribeAsync(
            "up",
            (message, _) =>
            {
                received.Enqueue(Encoding.UTF8.GetString(message.Payload.Span));
                return Task.CompletedTask;
            },
            Patience.Token());
        return (edge, server);
    }
}
