using System.Buffers;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Packets;
using ColdChain.Tests.Shared;

namespace ColdChain.Mqtt.Tests.Codec;

/// <summary>Whatever arrives, the decoder answers: a packet, a reason, or "more". It never throws.</summary>
public sealed class BrokenInputTests
{
    [Fact]
    public void EveryPacket_CutAtEveryByte_AsksForMore()
    {
        foreach (var bytes in Some.Packets.Select(Some.Encode))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                Some.Decode(bytes[..length]).NeedsMore.Should().BeTrue("{0} of {1} bytes are no packet yet", length, Convert.ToHexString(bytes));
            }
        }
    }

    [Fact]
    public void EveryPacket_WhoseLengthSaysThatItEndsEarlier_IsMalformedOrStillWhole()
    {
        // The cut is inside the body, and the remaining length agrees with it: only the fields can tell.
        foreach (var packet in Some.Packets)
        {
            var bytes = Some.Encode(packet);
            var headerBytes = bytes.Length > 129 ? 3 : 2;
            for (var length = 0; length < Math.Min(bytes.Length - headerBytes, 128); length++)
            {
                byte[] cut = [bytes[0], (byte)length, .. bytes[headerBytes..(headerBytes + length)]];
                var decoding = Some.Decode(cut);
                decoding.NeedsMore.Should().BeFalse();
                (decoding.Fault is not null || MayEndEarly(packet)).Should().BeTrue("{0} is cut short", Convert.ToHexString(cut));
            }
        }
    }

    [Fact]
    public void EveryPacket_WithAByteAppended_IsMalformedOrLongerByThatByte()
    {
        foreach (var packet in Some.Packets.Where(packet => Some.Encode(packet).Length < 127))
        {
            var bytes = Some.Encode(packet);
            byte[] longer = [bytes[0], (byte)(bytes[1] + 1), .. bytes[2..], 0x00];
            var decoding = Some.Decode(longer);
            decoding.NeedsMore.Should().BeFalse();
            (decoding.Fault is not null || MayEndEarly(packet)).Should().BeTrue("{0} has a byte too many", Convert.ToHexString(longer));
        }
    }

    [Fact]
    public void EveryPacket_WithAnyByteChangedToAnything_IsAnsweredWithoutAnException()
    {
        foreach (var original in Some.Packets.Select(Some.Encode).Where(bytes => bytes.Length < 100))
        {
            for (var at = 0; at < original.Length; at++)
            {
                for (var value = 0; value <= byte.MaxValue; value++)
                {
                    var bytes = original.ToArray();
                    bytes[at] = (byte)value;
                    var decoding = PacketDecoder.Decode(TwoPieces.Of(bytes, at), 1000);
                    var answers = (decoding.Packet is null ? 0 : 1) + (decoding.Fault is null ? 0 : 1) + (decoding.NeedsMore ? 1 : 0);
                    answers.Should().Be(1);
                }
            }
        }
    }

    [Theory]
    [InlineData("00 00", "packet type 0")]
    [InlineData("F0 00", "packet type 15")]
    [InlineData("50 02 0001", "quality of service 2")]
    [InlineData("62 02 0001", "quality of service 2")]
    [InlineData("70 02 0001", "quality of service 2")]
    [InlineData("34 05 0001 61 0001", "quality of service 2")]
    [InlineData("36 05 0001 61 0001", "both bits")]
    [InlineData("38 03 0001 61", "DUP")]
    [InlineData("C1 00", "reserved flags")]
    [InlineData("80 06 0001 0001 61 01", "reserved flags")]
    [InlineData("A0 05 0001 0001 61", "reserved flags")]
    [InlineData("C0 FF FF FF FF 01", "four bytes")]
    [InlineData("C0 FF FF FF 80", "four bytes")]
    [InlineData("C0 01 00", "left over")]
    [InlineData("32 05 0001 61 0000", "identifier is 0")]
    [InlineData("82 06 0000 0001 61 01", "identifier is 0")]
    [InlineData("40 02 0000", "identifier is 0")]
    [InlineData("30 02 0000", "the topic is empty")]
    [InlineData("30 03 0001 23", "wildcard")]
    [InlineData("30 03 0001 2B", "wildcard")]
    [InlineData("30 03 0001 00", "U+0000")]
    [InlineData("30 04 0002 610A", "the topic name contains a control character")]
    [InlineData("30 05 0003 61C285", "the topic name contains a control character")]
    [InlineData("82 06 0001 0001 7F 01", "the topic filter contains a control character")]
    [InlineData("10 0D 0004 4D515454 04 02 0000 0001 1B", "the client identifier contains a control character")]
    [InlineData("10 10 0004 4D515454 04 82 0000 0001 61 0001 0D", "the user name contains a control character")]
    [InlineData("30 04 0002 C080", "UTF-8")]
    [InlineData("30 05 0003 EDA080", "UTF-8")]
    [InlineData("30 03 0001 FF", "UTF-8")]
    [InlineData("30 06 0004 F4908080", "UTF-8")]
    [InlineData("30 03 0005 61", "within the topic name")]
    [InlineData("82 02 0001", "within the topic filter")]
    [InlineData("82 05 0001 0001 61", "within the requested quality")]
    [InlineData("82 06 0001 0001 61 03", "requested quality of service 3")]
    [InlineData("82 08 0001 0003 612F23 04", "requested quality of service 4")]
    [InlineData("82 09 0001 0004 2361 2F62 00", "wildcard")]
    [InlineData("A2 02 0001", "within the topic filter")]
    [InlineData("90 03 0001 03", "return code 3")]
    [InlineData("90 02 0001", "within the return code")]
    [InlineData("20 02 0200", "reserved acknowledge flags")]
    [InlineData("20 02 0006", "return code 6")]
    [InlineData("20 02 0105", "claims a session")]
    [InlineData("10 0A 0004 4D515454 04 01 0000", "reserved connect flag")]
    [InlineData("10 0C 0004 4D515454 04 08 0000 0000", "without a will")]
    [InlineData("10 0C 0004 4D515454 04 20 0000 0000", "without a will")]
    [InlineData("10 0C 0004 4D515454 04 40 0000 0000", "without a user name")]
    [InlineData("10 11 0004 4D515454 04 16 0000 0000 0001 61 0000", "quality of service 2")]
    [InlineData("10 11 0004 4D515454 04 1E 0000 0000 0001 61 0000", "both bits")]
    [InlineData("10 11 0004 4D515454 04 06 0000 0000 0001 23 0000", "wildcard")]
    [InlineData("10 0D 0004 48545450 04 02 0000 0001 61", "neither MQTT nor MQIsdp")]
    [InlineData("47 45 54 20 2F", "reserved flags")]
    [InlineData("16 03 01 02 00", "reserved flags")]
    public void Input_ThatBreaksARule_IsRefusedWithTheReason(string hex, string reason) => Some.DecodeHex(hex).Fault.Should().Contain(reason);

    [Fact]
    public void Packet_LargerThanTheLimit_IsRefusedBeforeItsBodyArrives()
    {
        var bytes = Some.Encode(new PublishPacket(TestBench.Message("a", new string('x', 1000)), 1));
        Some.Decode(bytes, bytes.Length).Packet.Should().NotBeNull();
        Some.Decode(bytes[..3], bytes.Length - 1).Fault.Should().Contain("larger than the limit");
    }

    [Fact]
    public void Filter_WithMoreLevelsThanTheLimit_IsRefused()
    {
        var filter = string.Join('/', Enumerable.Repeat("+", 201));
        var bytes = Some.Encode(new SubscribePacket(1, [new Subscription(filter, default)]));
        Some.Decode(bytes).Fault.Should().Contain("200 levels");
    }

    // A payload has no length of its own, a list no count, and of another version's CONNECT only the start is read.
    private static bool MayEndEarly(Packet packet) =>
        packet is PublishPacket or SubscribePacket or UnsubscribePacket or SubAckPacket or UnsupportedConnectPacket;
}
