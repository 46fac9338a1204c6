using System.Buffers;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Tests.Codec;

/// <summary>Sample packets and short ways to code them.</summary>
internal static class Some
{
    public const int Unlimited = int.MaxValue;

    /// <summary>At least one of every kind that can be decoded, with and without its optional parts.</summary>
    public static IReadOnlyList<Packet> Packets { get; } =
    [
        new ConnectPacket("pi-1", CleanSession: true, KeepAliveSeconds: 60),
        new ConnectPacket("", CleanSession: false, KeepAliveSeconds: 0)
        {
            UserName = "technician", Password = "s€cret"u8.ToArray(), Will = new Will(new MqttMessage("pi-1/gone", "bye"u8.ToArray()), Retain: true),
        },
        new ConnectPacket("w", CleanSession: true, 1) { UserName = "", Will = new Will(new MqttMessage("w", default, QualityOfService.AtMostOnce)) },
        new UnsupportedConnectPacket("MQTT", 5),
        new UnsupportedConnectPacket("MQIsdp", 3),
        new ConnAckPacket(SessionPresent: true, ConnectReturnCode.Accepted),
        new ConnAckPacket(SessionPresent: false, ConnectReturnCode.NotAuthorized),
        new PublishPacket(new MqttMessage("a/b", "4.2"u8.ToArray(), QualityOfService.AtMostOnce), PacketId: 0, Retain: true),
        new PublishPacket(new MqttMessage("réfrigérateur/温度/🩸", "4,2 °C"u8.ToArray()), PacketId: 65_535, Dup: true),
        new PublishPacket(new MqttMessage("long", new byte[200]), PacketId: 7),
        new PubAckPacket(1),
        new SubscribePacket(10, [new Subscription("a/+/#", QualityOfService.AtLeastOnce), new Subscription("b", QualityOfService.AtMostOnce)]),
        new SubAckPacket(10, [SubscribeReturnCode.GrantedQos1, SubscribeReturnCode.Failure, SubscribeReturnCode.GrantedQos2]),
        new UnsubscribePacket(11, ["a/+/#", "b"]),
        new UnsubAckPacket(11),
        new PingReqPacket(),
        new PingRespPacket(),
        new DisconnectPacket(),
    ];

    public static byte[] Encode(Packet packet)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PacketEncoder.Encode(packet, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public static Decoding Decode(byte[] bytes, int packetSizeMax = Unlimited) => PacketDecoder.Decode(new ReadOnlySequence<byte>(bytes), packetSizeMax);

    public static Decoding DecodeHex(string hex) => Decode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
}
