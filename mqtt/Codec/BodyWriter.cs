using System.Buffers.Binary;
using System.Text;

namespace ColdChain.Mqtt.Codec;

/// <summary>Writes the fields of a packet into a span that is known to be large enough.</summary>
internal ref struct BodyWriter(Span<byte> span)
{
    private readonly Span<byte> span = span;

    public int Written { get; private set; }

    public void Byte(byte value) => span[Written++] = value;

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(span[Written..], value);
        Written += 2;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(span[Written..]);
        Written += bytes.Length;
    }

    /// <summary>Bytes with their length before them.</summary>
    public void Binary(ReadOnlySpan<byte> bytes)
    {
        UInt16((ushort)bytes.Length);
        Bytes(bytes);
    }

    /// <summary>A text as UTF-8 with its length before it.</summary>
    public void Text(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, span[(Written + 2)..]);
        UInt16((ushort)length);
        Written += length;
    }

    /// <summary>The remaining length: seven bits a byte, the lowest first (§2.2.3).</summary>
    public void Length(int length)
    {
        while (length > 0x7F)
        {
            Byte((byte)((length & 0x7F) | 0x80));
            length >>= 7;
        }

        Byte((byte)length);
    }
}
