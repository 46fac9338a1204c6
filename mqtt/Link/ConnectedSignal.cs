namespace ColdChain.Mqtt.Link;

/// <summary>Whether a link is connected, and a way to wait for it.</summary>
internal sealed class ConnectedSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource connected = New();
    private bool isClosed;

    public bool IsConnected
    {
        get
        {
            lock (gate)
            {
                return connected.Task.IsCompletedSuccessfully;
            }
        }
    }

    public void Set()
    {
        lock (gate)
        {
            connected.TrySetResult(); // Without effect on a closed link.
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            if (!isClosed && connected.Task.IsCompleted)
            {
                connected = New();
            }
        }
    }

    /// <summary>The link is gone for good: whoever waits, now or later, is told.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            connected = connected.Task.IsCompleted ? New() : connected;
            connected.TrySetException(new MqttLinkException("The link is closed."));
            _ = connected.Task.Exception; // Marks it as observed: perhaps nobody waits.
        }
    }

    public Task WaitAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            return connected.Task.WaitAsync(cancellation);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
