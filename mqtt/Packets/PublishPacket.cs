using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Packets;

/// <summary>PUBLISH (§3.3).</summary>
/// <param name="Message">Topic, payload and quality of service.</param>
/// <param name="PacketId">1 to 65,535 with quality of service 1; 0 with quality of service 0, where the field is absent.</param>
/// <param name="Dup">True when this may have been sent before; never with quality of service 0.</param>
/// <param name="Retain">The retain flag.</param>
public sealed record PublishPacket(MqttMessage Message, ushort PacketId, bool Dup = false, bool Retain = false) : Packet;

/// <summary>PUBACK (§3.4).</summary>
/// <param name="PacketId">The identifier of the acknowledged PUBLISH.</param>
public sealed record PubAckPacket(ushort PacketId) : Packet;
