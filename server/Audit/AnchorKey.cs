using System.Security.Cryptography;
using System.Text;
using ColdChain.Server.Store;

namespace ColdChain.Server.Audit;

/// <summary>
/// The key that signs anchors: made at the first start, kept in the data folder for the server's own user alone. The public half lies beside it;
/// whoever verifies has a copy of that from a time when it could be trusted.
/// </summary>
internal sealed class AnchorKey(ECDsa key) : IDisposable
{
    /// <summary>The private half, in the data folder.</summary>
    public const string FileName = "audit-key.pem";

    /// <summary>The public half, in the data folder.</summary>
    public const string PublicFileName = "audit-key.pub.pem";

    public static AnchorKey LoadOrCreate(string dataFolder)
    {
        var path = Path.Combine(dataFolder, FileName);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (SecretFile.Read(path) is { } known)
        {
            key.ImportFromPem(known);
        }
        else
        {
            SecretFile.Write(path, key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(Path.Combine(dataFolder, PublicFileName), key.ExportSubjectPublicKeyInfoPem() + "\n");
        return new AnchorKey(key);
    }

    /// <summary>SHA-256 of its public half (SubjectPublicKeyInfo, DER), in lower-case hexadecimal digits: how people compare two copies.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    public TrailAnchor Sign(TrailAnchor anchor) =>
        anchor with { Signature = Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(anchor.Signed), HashAlgorithmName.SHA256)) };

    /// <summary>Signs a text for another purpose than an anchor's, so that a signature under the one can never be shown as one under the other.</summary>
    /// <param name="text">The text; its first line names the purpose.</param>
    /// <returns>ECDSA over P-256 and SHA-256 as DER, which every tool takes, base64; and the public half of the key, PEM, with a line end.</returns>
    /// <exception cref="ArgumentException">The text could be an anchor, or names no purpose.</exception>
    public (string Base64, string PublicPem) SignOther(string text)
    {
        var purpose = text.Split('\n')[0];
        return purpose.Length == 0 || purpose.Length == text.Length || purpose.StartsWith(TrailAnchor.Purpose, StringComparison.Ordinal)
            ? throw new ArgumentException($"A text for another purpose than '{TrailAnchor.Purpose}' begins with a line that names it.", nameof(text))
            : (Convert.ToBase64String(key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)), key.ExportSubjectPublicKeyInfoPem() + "\n");
    }

    public void Dispose() => key.Dispose();
}
