using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Mqtt.Topics;

namespace ColdChain.Mqtt.Codec;

/// <summary>Reads the body of each kind of packet. Faults are left in the reader.</summary>
internal static class PacketBodies
{
    private const byte SessionPresentBit = 0x01;

    /// <summary>The packet, or null with a fault in the reader. A packet may be returned together with a fault; the fault counts.</summary>
    public static Packet? Read(PacketType type, int flags, ref BodyReader reader) => type switch
    {
        PacketType.Connect => ConnectBody.Read(ref reader),
        PacketType.ConnAck => ReadConnAck(ref reader),
        PacketType.Publish => ReadPublish(flags, ref reader),
        PacketType.PubAck => new PubAckPacket(reader.PacketId()),
        PacketType.Subscribe => ReadSubscribe(ref reader),
        PacketType.SubAck => ReadSubAck(ref reader),
        PacketType.Unsubscribe => ReadUnsubscribe(ref reader),
        PacketType.UnsubAck => new UnsubAckPacket(reader.PacketId()),
        PacketType.PingReq => new PingReqPacket(),
        PacketType.PingResp => new PingRespPacket(),
        PacketType.Disconnect => new DisconnectPacket(),
        _ => Unknown(type, ref reader),
    };

    /// <summary>A topic name that follows the rules of §4.7.</summary>
    public static string ReadTopicName(ref BodyReader reader, string field)
    {
        var name = reader.Text(field);
        if (reader.Fault is null && TopicName.Fault(name) is { } fault)
        {
            reader.Fail(fault);
        }

        return name;
    }

    private static PublishPacket ReadPublish(int flags, ref BodyReader reader)
    {
        var qos = (QualityOfService)((flags >> 1) & 0b11);
        var topic = ReadTopicName(ref reader, "topic name");
        var packetId = qos == QualityOfService.AtLeastOnce ? reader.PacketId() : (ushort)0;
        var message = new MqttMessage(topic, reader.Remainder(), qos);
        return new PublishPacket(message, packetId, Dup: (flags & 0b1000) != 0, Retain: (flags & 1) != 0);
    }

    private static ConnAckPacket ReadConnAck(ref BodyReader reader)
    {
        var (flags, code) = (reader.Byte("acknowledge flags"), (ConnectReturnCode)reader.Byte("return code"));
        if ((flags & ~SessionPresentBit) != 0)
        {
            reader.Fail("the reserved acknowledge flags of CONNACK are not 0");
        }
        else if (code > ConnectReturnCode.NotAuthorized)
        {
            reader.Fail($"the return code {(byte)code} of CONNACK does not exist");
        }
        else if (flags != 0 && code != ConnectReturnCode.Accepted)
        {
            reader.Fail("CONNACK refuses and claims a session at the same time");
        }

        return new ConnAckPacket(flags != 0, code);
    }

    private static SubscribePacket ReadSubscribe(ref BodyReader reader)
    {
        var packetId = reader.PacketId();
        var subscriptions = new List<Subscription>();
        do
        {
            var filter = ReadTopicFilter(ref reader);
            subscriptions.Add(new Subscription(filter, ReadRequestedQos(ref reader)));
        }
        while (!reader.AtEnd);
        return new SubscribePacket(packetId, subscriptions);
    }

    private static QualityOfService ReadRequestedQos(ref BodyReader reader)
    {
        var qos = reader.Byte("requested quality of service");
        if (qos > 2)
        {
            reader.Fail($"the requested quality of service {qos} does not exist");
        }

        return (QualityOfService)Math.Min(qos, (byte)QualityOfService.AtLeastOnce);
    }

    private static SubAckPacket ReadSubAck(ref BodyReader reader)
    {
        var packetId = reader.PacketId();
        var codes = new List<SubscribeReturnCode>();
        do
        {
            var code = (SubscribeReturnCode)reader.Byte("return code");
            if (!Enum.IsDefined(code))
            {
                reader.Fail($"the return code {(byte)code} of SUBACK does not exist");
            }

            codes.Add(code);
        }
        while (!reader.AtEnd);
        return new SubAckPacket(packetId, codes);
    }

    private static UnsubscribePacket ReadUnsubscribe(ref BodyReader reader)
    {
        var packetId = reader.PacketId();
        var filters = new List<string>();
        do
        {
            filters.Add(ReadTopicFilter(ref reader));
        }
        while (!reader.AtEnd);
        return new UnsubscribePacket(packetId, filters);
    }

    private static string ReadTopicFilter(ref BodyReader reader)
    {
        var filter = reader.Text("topic filter");
        if (reader.Fault is null && TopicFilter.Fault(filter) is { } fault)
        {
            reader.Fail(fault);
        }

        return filter;
    }

    private static Packet? Unknown(PacketType type, ref BodyReader reader)
    {
        reader.Fail($"packet type {type} is not offered");
        return null;
    }
}
