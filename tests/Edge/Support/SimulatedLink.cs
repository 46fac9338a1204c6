using ColdChain.Mqtt.Link;

namespace ColdChain.Edge.Tests.Support;

/// <summary>How often, from 0 to 1, the way between edge and server misbehaves.</summary>
internal sealed record LinkFaults
{
    /// <summary>The connection breaks; the message may or may not have arrived.</summary>
    public double Breaks { get; init; }

    /// <summary>The broker confirms the message and forgets it.</summary>
    public double Forgets { get; init; }

    /// <summary>A message or an acknowledgement arrives twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>An acknowledgement is lost.</summary>
    public double LosesAcks { get; init; }

    /// <summary>An acknowledgement arrives after the next one.</summary>
    public double DelaysAcks { get; init; }
}

/// <summary>A link, a broker and a network in one, that misbehave by a seed. Healthy when there are no faults.</summary>
internal sealed class SimulatedLink(SimulatedServer server, LinkFaults faults, int seed = 0) : IMqttLink
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly Random _random = new(seed);
    private Func<MqttMessage, CancellationToken, Task> _onAck = (_, _) => Task.CompletedTask;
    private MqttMessage? _delayedAck;
    private TaskCompletionSource _connected = Done();

    public LinkFaults Faults { get; set; } = faults;

    public bool IsConnected => _connected.Task.IsCompleted;

    public void Cut() => _connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Restore() => _connected.TrySetResult();

    public Task WaitUntilConnectedAsync(CancellationToken cancellation) => _connected.Task.WaitAsync(cancellation);

    public Task SubscribeAsync(string topicFilter, Func<MqttMessage, CancellationToken, Task> handler, CancellationToken cancellation)
    {
        _onAck = handler;
        return Task.CompletedTask;
    }

    public async Task PublishAsync(MqttMessage message, CancellationToken cancellation)
    {
        await Task.Yield();
        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            await CarryAsync(message, cancellation);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _oneAtATime.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task CarryAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (!IsConnected)
        {
            throw new MqttLinkException("there is no connection");
        }

        var breaks = Chance(Faults.Breaks);
        if (!Chance(breaks ? 0.5 : Faults.Forgets))
        {
            for (var copies = Chance(Faults.Duplicates) ? 2 : 1; copies > 0; copies--)
            {
                await AnswerAsync(server.Receive(message), cancellation);
            }
        }

        if (breaks)
        {
            throw new MqttLinkException("the connection broke");
        }
    }

    private async Task AnswerAsync(MqttMessage? ack, CancellationToken cancellation)
    {
        if (ack is null || Chance(Faults.LosesAcks))
        {
            return;
        }

        if (Chance(Faults.DelaysAcks))
        {
            _delayedAck = ack;
            return;
        }

        await _onAck(ack, cancellation);
        if (Interlocked.Exchange(ref _delayedAck, null) is { } late)
        {
            await _onAck(late, cancellation);
        }

        if (Chance(Faults.Duplicates))
        {
            await _onAck(ack, cancellation);
        }
    }

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
