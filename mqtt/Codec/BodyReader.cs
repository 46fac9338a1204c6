using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using ColdChain.Mqtt.Topics;

namespace ColdChain.Mqtt.Codec;

/// <summary>
/// Reads the fields of a packet's body. The first fault stays, and every later read gives an empty value, so that a decoder can read its
/// fields in one go and ask about faults once.
/// </summary>
internal ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    /// <summary>What is wrong with the body; null as long as nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>True when everything was read, or nothing more can be.</summary>
    public readonly bool AtEnd => rest.IsEmpty;

    public void Fail(string fault)
    {
        Fault ??= fault;
        rest = [];
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
        {
            Fail($"{rest.Length} bytes are left over at the end of the packet");
        }
    }

    public byte Byte(string field)
    {
        var bytes = Take(1, field);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public ushort UInt16(string field)
    {
        var bytes = Take(2, field);
        return bytes.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    /// <summary>A packet identifier, which is never 0 (§2.3.1).</summary>
    public ushort PacketId()
    {
        var id = UInt16("packet identifier");
        if (id == 0)
        {
            Fail("the packet identifier is 0");
        }

        return id;
    }

    /// <summary>Bytes with their length before them.</summary>
    public byte[] Binary(string field) => Take(UInt16(field), field).ToArray();

    /// <summary>
    /// A UTF-8 text with its length before it (§1.5.3): no ill-formed sequence, no surrogate, no U+0000, and none of the other control
    /// characters, for which a receiver may close: names go into logs.
    /// </summary>
    public string Text(string field)
    {
        var bytes = Take(UInt16(field), field);
        if (!Utf8.IsValid(bytes))
        {
            Fail($"the {field} is not valid UTF-8");
            return "";
        }

        if (bytes.Contains((byte)0))
        {
            Fail($"the {field} contains U+0000");
            return "";
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (TopicName.HoldsControl(text))
        {
            Fail($"the {field} contains a control character");
            return "";
        }

        return text;
    }

    /// <summary>Everything that is left.</summary>
    public byte[] Remainder()
    {
        var bytes = rest.ToArray();
        rest = [];
        return bytes;
    }

    private ReadOnlySpan<byte> Take(int count, string field)
    {
        if (count > rest.Length)
        {
            Fail($"the packet ends within the {field}");
            return [];
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
