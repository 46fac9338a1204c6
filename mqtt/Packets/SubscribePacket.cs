using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Packets;

/// <summary>SUBSCRIBE (§3.8).</summary>
/// <param name="PacketId">1 to 65,535.</param>
/// <param name="Subscriptions">At least one.</param>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<Subscription> Subscriptions) : Packet;

/// <summary>One topic filter of a SUBSCRIBE.</summary>
/// <param name="Filter">The topic filter.</param>
/// <param name="Qos">The highest quality of service wanted. A request for 2 is read as 1, which is what will be granted.</param>
public readonly record struct Subscription(string Filter, QualityOfService Qos);

/// <summary>SUBACK (§3.9).</summary>
/// <param name="PacketId">The identifier of the SUBSCRIBE.</param>
/// <param name="ReturnCodes">One for each of its subscriptions, in their order.</param>
public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<SubscribeReturnCode> ReturnCodes) : Packet;

/// <summary>The return codes of SUBACK (§3.9.3).</summary>
public enum SubscribeReturnCode : byte
{
    /// <summary>Granted at quality of service 0.</summary>
    GrantedQos0 = 0x00,

    /// <summary>Granted at quality of service 1.</summary>
    GrantedQos1 = 0x01,

    /// <summary>Granted at quality of service 2; only other brokers say so.</summary>
    GrantedQos2 = 0x02,

    /// <summary>Refused.</summary>
    Failure = 0x80,
}
