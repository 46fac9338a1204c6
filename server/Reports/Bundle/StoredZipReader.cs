using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A file as it was found in a container.</summary>
/// <param name="Name">Its name, as it stands there: it may be none that is allowed.</param>
/// <param name="HeaderAt">Where its local header begins.</param>
/// <param name="DataAt">Where its contents begin.</param>
/// <param name="Length">Their length.</param>
internal readonly record struct FoundFile(string Name, long HeaderAt, long DataAt, long Length)
{
    /// <summary>The byte after its contents.</summary>
    public long End => DataAt + Length;
}

/// <summary>A place where a container is not what would be built from the names and contents in it.</summary>
/// <param name="At">The first byte that differs.</param>
/// <param name="File">The file whose header it is in; null for the end of the container.</param>
/// <param name="Text">What differs.</param>
internal sealed record ContainerFault(long At, string? File, string Text);

/// <summary>
/// Reads a container of which nothing is believed. It finds files by the directory at the end, or, where that cannot be right, by their headers from the
/// beginning on; then it says every place where the bytes are not those that <see cref="StoredZipWriter"/> would write. Files never overlap, so that no
/// more is read than there is.
/// </summary>
internal sealed class StoredZipReader
{
    private const int ChunkLength = 64 * 1024;

    private readonly Stream _stream;

    private StoredZipReader(Stream stream, IReadOnlyList<FoundFile> files) => (_stream, Files) = (stream, files);

    /// <summary>The files in the order of their bytes.</summary>
    public IReadOnlyList<FoundFile> Files { get; }

    /// <summary>Finds the files; null when there are none to find: it is no container, or too much of it is gone.</summary>
    /// <param name="stream">Something that can seek.</param>
    public static StoredZipReader? TryOpen(Stream stream)
    {
        if (stream.Length > StoredZip.BytesMax)
        {
            return null;
        }

        var reader = new StoredZipReader(stream, []);
        var files = reader.ByDirectory() ?? reader.ByHeaders();
        return files.Count > 0 ? new StoredZipReader(stream, files) : null;
    }

    /// <summary>Reads the contents of a file, at most so many of them as the buffer holds, from a place in it.</summary>
    public int Read(in FoundFile file, long at, Span<byte> buffer) => ReadAt(file.DataAt + at, buffer[..(int)Math.Min(buffer.Length, file.Length - at)]);

    /// <summary>SHA-256, in lower-case hexadecimal digits, and checksum of a file's contents.</summary>
    public (string Sha256, uint Crc) Hash(in FoundFile file)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (crc, buffer, at) = (default(Crc32), new byte[(int)Math.Min(ChunkLength, file.Length)], 0L);
        while (at < file.Length && Read(file, at, buffer) is > 0 and var count)
        {
            sha256.AppendData(buffer, 0, count);
            crc.Append(buffer.AsSpan(0, count));
            at += count;
        }

