using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Client;

/// <summary>A link over TCP or TLS. It connects, and connects again after a pause, until it is disposed.</summary>
public sealed class ReconnectingLink : IMqttLink
{
    private readonly MqttClientOptions options;
    private readonly Action<MqttEvent> observer;
    private readonly TimeProvider time;
    private readonly TimeSpan pauseMax;
    private readonly Backoff backoff;
    private readonly HandlerTable handlers;
    private readonly ConnectedSignal connected = new();
    private readonly CancellationTokenSource closing = new();

    // Held while subscriptions are made, so that none falls between a new connection's list and its being announced.
    private readonly SemaphoreSlim subscribing = new(1, 1);
    private readonly Task running;
    private volatile MqttClient? current;

    private ReconnectingLink(
        MqttClientOptions options, ReconnectOptions reconnect, Action<MqttEvent> observer, TimeProvider time, Random random)
    {
        (this.options, this.observer, this.time, pauseMax) = (options, observer, time, reconnect.PauseMax);
        backoff = new Backoff(reconnect.FirstPause, reconnect.PauseMax, random);
        handlers = new HandlerTable(options.ClientId, observer);
        running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public bool IsConnected => connected.IsConnected;

    /// <summary>Starts to connect, and returns at once.</summary>
    /// <param name="options">Where to, as whom, and the limits.</param>
    /// <param name="reconnect">The pauses between attempts.</param>
    /// <param name="observer">Called for every event; see <see cref="MqttEvent"/>.</param>
    /// <param name="time">The clock of pauses and time limits.</param>
    /// <param name="random">Spreads the pauses; the link is its only user.</param>
    /// <exception cref="ArgumentException">The options contradict MQTT; see <see cref="MqttClient.ConnectAsync"/>.</exception>
    public static ReconnectingLink Start(
        MqttClientOptions options, ReconnectOptions reconnect, Action<MqttEvent> observer, TimeProvider time, Random random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reconnect);
        MqttClient.ConnectPacketOf(options); // What can never connect is refused now, and not tried for ever.
        return new ReconnectingLink(options, reconnect, observer, time, random);
    }

    /// <inheritdoc/>
    public Task WaitUntilConnectedAsync(CancellationToken cancellation) => connected.WaitAsync(cancellation);

    /// <inheritdoc/>
    public Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        MessageRules.Check(message, options.PacketSizeMax);
        return current is { } client
            ? client.PublishAsync(message, cancellation)
            : Task.FromException(new MqttLinkException($"There is no connection to {options.Host}:{options.Port} at the moment."));
    }

    /// <inheritdoc/>
    public async Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation)
    {
        MessageRules.CheckFilter(topicFilter);
        ArgumentNullException.ThrowIfNull(handler);
        await subscribing.WaitAsync(cancellation);
        try
        {
            if (closing.IsCancellationRequested)
            {
                throw new MqttLinkException("The link is closed.");
            }

            var added = handlers.Add(topicFilter, handler);
            if (current is { } client && await IsRefusedAsync(client, topicFilter, cancellation))
            {
                handlers.Remove(added);
                throw new MqttLinkException(Refusal(topicFilter));
            }
        }
        finally
        {
            subscribing.Release();
        }
    }

    /// <summary>Ends the connection in an orderly way, and stops connecting.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        connected.Close();
        await running;
    }

    private async Task RunAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                await ConnectOnceAsync();
                await Task.Delay(backoff.Next(), time, closing.Token);
            }
            catch (OperationCanceledException) when (closing.IsCancellationRequested)
            {
                // Disposed.
            }
        }
    }

    private async Task ConnectOnceAsync()
    {
        try
        {
            await using var client = await MqttClient.ConnectAsync(options, handlers.HandleAsync, time, closing.Token);
            await ServeAsync(client);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            observer(new MqttEvent(MqttEventKind.ConnectFailed, e is MqttLinkException ? e.Message : $"unexpected: {e}"));
        }
    }

    private async Task ServeAsync(MqttClient client)
    {
        var since = time.GetTimestamp();
        try
        {
            await AnnounceAsync(client);
            observer(new MqttEvent(MqttEventKind.Connected, $"Connected to {options.Host}:{options.Port} as '{options.ClientId}'."));
            var reason = await client.Closed.WaitAsync(closing.Token);
            observer(new MqttEvent(MqttEventKind.Lost, $"The connection to {options.Host}:{options.Port} is lost: {reason}."));
        }
        finally
        {
            current = null;
            connected.Reset();
            if (time.GetElapsedTime(since) >= pauseMax)
            {
                backoff.Reset();
            }
        }
    }

    // Subscribes before anybody learns of the connection: what follows from a publish is not missed.
    private async Task AnnounceAsync(MqttClient client)
    {
        await subscribing.WaitAsync(closing.Token);
        try
        {
            foreach (var filter in handlers.Filters)
            {
                if (!await client.SubscribeAsync(filter, closing.Token))
                {
                    observer(new MqttEvent(MqttEventKind.SubscriptionRefused, Refusal(filter)));
                }
            }

            current = client;
            connected.Set();
        }
        finally
        {
            subscribing.Release();
        }
    }

    private string Refusal(string filter) => $"The subscription to '{filter}' was refused: check what '{options.ClientId}' may read.";

    // A connection that breaks meanwhile has refused nothing: the next one will be asked.
    private static async Task<bool> IsRefusedAsync(MqttClient client, string topicFilter, CancellationToken cancellation)
    {
        try
        {
            return !await client.SubscribeAsync(topicFilter, cancellation);
        }
        catch (MqttLinkException)
        {
            return false;
        }
    }
}
