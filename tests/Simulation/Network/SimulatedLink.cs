using ColdChain.Mqtt.Link;
using ColdChain.Simulation.Tests.Clockwork;

namespace ColdChain.Simulation.Tests.Network;

/// <summary>A link of a process to the simulated broker: the third implementation of what the product sees of MQTT.</summary>
internal sealed class SimulatedLink(Broker broker, SimulatedProcess process, string client) : IMqttLink
{
    private readonly List<(string Filter, Func<MqttMessage, CancellationToken, Task> Handler)> _handlers = [];
    private readonly List<TaskCompletionSource> _unconfirmed = [];
    private TaskCompletionSource _connected = new();
    private CancellationTokenSource _connection = new();
    private bool _isHandling;

    public string Client => client;

    public bool IsConnected => _connected.Task.IsCompleted;

    public bool IsAlive => process.IsAlive;

    /// <summary>The connection that is up, or was the last one.</summary>
    public object Connection => _connection;

    /// <summary>Told when it is connected, and when it is not any more.</summary>
    public Action<bool> Changed { get; set; } = _ => { };

    /// <summary>The most messages that were ever handed over and not confirmed.</summary>
    public int UnconfirmedMost { get; private set; }

    public Task WaitUntilConnectedAsync(CancellationToken cancellation) => _connected.Task.WaitAsync(cancellation);

    public Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation)
    {
        _handlers.Add((topicFilter, handler));
        broker.Subscribe(this, topicFilter);
        return Task.CompletedTask;
    }

    public Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!process.IsAlive)
        {
            throw new ProcessKilledException();
        }

        if (!IsConnected)
        {
            throw new MqttLinkException("There is no connection.");
        }

        var done = new TaskCompletionSource();
        _unconfirmed.Add(done);
        UnconfirmedMost = Math.Max(UnconfirmedMost, _unconfirmed.Count);
        cancellation.Register(() =>
        {
            _unconfirmed.Remove(done);
            done.TrySetCanceled(cancellation);
        });
        broker.Carry(this, message, () =>
        {
            if (_unconfirmed.Remove(done))
            {
                done.TrySetResult();
            }
        });
        return done.Task;
    }

    /// <summary>Hands a message to whoever subscribed to it; tells when all have dealt with it.</summary>
    public void Handle(MqttMessage message, Action handled)
    {
        _isHandling = true;
        process.Start(() => HandleAsync(message, _connection.Token), error =>
        {
            _isHandling = false;
            if (error is not null and not OperationCanceledException)
            {
                process.Tell($"a handler failed on {message.Topic}: {error.Message}");
            }

            handled();
        });
    }

    /// <summary>Makes the connection; false while a handler of the one before has not returned.</summary>
    public bool Connect()
    {
        if (_isHandling || !process.IsAlive)
        {
            return false;
        }

        _connection = new CancellationTokenSource();
        _connected.TrySetResult();
        Changed(true);
        return true;
    }

    /// <summary>Breaks the connection.</summary>
    public void Break()
    {
        var wasConnected = IsConnected;
        _connected = IsConnected ? new TaskCompletionSource() : _connected;
        if (!process.IsAlive)
        {
            return;
        }

        if (wasConnected)
        {
            Changed(false);
        }

        _connection.Cancel();
        foreach (var done in _unconfirmed.ToList())
        {
            done.TrySetException(new MqttLinkException("The connection broke."));
            _ = done.Task.Exception; // Perhaps nobody waits for it.
        }

        _unconfirmed.Clear();
    }

    public ValueTask DisposeAsync()
    {
        Break();
        return ValueTask.CompletedTask;
    }

    private async Task HandleAsync(MqttMessage message, CancellationToken cancellation)
    {
        foreach (var (filter, handler) in _handlers.ToList())
        {
            if (Broker.Matches(filter, message.Topic))
            {
                await handler(message, cancellation);
            }
        }
    }

}
