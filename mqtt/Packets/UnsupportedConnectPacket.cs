namespace ColdChain.Mqtt.Packets;

/// <summary>
/// A CONNECT of another version of MQTT, of which only the start was read. It is a packet and no fault, because each version wants its
/// refusal in its own form (§3.1.2.2; MQTT 5.0 §3.1.2.2).
/// </summary>
/// <param name="ProtocolName"><c>MQTT</c>, or <c>MQIsdp</c> for version 3.1.</param>
/// <param name="ProtocolLevel">3 for version 3.1, 5 for version 5.0; never <c>MQTT</c> with 4.</param>
public sealed record UnsupportedConnectPacket(string ProtocolName, byte ProtocolLevel) : Packet
{
    /// <summary>True for MQTT 5.0, which expects a CONNACK with a reason code and properties.</summary>
    public bool IsVersion5 => this is { ProtocolName: "MQTT", ProtocolLevel: 5 };
}
