namespace ColdChain.Mqtt.Packets;

/// <summary>UNSUBSCRIBE (§3.10).</summary>
/// <param name="PacketId">1 to 65,535.</param>
/// <param name="Filters">At least one topic filter.</param>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters) : Packet;

/// <summary>UNSUBACK (§3.11).</summary>
/// <param name="PacketId">The identifier of the UNSUBSCRIBE.</param>
public sealed record UnsubAckPacket(ushort PacketId) : Packet;
