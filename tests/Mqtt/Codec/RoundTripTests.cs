using System.Buffers;
using System.Text;
using System.Text.Json;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Link;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Mqtt.Tests.Codec;

public sealed class RoundTripTests
{
    private static readonly Gen<byte[]> Bytes = ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => bytes ?? []);

    private static readonly Gen<string> Text = ArbMap.Default.GeneratorFor<string>().Select(text => WellFormed(text ?? ""));

    private static readonly Gen<string> Topic = Text.Select(text => text.Replace('+', 'p').Replace('#', 'h')).Where(text => text.Length > 0);

    private static readonly Gen<string> Filter = Gen.Elements("#", "+", "a/b", "a/+/c", "+/+", "a/#", "/", "//", "$SYS/+");

    private static readonly Gen<ushort> PacketId = Gen.Choose(1, ushort.MaxValue).Select(id => (ushort)id);

    private static readonly Gen<QualityOfService> Qos = Gen.Elements(QualityOfService.AtMostOnce, QualityOfService.AtLeastOnce);

    private static readonly Gen<MqttMessage> Message =
        Topic.SelectMany(_ => Bytes, (topic, payload) => (topic, payload)).SelectMany(_ => Qos, (m, qos) => new MqttMessage(m.topic, m.payload, qos));

    private static readonly Gen<Packet> Any = Gen.OneOf(
        Message.SelectMany(_ => PacketId, (message, id) => Publish(message, id)).SelectMany(_ => Flags, WithFlags),
        Text.SelectMany(_ => PacketId, (id, alive) => new ConnectPacket(id, alive % 2 == 0, alive)).SelectMany(_ => Message, WithWill).SelectMany(_ => Text, WithUser),
        Gen.NonEmptyListOf(Filter.SelectMany(_ => Qos, (filter, qos) => new Subscription(filter, qos)))
            .SelectMany(_ => PacketId, (list, id) => (Packet)new SubscribePacket(id, [.. list])),
        Gen.NonEmptyListOf(Filter).SelectMany(_ => PacketId, (list, id) => (Packet)new UnsubscribePacket(id, [.. list])),
        Gen.NonEmptyListOf(Gen.Elements(Enum.GetValues<SubscribeReturnCode>())).SelectMany(_ => PacketId, (list, id) => (Packet)new SubAckPacket(id, [.. list])),
        PacketId.Select(id => (Packet)new PubAckPacket(id)),
        PacketId.Select(id => (Packet)new UnsubAckPacket(id)));

    private static Gen<int> Flags => Gen.Choose(0, 3);

    [Fact]
    public void EveryPacket_DecodesToWhatWasEncoded() =>
        Prop.ForAll(Any.ToArbitrary(), packet =>
        {
            var bytes = Some.Encode(packet);
            var decoding = Some.Decode(bytes);
            decoding.Fault.Should().BeNull();
            decoding.Consumed.Should().Be(bytes.Length);
            PacketEncoder.Size(packet).Should().Be(bytes.Length);
            AllFields(decoding.Packet!).Should().Be(AllFields(packet));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Packets_InARow_DecodeOneByOne_HoweverTheBytesAreCut() =>
        Prop.ForAll(Gen.NonEmptyListOf(Any).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (packets, cut) =>
        {
            var bytes = packets.SelectMany(Some.Encode).ToArray();
            var input = TwoPieces.Of(bytes, cut % (bytes.Length + 1));
            foreach (var packet in packets)
            {
                var decoding = PacketDecoder.Decode(input, Some.Unlimited);
                Some.Encode(decoding.Packet!).Should().Equal(Some.Encode(packet));
                input = input.Slice(decoding.Consumed);
            }

            input.IsEmpty.Should().BeTrue();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bytes_AtRandom_NeverThrow() =>
        Prop.ForAll(Bytes.ToArbitrary(), bytes =>
        {
            var decoding = Some.Decode(bytes);
            (decoding.Packet is not null ^ decoding.Fault is not null ^ decoding.NeedsMore).Should().BeTrue();
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, 2)]
    [InlineData(127 - 5, 2)]
    [InlineData(128 - 5, 3)]
    [InlineData(16_383 - 5, 3)]
    [InlineData(16_384 - 5, 4)]
    [InlineData(2_097_151 - 5, 4)]
    [InlineData(2_097_152 - 5, 5)]
    public void RemainingLength_TakesAsManyBytesAsTheSpecificationSays(int payloadBytes, int headerBytes)
    {
        var packet = new PublishPacket(new MqttMessage("a", new byte[payloadBytes]), 1);
        var bytes = Some.Encode(packet);
        bytes.Length.Should().Be(headerBytes + 5 + payloadBytes);
        Some.Decode(bytes).Packet.Should().BeOfType<PublishPacket>().Which.Message.Payload.Length.Should().Be(payloadBytes);
    }

    [Fact]
    public void Encoding_OfATextThatIsTooLong_IsRefused()
    {
        var packet = new ConnectPacket(new string('x', 65_536), true, 0);
        packet.Invoking(Some.Encode).Should().Throw<ArgumentException>().WithMessage("*65536*65535*");
    }

    // Records compare their payloads by reference; as text, all fields compare by content.
    private static string AllFields(Packet packet) => packet.GetType().Name + JsonSerializer.Serialize<object>(packet);

    private static PublishPacket Publish(MqttMessage message, ushort id) =>
        new(message, message.Qos == QualityOfService.AtLeastOnce ? id : (ushort)0);

    private static Packet WithFlags(PublishPacket packet, int flags) =>
        packet with { Dup = packet.PacketId != 0 && (flags & 1) != 0, Retain = (flags & 2) != 0 };

    private static ConnectPacket WithWill(ConnectPacket packet, MqttMessage will) =>
        packet.KeepAliveSeconds % 3 == 0 ? packet : packet with { Will = new Will(will, packet.KeepAliveSeconds % 3 == 1) };

    private static Packet WithUser(ConnectPacket packet, string user) => (packet.KeepAliveSeconds % 5) switch
    {
        0 => packet,
        1 => packet with { UserName = user },
        _ => packet with { UserName = user, Password = Encoding.UTF8.GetBytes(user) },
    };

    // FsCheck also makes lone surrogates and U+0000, which are no MQTT texts.
    private static string WellFormed(string text) =>
        string.Concat(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Where(character => !char.IsControl(character)));
}
