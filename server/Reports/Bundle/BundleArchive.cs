using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A bundle while it is written: its container, and the list of what is in it, which is signed at the end.</summary>
internal sealed class BundleArchive(Stream output, DraftFolder drafts)
{
    private readonly StoredZipWriter _zip = new(output);
    private readonly List<ManifestFile> _files = [];

    /// <summary>Adds a small file.</summary>
    public void Add(string name, ReadOnlySpan<byte> contents)
    {
        _zip.Add(name, contents);
        _files.Add(new ManifestFile(name, contents.Length, Convert.ToHexStringLower(SHA256.HashData(contents))));
    }

    /// <summary>Contents of which nobody knows yet how long they will be.</summary>
    public DraftFile Draft() => new(drafts);

    /// <summary>Adds a draft.</summary>
    public void Add(string name, DraftFile draft)
    {
        var (sha256, contents) = draft.Finish();
        _zip.Add(name, contents, draft.Length, draft.Crc);
        _files.Add(new ManifestFile(name, draft.Length, sha256));
    }

    /// <summary>Adds the manifest with its signature, and ends the container.</summary>
    public void Finish(SignBundle sign)
    {
        var manifest = BundleJson.Write(new Manifest(BundleHead.CurrentForm, _files), BundleJsonContext.Default.Manifest);
        var (signature, key) = sign(SignedText(manifest));
        _zip.Add(BundleNames.Manifest, manifest);
        _zip.Add(BundleNames.Signature, Encoding.ASCII.GetBytes(signature + "\n"));
        _zip.Add(BundleNames.Key, Encoding.ASCII.GetBytes(key));
        _zip.Finish();
    }

    /// <summary>What is signed of a manifest.</summary>
    public static string SignedText(ReadOnlySpan<byte> manifest) => SignedTextOf(Convert.ToHexStringLower(SHA256.HashData(manifest)));

    /// <summary>The same by its hash.</summary>
    public static string SignedTextOf(string sha256) => $"coldchain-bundle\n{sha256}";
}
