using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>
/// Contents whose length and checksums have to be known before they are passed on, kept on disk meanwhile.
/// </summary>
internal sealed class DraftFile : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly FileStream _file;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Crc32 _crc;

    /// <param name="folder">Where it lies; it is removed when this is disposed of.</param>
    /// <exception cref="IOException">It cannot be made there.</exception>
    public DraftFile(DraftFolder folder) => _file = folder.NewFile();

    /// <summary>The bytes so far.</summary>
    public long Length { get; private set; }

    public uint Crc => _crc.Value;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes);
        _sha256.AppendData(bytes);
        _crc.Append(bytes);
        Length += bytes.Length;
    }

    /// <summary>Adds a line with its end.</summary>
    public void AppendLine(string line) => Append(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Adds all that a stream still has.</summary>
    public void Append(Stream contents)
    {
        var buffer = new byte[BufferLength];
        while (contents.Read(buffer) is > 0 and var count)
        {
            Append(buffer.AsSpan(0, count));
        }
    }

    /// <summary>SHA-256 of all bytes, in lower-case hexadecimal digits, and the contents from their beginning. Nothing can be added after that.</summary>
    public (string Sha256, Stream Contents) Finish()
    {
        _file.Position = 0;
        return (Convert.ToHexStringLower(_sha256.GetHashAndReset()), _file);
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _file.Dispose();
    }
}
