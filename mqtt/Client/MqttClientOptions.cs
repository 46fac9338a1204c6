using System.Security.Cryptography.X509Certificates;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Client;

/// <summary>Where a client connects, as whom, and its limits.</summary>
public sealed record MqttClientOptions
{
    /// <summary>The host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The port: usually 1883, or 8883 with TLS.</summary>
    public required int Port { get; init; }

    /// <summary>The client identifier; a second connection with the same one closes the first.</summary>
    public required string ClientId { get; init; }

    /// <summary>The user name; null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The password; null for none. Needs a user name.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>What the other side publishes when this client goes without saying so; null for nothing.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>TLS; null for plain TCP.</summary>
    public MqttClientTls? Tls { get; init; }

    /// <summary>
    /// The longest silence before the other side gives the client up; whole seconds from 1 s to 65,535 s. A ping is sent after half of it.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time for the connection to be made, TLS and CONNACK included.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The longest time for the answer to a PINGREQ, SUBSCRIBE or UNSUBSCRIBE. A PUBACK may take any time: it is withheld to hold back.
    /// </summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The largest packet sent or accepted, in bytes.</summary>
    public int PacketSizeMax { get; init; } = 64 * 1024;

    /// <summary>The largest number of own messages without a PUBACK, 1 to 65,535; publishing waits beyond it.</summary>
    public int InFlightMax { get; init; } = 64;

    /// <summary>How many received messages wait for the handler before the connection is no longer read.</summary>
    public int InboundMax { get; init; } = 1000;
}

/// <summary>The TLS of a client. The versions are those that the operating system allows.</summary>
public sealed record MqttClientTls
{
    /// <summary>The name that the other side's certificate must carry; null for the host of the connection.</summary>
    public string? ServerName { get; init; }

    /// <summary>The roots that the other side's certificate must lead to; empty for those of the operating system.</summary>
    public IReadOnlyList<X509Certificate2> Roots { get; init; } = [];

    /// <summary>The client's certificate with its private key; null for none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }
}
