using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ColdChain.Mqtt.Endpoint;

/// <summary>Where an endpoint listens, and its limits.</summary>
public sealed record MqttEndpointOptions
{
    /// <summary>The addresses to listen on; at least one.</summary>
    public required IReadOnlyList<MqttListener> Listeners { get; init; }

    /// <summary>The largest packet accepted, in bytes; a larger one closes its connection.</summary>
    public int PacketSizeMax { get; init; } = 64 * 1024;

    /// <summary>The largest number of connections at a time; further ones are closed at once.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>The largest number of subscriptions of a connection; further ones are refused in SUBACK.</summary>
    public int SubscriptionsPerConnectionMax { get; init; } = 100;

    /// <summary>
    /// The largest number of packets that wait to be written to a connection, and of messages that it has not acknowledged, 1 to 65,535;
    /// beyond it, the connection is closed as a slow reader.
    /// </summary>
    public int OutboundMax { get; init; } = 1000;

    /// <summary>How many received messages of a connection wait for their handlers before it is no longer read.</summary>
    public int InboundMax { get; init; } = 100;

    /// <summary>How many messages wait for the handlers of a link within the process before publishers have to wait.</summary>
    public int LinkInboxMax { get; init; } = 1000;

    /// <summary>The time from the connection of the socket to the end of CONNECT, TLS included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest time that a connection which ends waits for what is queued to it to be written.</summary>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time that stopping the endpoint waits for connections and handlers.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(5);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfZero(Listeners.Count, nameof(Listeners));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(PacketSizeMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ConnectionsMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(OutboundMax);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(OutboundMax, ushort.MaxValue); // The number of packet identifiers.
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(InboundMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LinkInboxMax);
    }
}

/// <summary>An address to listen on.</summary>
/// <param name="Address">The address; port 0 takes a free one.</param>
/// <param name="Tls">TLS, or null for plain TCP.</param>
public sealed record MqttListener(IPEndPoint Address, MqttListenerTls? Tls = null);

/// <summary>The TLS of a listener. The versions are those that the operating system allows.</summary>
public sealed record MqttListenerTls
{
    /// <summary>The endpoint's certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>
    /// The roots that client certificates must lead to. Empty: none is asked for. Revocation is not checked: refuse a lost device in the
    /// policy.
    /// </summary>
    public IReadOnlyList<X509Certificate2> ClientRoots { get; init; } = [];

    /// <summary>True when a client without a certificate is refused; needs <see cref="ClientRoots"/>.</summary>
    public bool RequireClientCertificate { get; init; }
}
