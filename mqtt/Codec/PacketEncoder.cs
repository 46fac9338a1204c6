using System.Buffers;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Codec;

/// <summary>Packets to bytes.</summary>
public static class PacketEncoder
{
    // Type and at most four bytes of length.
    private const int HeaderBytesMax = 5;

    /// <summary>Appends a packet to the output.</summary>
    /// <exception cref="ArgumentException">
    /// A text is longer than 65,535 bytes of UTF-8, or the packet is larger than MQTT can express.
    /// </exception>
    public static void Encode(Packet packet, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(packet);
        ArgumentNullException.ThrowIfNull(output);
        var length = PacketSizes.BodyBytes(packet);
        var span = output.GetSpan(HeaderBytesMax + length);
        var writer = new BodyWriter(span);
        writer.Byte(FirstByte(packet));
        writer.Length(length);
        WriteBody(packet, ref writer);
        output.Advance(writer.Written);
    }

    /// <summary>The size of the whole packet, in bytes.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Encode"/>.</exception>
    public static int Size(Packet packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var length = PacketSizes.BodyBytes(packet);
        return 1 + PacketSizes.LengthBytes(length) + length;
    }

    private static byte FirstByte(Packet packet) => packet switch
    {
        ConnectPacket or UnsupportedConnectPacket => Header(PacketType.Connect),
        ConnAckPacket or ConnAck5Packet => Header(PacketType.ConnAck),
        PublishPacket publish => Header(PacketType.Publish, PublishFlags(publish)),
        PubAckPacket => Header(PacketType.PubAck),
        SubscribePacket => Header(PacketType.Subscribe, 0b0010),
        SubAckPacket => Header(PacketType.SubAck),
        UnsubscribePacket => Header(PacketType.Unsubscribe, 0b0010),
        UnsubAckPacket => Header(PacketType.UnsubAck),
        PingReqPacket => Header(PacketType.PingReq),
        PingRespPacket => Header(PacketType.PingResp),
        DisconnectPacket => Header(PacketType.Disconnect),
        _ => throw new ArgumentOutOfRangeException(nameof(packet)),
    };

    private static byte Header(PacketType type, int flags = 0) => (byte)(((int)type << 4) | flags);

    private static int PublishFlags(PublishPacket publish) =>
        (publish.Dup ? 0b1000 : 0) | ((int)publish.Message.Qos << 1) | (publish.Retain ? 1 : 0);

    private static void WriteBody(Packet packet, ref BodyWriter writer)
    {
        switch (packet)
        {
            case ConnectPacket connect:
                WriteConnect(connect, ref writer);
                break;
            case UnsupportedConnectPacket connect:
                writer.Text(connect.ProtocolName);
                writer.Byte(connect.ProtocolLevel);
                break;
            case ConnAckPacket ack:
                writer.Byte(ack.SessionPresent ? (byte)1 : (byte)0);
                writer.Byte((byte)ack.ReturnCode);
                break;
            case ConnAck5Packet ack:
                writer.Byte(0);
                writer.Byte(ack.ReasonCode);
                writer.Byte(0); // No properties.
                break;
            case PublishPacket publish:
                WritePublish(publish, ref writer);
                break;
            case PubAckPacket ack:
                writer.UInt16(ack.PacketId);
                break;
            case UnsubAckPacket ack:
                writer.UInt16(ack.PacketId);
                break;
            case SubscribePacket or SubAckPacket or UnsubscribePacket:
                WriteList(packet, ref writer);
                break;
        }
    }

    private static void WriteList(Packet packet, ref BodyWriter writer)
    {
        switch (packet)
        {
            case SubscribePacket subscribe:
                writer.UInt16(subscribe.PacketId);
                foreach (var (filter, qos) in subscribe.Subscriptions)
                {
                    writer.Text(filter);
                    writer.Byte((byte)qos);
                }

                break;
            case SubAckPacket ack:
                writer.UInt16(ack.PacketId);
                foreach (var code in ack.ReturnCodes)
                {
                    writer.Byte((byte)code);
                }

                break;
            case UnsubscribePacket unsubscribe:
                writer.UInt16(unsubscribe.PacketId);
                foreach (var filter in unsubscribe.Filters)
                {
                    writer.Text(filter);
                }

                break;
        }
    }

    private static void WritePublish(PublishPacket publish, ref BodyWriter writer)
    {
        writer.Text(publish.Message.Topic);
        if (publish.Message.Qos == QualityOfService.AtLeastOnce)
        {
            writer.UInt16(publish.PacketId);
        }

        writer.Bytes(publish.Message.Payload.Span);
    }

    private static void WriteConnect(ConnectPacket connect, ref BodyWriter writer)
    {
        writer.Text(ConnectBody.ProtocolName);
        writer.Byte(ConnectBody.ProtocolLevel);
        writer.Byte((byte)Flags(connect));
        writer.UInt16(connect.KeepAliveSeconds);
        writer.Text(connect.ClientId);
        if (connect.Will is { Message: var will })
        {
            writer.Text(will.Topic);
            writer.Binary(will.Payload.Span);
        }

        if (connect.UserName is { } userName)
        {
            writer.Text(userName);
        }

        if (connect.Password is { } password)
        {
            writer.Binary(password.Span);
        }
    }

    private static ConnectFlags Flags(ConnectPacket connect) =>
        (connect.CleanSession ? ConnectFlags.CleanSession : 0)
        | (connect.Will is null ? 0 : ConnectFlags.Will)
        | (connect.Will is { Message.Qos: QualityOfService.AtLeastOnce } ? ConnectFlags.WillQos1 : 0)
        | (connect.Will is { Retain: true } ? ConnectFlags.WillRetain : 0)
        | (connect.UserName is null ? 0 : ConnectFlags.UserName)
        | (connect.Password is null ? 0 : ConnectFlags.Password);
}
