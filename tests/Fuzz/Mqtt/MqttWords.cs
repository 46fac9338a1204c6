using System.Buffers;
using System.Text;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Fuzz.Tests.Mqtt;

/// <summary>Whole packets and pieces of them.</summary>
internal static class MqttWords
{
    public const string Device = "pi-7";
    public const string Secret = "secret";

    private static readonly Packet[] Packets =
    [
        new ConnectPacket(Device, CleanSession: true, KeepAliveSeconds: 60) { UserName = Device, Password = Encoding.UTF8.GetBytes(Secret) },
        new ConnAckPacket(SessionPresent: false, ConnectReturnCode.Accepted),
        new PublishPacket(new MqttMessage($"coldchain/v1/{Device}/up/live", "[]"u8.ToArray()), PacketId: 7),
        new PublishPacket(new MqttMessage($"coldchain/v1/{Device}/down/ack", "{}"u8.ToArray(), QualityOfService.AtMostOnce), PacketId: 0),
        new PubAckPacket(1),
        new SubscribePacket(2, [new Subscription($"coldchain/v1/{Device}/down/#", QualityOfService.AtLeastOnce)]),
        new SubAckPacket(1, [SubscribeReturnCode.GrantedQos1]),
        new UnsubscribePacket(3, [$"coldchain/v1/{Device}/down/#"]),
        new UnsubAckPacket(2),
        new PingReqPacket(),
        new PingRespPacket(),
        new DisconnectPacket(),
    ];

    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. Packets.Select(Encode),
        .. new[] { "MQTT", "MQIsdp", "#", "+", "/", "$share/", "$SYS/", "coldchain/v1/", Device, "/up/live", "/up/status", "/down/ack", "\u0001", "\r\n", "\u20ac" }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFF, 0xFF, 0x7F],
        [0xFF, 0xFF, 0xFF, 0xFF],
        [0x80, 0x00],
        [0xFF, 0xFF],
        [0xED, 0xA0, 0x80],
    ];

    public static byte[] Encode(Packet packet)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PacketEncoder.Encode(packet, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
