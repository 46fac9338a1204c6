using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Audit;

/// <summary>The anchors of one store, a line each, the oldest first. Lines are only ever added.</summary>
internal static class AnchorFile
{
    /// <summary>Adds the head of the chain, signed. It is on disk when this returns.</summary>
    /// <returns>The anchor.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static TrailAnchor Add(string path, AnchorKey key, string store, (long Id, byte[] Hash) head, Instant at)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var last = LastLine(file);
        var anchor = key.Sign(new TrailAnchor(store, head.Id, Convert.ToHexStringLower(head.Hash), at.ToString(), last is null ? "" : HashOf(last), ""));
        file.Write(Encoding.UTF8.GetBytes(anchor.ToLine() + "\n"));
        file.Flush(flushToDisk: true);
        return anchor;
    }

    /// <summary>What the next line names a line by.</summary>
    public static string HashOf(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)));

    // A line without its end is one that a power cut left: it was never an anchor, and goes.
    private static string? LastLine(FileStream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd();
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        file.SetLength(Encoding.UTF8.GetByteCount(whole));
        file.Seek(0, SeekOrigin.End);
        return whole.Length == 0 ? null : whole[..^1][(whole[..^1].LastIndexOf('\n') + 1)..];
    }
}
