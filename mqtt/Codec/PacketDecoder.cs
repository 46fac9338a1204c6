using System.Buffers;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Codec;

/// <summary>
/// Bytes to packets, strictly: whatever MQTT 3.1.1 calls malformed is refused with a reason, and nothing that a peer sends can make it
/// throw.
/// </summary>
public static class PacketDecoder
{
    /// <summary>The largest remaining length that the format can express (§2.2.3), in bytes.</summary>
    public const int RemainingLengthMax = 268_435_455;

    private const int LengthBytesMax = 4;

    /// <summary>Decodes the packet at the start of the input.</summary>
    /// <param name="input">What has arrived and was not consumed yet.</param>
    /// <param name="packetSizeMax">The largest whole packet accepted, in bytes; a larger one is refused before its body is awaited.</param>
    public static Decoding Decode(ReadOnlySequence<byte> input, int packetSizeMax)
    {
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryRead(out var first))
        {
            return Decoding.More;
        }

        // Refused at the first byte, so that a stranger who speaks something else is not waited for.
        if (HeaderFault(first) is { } headerFault)
        {
            return Decoding.Malformed(headerFault);
        }

        if (!TryReadLength(ref reader, out var length, out var lengthFault))
        {
            return lengthFault is null ? Decoding.More : Decoding.Malformed(lengthFault);
        }

        var size = reader.Consumed + length;
        if (size > packetSizeMax)
        {
            return Decoding.Malformed($"the packet of {size} bytes is larger than the limit of {packetSizeMax}: send smaller messages");
        }

        return reader.Remaining < length ? Decoding.More : DecodeBody(first, input.Slice(reader.Consumed, length), size);
    }

    private static Decoding DecodeBody(byte first, ReadOnlySequence<byte> body, long size)
    {
        var reader = new BodyReader(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        var packet = PacketBodies.Read((PacketType)(first >> 4), first & 0x0F, ref reader);
        reader.ExpectEnd();
        return reader.Fault is { } fault ? Decoding.Malformed(fault) : Decoding.Of(packet!, size); // Without a fault there is a packet.
    }

    // At most four bytes, the last one without the continuation bit (§2.2.3).
    private static bool TryReadLength(ref SequenceReader<byte> reader, out int length, out string? fault)
    {
        (length, fault) = (0, null);
        for (var i = 0; i < LengthBytesMax; i++)
        {
            if (!reader.TryRead(out var next))
            {
                return false;
            }

            length |= (next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        fault = "the remaining length takes more than four bytes";
        return false;
    }

    private static string? HeaderFault(byte first)
    {
        var (type, flags) = ((PacketType)(first >> 4), first & 0x0F);
        return type switch
        {
            PacketType.Publish => PublishFlagsFault(flags),
            PacketType.PubRec or PacketType.PubRel or PacketType.PubComp => $"{type} belongs to quality of service 2, which is not offered",
            PacketType.Subscribe or PacketType.Unsubscribe => flags == 0b0010 ? null : $"the reserved flags of {type} are not 0010",
            >= PacketType.Connect and <= PacketType.Disconnect => flags == 0 ? null : $"the reserved flags of {type} are not 0000",
            _ => $"packet type {(int)type} does not exist",
        };
    }

    private static string? PublishFlagsFault(int flags) => ((flags >> 1) & 0b11, flags >> 3) switch
    {
        (0, 1) => "PUBLISH has DUP set with quality of service 0",
        (2, _) => "PUBLISH asks for quality of service 2, which is not offered: publish with 0 or 1",
        (3, _) => "PUBLISH has both bits of the quality of service set",
        _ => null,
    };
}
