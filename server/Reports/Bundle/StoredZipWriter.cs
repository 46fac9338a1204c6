using ColdChain.Server.Fleet;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Writes a <see cref="StoredZip"/> from its beginning to its end; the output need not be able to seek.</summary>
internal sealed class StoredZipWriter(Stream output)
{
    private readonly List<StoredFile> _files = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase); // Where it is unpacked, capitals may make no difference.
    private long _at;
    private long _directoryLength = StoredZip.EndLength;

    /// <summary>Adds a file.</summary>
    /// <exception cref="ArgumentException">The name is not one of <see cref="StoredZip.IsName"/>, or is there already.</exception>
    /// <exception cref="RefusalException">The container would be larger than its format can say.</exception>
    public void Add(string name, ReadOnlySpan<byte> contents)
    {
        var crc = default(Crc32);
        crc.Append(contents);
        Begin(name, contents.Length, crc.Value);
        output.Write(contents);
    }

    /// <summary>Adds what a stream holds from where it stands; length and checksum must be known before.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{byte})"/>
    public void Add(string name, Stream contents, long length, uint crc)
    {
        Begin(name, length, crc);
        contents.CopyTo(output);
    }

    /// <summary>Writes the directory. Nothing can be added after that.</summary>
    public void Finish()
    {
        var directoryAt = (uint)_at;
        foreach (var file in _files)
        {
            Put(StoredZip.DirectoryHeader(file));
        }

        output.Write(StoredZip.End(_files.Count, (uint)_at - directoryAt, directoryAt));
    }

    private void Begin(string name, long length, uint crc)
    {
        if (!StoredZip.IsName(name) || _names.Contains(name))
        {
            throw new ArgumentException($"'{name}' is there already, or is no name for a file of a container.", nameof(name));
        }

        var end = _at + StoredZip.LocalLength + name.Length + length;
        var directoryLength = _directoryLength + StoredZip.DirectoryLength + name.Length;
        if (_files.Count == StoredZip.FilesMax || end + directoryLength > StoredZip.BytesMax)
        {
            throw new RefusalException(
                RefusalKind.Invalid, "the bundle", $"it would be larger than {StoredZip.FilesMax} files or {StoredZip.BytesMax} bytes", "ask for one storage unit, or for a shorter period");
        }

        _names.Add(name);
        _files.Add(new StoredFile(name, (uint)length, crc, (uint)_at));
        Put(StoredZip.LocalHeader(name, (uint)length, crc));
        (_at, _directoryLength) = (end, directoryLength);
    }

    private void Put(byte[] header)
    {
        output.Write(header);
        _at += header.Length;
    }
}
