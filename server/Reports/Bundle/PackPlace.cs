using System.Globalization;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Where the bytes of a pack are. The packs of one device and day stand in one file, one after another: a device sends about one for each reading, so that
/// a container would not hold the month of a storage unit if each of them were a file.
/// </summary>
/// <param name="File">The number of the file, from 1.</param>
/// <param name="Offset">Its first byte there.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">Of its bytes, as lower-case hexadecimal digits.</param>
internal readonly record struct PackPlace(int File, long Offset, int Length, string Sha256)
{
    /// <summary>The last columns of <c>received.csv</c>.</summary>
    public const string Header = "file,offset,length,sha256";

    /// <summary>How many these are.</summary>
    public const int Columns = 4;

    private const string Extension = ".packs";
    private const int Sha256Length = 64;

    /// <summary>The name of the file.</summary>
    public string Name => NameOf(File);

    /// <summary>The byte after its last.</summary>
    public long End => Offset + Length;

    public static string NameOf(int file) => string.Create(CultureInfo.InvariantCulture, $"{BundleNames.Received}{file:00000}{Extension}");

    /// <summary>Reads the last columns of a line; false when they are none. Another way to write them may pass: whoever reads a line writes it again and compares.</summary>
    public static bool TryParse(ReadOnlySpan<string> cells, out PackPlace place)
    {
        place = default;
        if (cells.Length != Columns || !cells[0].StartsWith(BundleNames.Received, StringComparison.Ordinal) || !cells[0].EndsWith(Extension, StringComparison.Ordinal)
            || cells[0].Length <= BundleNames.Received.Length + Extension.Length || cells[3].Length != Sha256Length)
        {
            return false;
        }

        var isOne = TryNumber(cells[0].AsSpan(BundleNames.Received.Length..^Extension.Length), 1, StoredZip.FilesMax, out var file)
            & TryNumber(cells[1], 0, StoredZip.BytesMax, out var offset) & TryNumber(cells[2], 1, BundleLimits.PackMax, out var length);
        place = isOne ? new PackPlace((int)file, offset, (int)length, cells[3]) : default;
        return isOne;
    }

    /// <summary>The last columns of its line of <c>received.csv</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name},{Offset},{Length},{Sha256}");

    private static bool TryNumber(ReadOnlySpan<char> text, long least, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
