using System.Text;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>The files of a bundle that is verified, each hashed once. Nothing of it is ever written to a disk.</summary>
internal sealed class BundleFiles
{
    private readonly StoredZipReader _zip;
    private readonly Dictionary<string, (FoundFile File, string Sha256)> _byName;

    private BundleFiles(StoredZipReader zip, Dictionary<string, (FoundFile File, string Sha256)> byName, BundleProblems problems) =>
        (_zip, _byName, Problems) = (zip, byName, problems);

    public BundleProblems Problems { get; }

    /// <summary>All names in the order of the container; of two files of one name, the first.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>The same files with what is wrong noted elsewhere, for whoever goes through what was gone through already.</summary>
    public BundleFiles Quietly() => new(_zip, _byName, new BundleProblems()) { Names = Names };

    /// <summary>Reads the container through, and notes what is wrong with it; null when it is none.</summary>
    public static BundleFiles? Open(Stream stream, BundleProblems problems)
    {
        if (StoredZipReader.TryOpen(stream) is not { } zip)
        {
            problems.Add(BundleProblems.Container, "this is no bundle: it is not the container of one, or too much of that is gone. Fetch it again from where it came from");
            return null;
        }

        var (names, crcs) = (new List<string>(), new List<uint>());
        var files = new BundleFiles(zip, new Dictionary<string, (FoundFile File, string Sha256)>(StringComparer.Ordinal), problems) { Names = names };
        foreach (var file in zip.Files)
        {
            var (sha256, crc) = zip.Hash(file);
            crcs.Add(crc);
            if (!StoredZip.IsName(file.Name))
            {
                problems.Add(file.Name, "no file of a bundle has such a name; it is not to be unpacked");
            }

            if (files._byName.TryAdd(file.Name, (file, sha256)))
            {
                names.Add(file.Name);
            }
            else
            {
                problems.Add(file.Name, "it is in the container twice");
            }
        }

        foreach (var fault in zip.Faults(crcs))
        {
            problems.Add(BundleProblems.Container, $"at byte {fault.At}{(fault.File is { } name ? $", of {name}" : "")}: {fault.Text}");
        }

        return files;
    }

    /// <summary>Length and SHA-256 of a file; null when there is none.</summary>
    public (long Length, string Sha256)? Find(string name) => _byName.TryGetValue(name, out var found) ? (found.File.Length, found.Sha256) : null;

    /// <summary>The bytes of a small file; null, with a problem noted, when it is missing or not small.</summary>
    public byte[]? Load(string name, int bytesMax)
    {
        if (!_byName.TryGetValue(name, out var found))
        {
            Problems.Add(name, "it is missing");
            return null;
        }

        if (found.File.Length > bytesMax)
        {
            Problems.Add(name, $"it has {found.File.Length} bytes, and no such file has more than {bytesMax}");
            return null;
        }

        var bytes = new byte[found.File.Length];
        return bytes[.._zip.Read(found.File, 0, bytes)];
    }

    /// <summary>Bytes out of a file that is there and as long as that.</summary>
    public byte[] Cut(string name, long offset, int length)
    {
        var bytes = new byte[length];
        return bytes[.._zip.Read(_byName[name].File, offset, bytes)];
    }

    /// <summary>A file to be read piece by piece; null, with a problem noted, when it is missing.</summary>
    public PartReader? OpenPart(string name)
    {
        if (_byName.TryGetValue(name, out var found))
        {
            return new PartReader(_zip, found.File);
        }

        Problems.Add(name, "it is missing");
        return null;
    }

    /// <summary>The lines of a file, with their numbers from 1, one by one; the bytes are gone with the next one.</summary>
    public IEnumerable<(int Number, ReadOnlyMemory<byte> Bytes)> Lines(string name)
    {
        var (part, number) = (OpenPart(name), 0);
        while (part?.TakeLine() is { } line)
        {
            number++;
            if (!line.IsWhole)
            {
                Problems.Add(name, $"line {number} has no end, or is longer than {BundleLimits.LineMax} bytes");
                yield break;
            }

            yield return (number, line.Bytes);
        }
    }

    /// <summary>The lines of a table below its first one, which must be this.</summary>
    public IEnumerable<(int Number, string Text)> Rows(string name, string header)
    {
        var isEmpty = true;
        foreach (var (number, bytes) in Lines(name))
        {
            isEmpty = false;
            var text = Encoding.UTF8.GetString(bytes.Span);
            if (number > 1)
            {
                yield return (number, text);
            }
            else if (text != header)
            {
                Problems.Add(name, $"its first line is not {header}");
            }
        }

        if (isEmpty)
        {
            Problems.Add(name, "it has no lines");
        }
    }
}
