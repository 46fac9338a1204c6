namespace ColdChain.Mqtt.Packets;

/// <summary>PINGREQ (§3.12).</summary>
public sealed record PingReqPacket : Packet;

/// <summary>PINGRESP (§3.13).</summary>
public sealed record PingRespPacket : Packet;

/// <summary>DISCONNECT (§3.14).</summary>
public sealed record DisconnectPacket : Packet;
