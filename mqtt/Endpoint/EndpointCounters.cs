using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>What an endpoint has done since it started, at one moment.</summary>
/// <param name="ConnectionsOpen">Connections that are open now, including those that have not said CONNECT yet.</param>
/// <param name="ConnectionsHeldBack">Connections that are not read now, because their messages wait for a handler.</param>
/// <param name="ConnectionsAccepted">CONNECTs accepted.</param>
/// <param name="ConnectionsRefused">Connections refused: by the policy, for their certificate or version of MQTT, or because there were too many.</param>
/// <param name="MessagesReceived">Messages received from connections, wills included, that were let through.</param>
/// <param name="MessagesRefused">Messages refused by the policy; each closed its connection.</param>
/// <param name="MessagesQueued">Messages queued to connections that had subscribed.</param>
/// <param name="RetainFlagsIgnored">Messages and wills that asked to be retained; they were delivered as ordinary messages.</param>
/// <param name="ConnectionsMalformed">Connections closed because of input that is no MQTT 3.1.1, or is not offered.</param>
/// <param name="ConnectionsSlow">Connections closed because they did not read or acknowledge fast enough.</param>
public sealed record EndpointCounters(
    long ConnectionsOpen,
    long ConnectionsHeldBack,
    long ConnectionsAccepted,
    long ConnectionsRefused,
    long MessagesReceived,
    long MessagesRefused,
    long MessagesQueued,
    long RetainFlagsIgnored,
    long ConnectionsMalformed,
    long ConnectionsSlow);

/// <summary>The counting behind <see cref="EndpointCounters"/>.</summary>
internal sealed class Counters
{
    private long connectionsOpen;
    private long connectionsHeldBack;
    private long connectionsAccepted;
    private long connectionsRefused;
    private long messagesReceived;
    private long messagesRefused;
    private long messagesQueued;
    private long retainFlagsIgnored;
    private long connectionsMalformed;
    private long connectionsSlow;

    /// <summary>Counts a connection as open; returns how many there are now.</summary>
    public long ConnectionOpened() => Interlocked.Increment(ref connectionsOpen);

    public void ConnectionClosed() => Interlocked.Decrement(ref connectionsOpen);

    public void HoldBack() => Interlocked.Increment(ref connectionsHeldBack);

    public void LetGo() => Interlocked.Decrement(ref connectionsHeldBack);

    public void ConnectionAccepted() => Interlocked.Increment(ref connectionsAccepted);

    public void ConnectionRefused() => Interlocked.Increment(ref connectionsRefused);

    public void MessageReceived() => Interlocked.Increment(ref messagesReceived);

    public void MessageRefused() => Interlocked.Increment(ref messagesRefused);

    public void MessageQueued() => Interlocked.Increment(ref messagesQueued);

    public void RetainFlagIgnored() => Interlocked.Increment(ref retainFlagsIgnored);

    /// <summary>Counts the end of a connection by its cause.</summary>
    public void ConnectionEnds(MqttEventKind cause)
    {
        if (cause == MqttEventKind.Malformed)
        {
            Interlocked.Increment(ref connectionsMalformed);
        }
        else if (cause == MqttEventKind.SlowReader)
        {
            Interlocked.Increment(ref connectionsSlow);
        }
    }

    public EndpointCounters Snapshot() => new(
        Interlocked.Read(ref connectionsOpen),
        Interlocked.Read(ref connectionsHeldBack),
        Interlocked.Read(ref connectionsAccepted),
        Interlocked.Read(ref connectionsRefused),
        Interlocked.Read(ref messagesReceived),
        Interlocked.Read(ref messagesRefused),
        Interlocked.Read(ref messagesQueued),
        Interlocked.Read(ref retainFlagsIgnored),
        Interlocked.Read(ref connectionsMalformed),
        Interlocked.Read(ref connectionsSlow));
}
