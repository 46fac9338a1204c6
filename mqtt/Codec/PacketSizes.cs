using System.Text;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Codec;

/// <summary>How many bytes a packet will take: the remaining length stands before the body (§2.2.3).</summary>
internal static class PacketSizes
{
    private const int FieldBytesMax = ushort.MaxValue;

    /// <summary>The remaining length.</summary>
    public static int BodyBytes(Packet packet)
    {
        long bytes = packet switch
        {
            ConnectPacket connect => ConnectBytes(connect),
            UnsupportedConnectPacket connect => TextBytes(connect.ProtocolName) + 1,
            ConnAckPacket or PubAckPacket or UnsubAckPacket => 2,
            ConnAck5Packet => 3,
            PublishPacket publish => PublishBytes(publish),
            SubscribePacket subscribe => 2 + subscribe.Subscriptions.Sum(s => (long)TextBytes(s.Filter) + 1),
            SubAckPacket ack => 2 + ack.ReturnCodes.Count,
            UnsubscribePacket unsubscribe => 2 + unsubscribe.Filters.Sum(filter => (long)TextBytes(filter)),
            _ => 0,
        };
        return bytes <= PacketDecoder.RemainingLengthMax
            ? (int)bytes
            : throw new ArgumentException($"A packet of {bytes} bytes is larger than MQTT allows ({PacketDecoder.RemainingLengthMax}).");
    }

    /// <summary>The number of bytes that a remaining length takes.</summary>
    public static int LengthBytes(int length) => length switch
    {
        < 1 << 7 => 1,
        < 1 << 14 => 2,
        < 1 << 21 => 3,
        _ => 4,
    };

    private static long PublishBytes(PublishPacket publish)
    {
        var idBytes = publish.Message.Qos == QualityOfService.AtLeastOnce ? 2 : 0;
        return (long)TextBytes(publish.Message.Topic) + idBytes + publish.Message.Payload.Length;
    }

    private static int ConnectBytes(ConnectPacket connect)
    {
        const int levelFlagsKeepAlive = 4;
        var bytes = TextBytes(ConnectBody.ProtocolName) + levelFlagsKeepAlive + TextBytes(connect.ClientId);
        bytes += connect.Will is { Message: var will } ? TextBytes(will.Topic) + BinaryBytes(will.Payload) : 0;
        bytes += connect.UserName is { } userName ? TextBytes(userName) : 0;
        bytes += connect.Password is { } password ? BinaryBytes(password) : 0;
        return bytes;
    }

    private static int TextBytes(string text) => FieldBytes(Encoding.UTF8.GetByteCount(text));

    private static int BinaryBytes(ReadOnlyMemory<byte> bytes) => FieldBytes(bytes.Length);

    private static int FieldBytes(int length) => length <= FieldBytesMax
        ? 2 + length
        : throw new ArgumentException($"A field of {length} bytes is longer than MQTT allows ({FieldBytesMax}).");
}
