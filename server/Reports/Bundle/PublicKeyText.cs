using System.Security.Cryptography;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Public keys out of texts that anybody may have written.</summary>
internal static class PublicKeyText
{
    private const string P256 = "1.2.840.10045.3.1.7"; // RFC 5480, 2.1.1.1.

    /// <summary>True for a text with the private half of a key, which would verify as well, and is in the wrong hands.</summary>
    public static bool IsPrivate(string pem) => pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal);

    /// <summary>True for a PEM of a key of the curve P-256.</summary>
    public static bool IsKey(string pem)
    {
        using var key = ECDsa.Create();
        return TryImport(key, pem);
    }

    /// <summary>Takes a PEM of a key of the curve P-256; false when it is none.</summary>
    public static bool TryImport(ECDsa key, string pem)
    {
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true, Oid.Value: P256 };
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            return false;
        }
    }
}