        return (Convert.ToHexStringLower(sha256.GetHashAndReset()), crc.Value);
    }

    /// <summary>Every place where the container differs from the one that is built from its names and contents.</summary>
    /// <param name="crcs">The checksums of the contents, in the order of the files.</param>
    public IEnumerable<ContainerFault> Faults(IReadOnlyList<uint> crcs)
    {
        var (at, told) = (0L, new List<StoredFile>(Files.Count));
        for (var i = 0; i < Files.Count; i++)
        {
            var file = Files[i];
            if (file.HeaderAt > at)
            {
                yield return new ContainerFault(at, file.Name, $"{file.HeaderAt - at} bytes before it belong to no file");
            }

            var header = Bytes(file.HeaderAt, (int)(file.DataAt - file.HeaderAt));
            if (Compare(StoredZip.LocalHeader(file.Name, (uint)file.Length, crcs[i]), header) is { } place)
            {
                yield return new ContainerFault(file.HeaderAt + place, file.Name, $"its header has another {HeaderFields.OfLocal(place)} than {(place < StoredZip.LocalLength ? "a bundle's" : "the directory at the end")}");
            }

            // The directory is held against what the header says, so that changed contents are one fault and not two.
            told.Add(new StoredFile(file.Name, (uint)file.Length, UInt32(header, StoredZip.LocalCrcAt), (uint)file.HeaderAt));
            at = file.End;
        }

        foreach (var fault in DirectoryFaults(at, told))
        {
            yield return fault;
        }
    }

    private IEnumerable<ContainerFault> DirectoryFaults(long directoryAt, List<StoredFile> told)
    {
        var at = directoryAt;
        foreach (var file in told)
        {
            var expected = StoredZip.DirectoryHeader(file);
            if (Compare(expected, Bytes(at, expected.Length)) is { } place)
            {
                yield return at == directoryAt && place == 0
                    ? new ContainerFault(at, null, "neither a whole file nor the directory follows there: it was cut off, or the header that belongs there was changed")
                    : new ContainerFault(at + place, file.Name, $"its entry in the directory at the end has another {HeaderFields.OfDirectory(place)} than a bundle's");
                yield break; // What follows has no place that could be told.
            }

            at += expected.Length;
        }

        var end = StoredZip.End(told.Count, (uint)(at - directoryAt), (uint)directoryAt);
        if (Compare(end, Bytes(at, end.Length)) is { } difference)
        {
            yield return new ContainerFault(at + difference, null, at + difference >= _stream.Length ? "it was cut off there" : "the end record is another than a bundle's");
        }
        else if (at + end.Length < _stream.Length)
        {
            yield return new ContainerFault(at + end.Length, null, $"{_stream.Length - at - end.Length} bytes follow its end");
        }
    }

    /// <summary>The files by the directory; null when that cannot be right.</summary>
    private List<FoundFile>? ByDirectory()
    {
        var end = Bytes(_stream.Length - StoredZip.EndLength, StoredZip.EndLength);
        if (UInt32(end, 0) != StoredZip.EndMark)
        {
            return null;
        }

        var (count, length, told) = (UInt16(end, 10), UInt32(end, 12), UInt32(end, 16));
        var directoryAt = _stream.Length - StoredZip.EndLength - length;
        var moved = directoryAt - told; // By as much as was put before the first file.
        if (directoryAt < 0 || moved < 0)
        {
            return null;
        }

        var (files, at) = (new List<FoundFile>(), directoryAt);
        for (var i = 0; i < count; i++)
        {
            var header = Bytes(at, StoredZip.DirectoryLength);
            var name = Name(at + StoredZip.DirectoryLength, UInt16(header, 28));
            var headerAt = moved + UInt32(header, 42);
            var file = new FoundFile(name, headerAt, headerAt + StoredZip.LocalLength + name.Length, UInt32(header, 20));
            var isRight = UInt32(header, 0) == StoredZip.DirectoryMark && name.Length <= StoredZip.NameMax && file.HeaderAt >= (files.Count == 0 ? 0 : files[^1].End) && file.End <= directoryAt;
            if (!isRight)
            {
                return null;
            }

            files.Add(file);
            at += StoredZip.DirectoryLength + name.Length + UInt16(header, 30) + UInt16(header, 32);
        }

        return files;
    }

    /// <summary>The files one behind the other, as far as there are headers and what they announce.</summary>
    private List<FoundFile> ByHeaders()
    {
        var (files, at) = (new List<FoundFile>(), 0L);
        while (files.Count < StoredZip.FilesMax)
        {
            var header = Bytes(at, StoredZip.LocalLength);
            var name = Name(at + StoredZip.LocalLength, UInt16(header, 26));
            var file = new FoundFile(name, at, at + StoredZip.LocalLength + name.Length + UInt16(header, 28), UInt32(header, 18));
            if (UInt32(header, 0) != StoredZip.LocalMark || name.Length > StoredZip.NameMax || file.End > _stream.Length)
            {
                break;
            }

            files.Add(file);
            at = file.End;
        }

        return files;
    }

    // The first place in which two texts differ; null when they are the same.
    private static int? Compare(byte[] expected, byte[] found)
    {
        var common = expected.AsSpan().CommonPrefixLength(found);
        return common == expected.Length && common == found.Length ? null : common;
    }

    private string Name(long at, int length) => Encoding.Latin1.GetString(Bytes(at, length));

    private byte[] Bytes(long at, int count)
    {
        var bytes = new byte[count];
        var read = at < 0 ? 0 : ReadAt(at, bytes);
        return read == count ? bytes : bytes[..read];
    }

    private int ReadAt(long at, Span<byte> buffer)
    {
        _stream.Position = at;
        return _stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
    }

    // Zero where the file ends before: no mark is zero.
    private static uint UInt32(byte[] header, int at) => header.Length < at + sizeof(uint) ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(at));

    private static ushort UInt16(byte[] header, int at) => header.Length < at + sizeof(ushort) ? (ushort)0 : BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(at));
}
