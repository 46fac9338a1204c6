using System.Threading.Channels;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Routing;

/// <summary>
/// A link without a socket: it publishes into a router and subscribes to it. Messages wait in a bounded inbox; one loop hands them to the
/// handlers.
/// </summary>
internal sealed class LocalLink : IMqttLink, ISubscriber
{
    private readonly Router router;
    private readonly int packetSizeMax;
    private readonly HandlerTable handlers;
    private readonly ConnectedSignal connected = new();
    private readonly Channel<Delivery> inbox;
    private readonly Task handling;
    private readonly Lock gate = new();
    private CancellationTokenSource connection = new();
    private bool isDisposed;

    public LocalLink(string name, Router router, int packetSizeMax, int inboxMax, Action<MqttEvent> observer)
    {
        (this.router, this.packetSizeMax) = (router, packetSizeMax);
        handlers = new HandlerTable(name, observer);
        inbox = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(inboxMax) { SingleReader = true });
        connected.Set();
        handling = Task.Run(HandleInboxAsync);
    }

    public bool IsConnected => connected.IsConnected;

    public Task WaitUntilConnectedAsync(CancellationToken cancellation) => connected.WaitAsync(cancellation);

    public async Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        MessageRules.Check(message, packetSizeMax);
        var broken = ConnectionToken();
        if (broken.IsCancellationRequested)
        {
            throw new MqttLinkException("The link is not connected.");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(broken, cancellation);
        try
        {
            await router.RouteAsync(message, DeliveryWait.Accepted, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new MqttLinkException("The link broke before the message was acknowledged.");
        }
    }

    public Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation)
    {
        MessageRules.CheckFilter(topicFilter);
        ArgumentNullException.ThrowIfNull(handler);
        lock (gate)
        {
            if (isDisposed)
            {
                throw new MqttLinkException("The link is closed.");
            }

            handlers.Add(topicFilter, handler);
            if (IsConnected)
            {
                router.Subscribe(topicFilter, this, QualityOfService.AtLeastOnce);
            }
        }

        return Task.CompletedTask;
    }

    public async ValueTask DeliverAsync(MqttMessage message, DeliveryWait wait, CancellationToken cancellation)
    {
        var handled = wait == DeliveryWait.Handled ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        try
        {
            await inbox.Writer.WriteAsync(new Delivery(message, handled, ConnectionToken()), cancellation);
        }
        catch (ChannelClosedException)
        {
            // Who waits for room only has nothing to learn from a subscriber that is gone.
            handled?.TrySetException(WentAway());
        }

        if (handled is not null)
        {
            await handled.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Breaks the connection: what waits in the inbox is lost, and nothing arrives or leaves until <see cref="Connect"/>.
    /// </summary>
    public void Disconnect()
    {
        CancellationTokenSource broken;
        lock (gate)
        {
            connected.Reset();
            foreach (var filter in handlers.Filters)
            {
                router.Unsubscribe(filter, this);
            }

            broken = connection;
        }

        broken.Cancel(); // Outside the lock: it runs what waits for it.
    }

    /// <summary>Makes the connection, and the subscriptions with it.</summary>
    public void Connect()
    {
        lock (gate)
        {
            if (isDisposed || IsConnected)
            {
                return;
            }

            connection = new CancellationTokenSource();
            foreach (var filter in handlers.Filters)
            {
                router.Subscribe(filter, this, QualityOfService.AtLeastOnce);
            }

            connected.Set();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isDisposed = true;
        }

        Disconnect();
        connected.Close();
        inbox.Writer.TryComplete();
        await handling;
    }

    private static MqttLinkException WentAway() => new("The subscriber closed its link before it handled the message.");

    private CancellationToken ConnectionToken()
    {
        lock (gate)
        {
            return connection.Token;
        }
    }

    private async Task HandleInboxAsync()
    {
        await foreach (var (message, handled, broken) in inbox.Reader.ReadAllAsync())
        {
            try
            {
                broken.ThrowIfCancellationRequested();
                await handlers.HandleAsync(message, broken);
                handled?.TrySetResult();
            }
            catch (OperationCanceledException)
            {
                handled?.TrySetException(WentAway());
            }
        }
    }

    /// <param name="Message">What to hand over.</param>
    /// <param name="Handled">Told when it was handled; null when nobody waits.</param>
    /// <param name="Broken">Cancelled when the connection over which it came is gone.</param>
    private readonly record struct Delivery(MqttMessage Message, TaskCompletionSource? Handled, CancellationToken Broken);
}
