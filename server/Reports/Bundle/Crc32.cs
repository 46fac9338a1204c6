namespace ColdChain.Server.Reports.Bundle;

/// <summary>The checksum of a ZIP container (the CRC-32 of ISO 3309, lowest bit first), added up as bytes come.</summary>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => OfByte((uint)value))];

    private uint _state; // Inverted, so that the default value is that of no bytes.

    /// <summary>The checksum of all bytes so far.</summary>
    public readonly uint Value => _state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = ~_state;
        foreach (var value in bytes)
        {
            state = Table[(state ^ value) & 0xFF] ^ (state >> 8);
        }

        _state = ~state;
    }

    private static uint OfByte(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ Polynomial;
        }

        return value;
    }
}
