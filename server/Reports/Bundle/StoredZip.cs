using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A file of a container as its headers tell of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Crc">The checksum of its contents.</param>
/// <param name="At">Where its local header begins.</param>
internal readonly record struct StoredFile(string Name, uint Length, uint Crc, uint At);

/// <summary>
/// A ZIP container in which every byte follows from the names and contents of its files: nothing is compressed, all times are the first of the
/// format, and there are neither extra fields nor comments. So a container can be built again from what is in it, and compared byte by byte (ADR 31).
/// </summary>
internal static partial class StoredZip
{
    /// <summary>The most files, the end of the container's own format (APPNOTE 4.4.21 and 4.4.22).</summary>
    public const int FilesMax = ushort.MaxValue - 1;

    /// <summary>The most bytes of a container, likewise.</summary>
    public const long BytesMax = uint.MaxValue - 1L;

    /// <summary>The longest name.</summary>
    public const int NameMax = 200;

    internal const int LocalLength = 30;
    internal const int DirectoryLength = 46;
    internal const int EndLength = 22;

    internal const uint LocalMark = 0x04034b50;
    internal const uint DirectoryMark = 0x02014b50;
    internal const uint EndMark = 0x06054b50;

    /// <summary>Where the checksum stands in a local header.</summary>
    internal const int LocalCrcAt = 14;

    private const ushort Version = 10; // 1.0, which has no compression.
    private const ushort FirstDay = 0x0021; // 1980-01-01.

    /// <summary>True for a name that is safe in every system, and lies below the folder in which it is unpacked.</summary>
    public static bool IsName(string name) =>
        name.Length <= NameMax && Name().IsMatch(name) && !name.Split('/').Any(part => part is "" or "." or "..");

    /// <summary>The header before a file's contents, its name included.</summary>
    internal static byte[] LocalHeader(string name, uint length, uint crc)
    {
        var header = new byte[LocalLength + name.Length];
        Put(header, 0, LocalMark);
        Put(header, 4, Version);
        PutCommon(header.AsSpan(6), name, length, crc);
        Encoding.ASCII.GetBytes(name, header.AsSpan(LocalLength));
        return header;
    }

    /// <summary>The header of a file in the directory at the end, its name included.</summary>
    internal static byte[] DirectoryHeader(in StoredFile file)
    {
        var header = new byte[DirectoryLength + file.Name.Length];
        Put(header, 0, DirectoryMark);
        Put(header, 4, Version);
        Put(header, 6, Version);
        PutCommon(header.AsSpan(8), file.Name, file.Length, file.Crc);
        Put(header, 42, file.At);
        Encoding.ASCII.GetBytes(file.Name, header.AsSpan(DirectoryLength));
        return header;
    }

    /// <summary>What follows the directory.</summary>
    internal static byte[] End(int files, uint directoryLength, uint directoryAt)
    {
        var end = new byte[EndLength];
        Put(end, 0, EndMark);
        Put(end, 8, (ushort)files);
        Put(end, 10, (ushort)files);
        Put(end, 12, directoryLength);
        Put(end, 16, directoryAt);
        return end;
    }

    // From the flags to the length of the name, which both headers have alike; method, flags and time stay zero.
    private static void PutCommon(Span<byte> header, string name, uint length, uint crc)
    {
        Put(header, 6, FirstDay);
        Put(header, 8, crc);
        Put(header, 12, length);
        Put(header, 16, length);
        Put(header, 20, (ushort)name.Length);
    }

    private static void Put(Span<byte> header, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(header[at..], value);

    private static void Put(Span<byte> header, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(header[at..], value);

    [GeneratedRegex(@"^[A-Za-z0-9._/-]+\z")]
    private static partial Regex Name();
}
