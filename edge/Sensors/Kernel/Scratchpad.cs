using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ColdChain.Edge.Sensors.Kernel;

/// <summary>The nine bytes that a DS18B20 sends: temperature, alarm limits, configuration, three reserved, checksum.</summary>
internal sealed class Scratchpad
{
    private const int Length = 9;

    private Scratchpad(byte[] bytes, bool checksumIsRight) => (Bytes, ChecksumIsRight) = (bytes, checksumIsRight);

    public byte[] Bytes { get; }

    public bool ChecksumIsRight { get; }

    public bool IsAllZero => Bytes.All(each => each == 0);

    public bool IsAllOnes => Bytes.All(each => each == 0xFF);

    /// <summary>The state after the supply came: 0x0550 (85 °C), and 0x0C in the reserved byte that a conversion changes.</summary>
    public bool IsPowerOn => Bytes is [0x50, 0x05, _, _, _, _, 0x0C, ..];

    /// <summary>Thousandths of a degree, from sixteenths.</summary>
    public int Milli => BinaryPrimitives.ReadInt16LittleEndian(Bytes) * 1000 / 16;

    /// <summary>
    /// Reads the first line of <c>w1_slave</c>, such as <c>42 00 4b 46 7f ff 0e 10 5c : crc=5c YES</c>. The second line repeats an
    /// earlier scratchpad when this one is bad. Null when there is no such line.
    /// </summary>
    public static Scratchpad? Parse(byte[] content)
    {
        var line = Encoding.ASCII.GetString(content).Split('\n')[0];
        var bytes = line.Split(':')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ParseByte).ToList();
        return bytes.Count == Length && bytes.All(each => each is not null)
            ? new Scratchpad([.. bytes.Select(each => each!.Value)], line.TrimEnd().EndsWith("YES", StringComparison.Ordinal))
            : null;
    }

    private static byte? ParseByte(string text) =>
        byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
}
