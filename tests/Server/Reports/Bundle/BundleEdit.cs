using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ColdChain.Server.Audit;
using ColdChain.Server.Reports.Bundle;

namespace ColdChain.Server.Tests.Reports.Bundle;

/// <summary>A bundle taken apart, changed, and put together again as somebody does who knows its format.</summary>
internal sealed class BundleEdit
{
    private readonly List<(string Name, byte[] Contents)> _files = [];

    public BundleEdit(byte[] bundle)
    {
        using var stream = new MemoryStream(bundle);
        var zip = StoredZipReader.TryOpen(stream)!; // It is one.
        foreach (var file in zip.Files)
        {
            var contents = new byte[file.Length];
            zip.Read(file, 0, contents);
            _files.Add((file.Name, contents));
        }
    }

    public IReadOnlyList<string> Names => [.. _files.Select(file => file.Name)];

    public byte[] this[string name] => _files[At(name)].Contents;

    public string Text(string name) => Encoding.UTF8.GetString(this[name]);

    public BundleEdit Set(string name, byte[] contents)
    {
        _files[At(name)] = (name, contents);
        return this;
    }

    /// <summary>Replaces a text that is there by another.</summary>
    public BundleEdit Replace(string name, string old, string changed)
    {
        var text = Text(name);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        at.Should().BeGreaterThanOrEqualTo(0, $"{name} holds {old}");
        return Set(name, Encoding.UTF8.GetBytes(text[..at] + changed + text[(at + old.Length)..]));
    }

    /// <summary>Takes a line out of a file, by its place from 0.</summary>
    public BundleEdit RemoveLine(string name, int line)
    {
        var lines = Text(name).Split('\n').ToList();
        lines.RemoveAt(line);
        return Set(name, Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    public BundleEdit Remove(string name)
    {
        _files.RemoveAt(At(name));
        return this;
    }

    public BundleEdit Rename(string name, string other)
    {
        _files[At(name)] = (other, this[name]);
        return this;
    }

    public BundleEdit AddBefore(string name, string added, string contents)
    {
        _files.Insert(At(name), (added, Encoding.UTF8.GetBytes(contents)));
        return this;
    }

    public BundleEdit Swap(string one, string other)
    {
        (_files[At(one)], _files[At(other)]) = (_files[At(other)], _files[At(one)]);
        return this;
    }

    /// <summary>Writes the hashes of packs anew into their list, for the bytes that are there now.</summary>
    public BundleEdit Relist()
    {
        var lines = Text("received.csv").Split('\n').Select((line, number) => number == 0 || line.Length == 0 ? line : Relisted(line.Split(',')));
        return Set("received.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
    }

    /// <summary>The bytes of a pack, by its number.</summary>
    public byte[] Pack(int number)
    {
        var cells = BundleBench.Lines(this["received.csv"])[number].Split(',');
        return this[cells[8]].AsSpan(int.Parse(cells[9], CultureInfo.InvariantCulture), int.Parse(cells[10], CultureInfo.InvariantCulture)).ToArray();
    }

    /// <summary>Makes the manifest anew, for the files as they are now.</summary>
    public BundleEdit List()
    {
        var files = _files.Take(At("manifest.json")).Select(file => new ManifestFile(file.Name, file.Contents.Length, Convert.ToHexStringLower(SHA256.HashData(file.Contents))));
        return Set("manifest.json", BundleJson.Write(new Manifest(1, [.. files]), BundleJsonContext.Default.Manifest));
    }

    /// <summary>Signs the manifest, as it is now, with a key.</summary>
    public BundleEdit Sign(AnchorKey key)
    {
        var (signature, pem) = key.SignOther(BundleArchive.SignedText(this["manifest.json"]));
        return Set("manifest.sig", Encoding.ASCII.GetBytes(signature + "\n")).Set("key.pub.pem", Encoding.ASCII.GetBytes(pem));
    }

    /// <summary>Lists and signs with the server's own key: what is wrong then is seen by the contents alone.</summary>
    public byte[] Resigned() => List().Sign(BundleBench.Key).Build();

    public byte[] Build()
    {
        using var output = new MemoryStream();
        var zip = new StoredZipWriter(output);
        foreach (var (name, contents) in _files)
        {
            zip.Add(name, contents);
        }

        zip.Finish();
        return output.ToArray();
    }

    private string Relisted(string[] cells)
    {
        var bytes = this[cells[8]].AsSpan(int.Parse(cells[9], CultureInfo.InvariantCulture), int.Parse(cells[10], CultureInfo.InvariantCulture));
        return string.Join(',', [.. cells[..11], Convert.ToHexStringLower(SHA256.HashData(bytes))]);
    }

    private int At(string name) => _files.FindIndex(file => file.Name == name) is >= 0 and var at ? at : throw new KeyNotFoundException(name);
}
