using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors;

namespace ColdChain.Edge.Configuration;

/// <summary>The configuration of an agent, checked.</summary>
/// <param name="Device">The device's name, as in its topics.</param>
/// <param name="Broker">Where the readings go.</param>
/// <param name="OutboxPath">The outbox's file.</param>
/// <param name="Retention">How long acknowledged rows stay.</param>
/// <param name="Sources">Makes the source of each probe.</param>
internal sealed record EdgeConfig(
    DeviceId Device, BrokerConfig Broker, string OutboxPath, TimeSpan Retention, IReadOnlyList<SourceFactory> Sources);

/// <summary>Where the readings go.</summary>
/// <param name="Host">Name or address of the broker, or of the server's own endpoint.</param>
/// <param name="Port">Its port.</param>
/// <param name="User">The user name; null for none.</param>
/// <param name="Password">The password, from its file; null for none.</param>
/// <param name="Tls">Whether the connection is encrypted.</param>
/// <param name="CaFile">The certificate authority that the broker's certificate must come from; null for the system's.</param>
internal sealed record BrokerConfig(string Host, int Port, string? User, string? Password, bool Tls, string? CaFile);
