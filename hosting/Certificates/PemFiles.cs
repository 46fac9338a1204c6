using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Hosting.Certificates;

/// <summary>Certificates and keys that a configuration names as PEM files.</summary>
public static class PemFiles
{
    /// <summary>The certificates in a file: those of the authorities to trust. None when the key is absent, or after an error.</summary>
    public static IReadOnlyList<X509Certificate2> Roots(ConfigSection section, string key)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (section.OptionalFile(key) is not { } path)
        {
            return [];
        }

        try
        {
            var roots = new X509Certificate2Collection();
            roots.ImportFromPemFile(path);
            if (roots.Count > 0)
            {
                return [.. roots];
            }

            section.Error(key, $"{path} holds no certificate", "give the authority's certificate as PEM, which begins with -----BEGIN CERTIFICATE-----");
        }
        catch (Exception e) when (IsFault(e))
        {
            section.Error(key, $"{path} cannot be used: {e.Message.TrimEnd('.')}", "give the authority's certificate as PEM, readable by this program");
        }

        return [];
    }

    /// <summary>A certificate with its private key, from two files. Null when both keys are absent, or after an error.</summary>
    public static X509Certificate2? Own(ConfigSection section, string certificateKey, string privateKeyKey)
    {
        ArgumentNullException.ThrowIfNull(section);
        var (certificate, key) = (section.OptionalFile(certificateKey), section.OptionalFile(privateKeyKey));
        if (section.Has(certificateKey) != section.Has(privateKeyKey))
        {
            var (there, missing) = section.Has(certificateKey) ? (certificateKey, privateKeyKey) : (privateKeyKey, certificateKey);
            section.Error(there, $"'{there}' without '{missing}': a certificate is shown with its key", $"add '{missing}:', or remove it");
        }

        if (certificate is null || key is null)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (IsFault(e))
        {
            section.Error(
                certificateKey, $"{certificate} and {key} cannot be used together: {e.Message.TrimEnd('.')}",
                "give a certificate and the unencrypted private key that belongs to it, both as PEM and readable by this program");
            return null;
        }
    }

    private static bool IsFault(Exception e) => e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException;
}
