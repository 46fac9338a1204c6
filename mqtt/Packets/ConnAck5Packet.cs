namespace ColdChain.Mqtt.Packets;

/// <summary>
/// The CONNACK of MQTT 5.0 without properties; written only to refuse a client of that version in words that it understands.
/// </summary>
/// <param name="ReasonCode">The reason, for example <see cref="UnsupportedProtocolVersion"/>.</param>
public sealed record ConnAck5Packet(byte ReasonCode) : Packet
{
    /// <summary>"Unsupported Protocol Version" (MQTT 5.0 §3.2.2.2).</summary>
    public const byte UnsupportedProtocolVersion = 0x84;
}
