using System.Security.Cryptography;
using System.Text;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Holds the files of a bundle against its manifest, and the manifest against its signature.</summary>
internal static class ManifestCheck
{
    private static readonly string[] Unlisted = [BundleNames.Manifest, BundleNames.Signature, BundleNames.Key];

    /// <summary>Every file must be there, in the order and with the length and hash of the manifest; and no other.</summary>
    public static void OfFiles(BundleFiles bundle)
    {
        if (bundle.Load(BundleNames.Manifest, BundleLimits.ManifestMax) is not { } bytes)
        {
            return;
        }

        if (!BundleJson.TryRead(bytes, BundleJsonContext.Default.Manifest, out var manifest, out var error))
        {
            bundle.Problems.Add(BundleNames.Manifest, $"it cannot be read: {error}");
            return;
        }

        if (manifest.Files.Any(file => file is null))
        {
            bundle.Problems.Add(BundleNames.Manifest, "one of its files is null");
            return;
        }

        foreach (var file in manifest.Files)
        {
            OfFile(bundle, file);
        }

        string[] expected = [.. manifest.Files.Select(file => file.Name), .. Unlisted];
        var known = expected.ToHashSet(StringComparer.Ordinal);
        if (known.Count < expected.Length)
        {
            bundle.Problems.Add(BundleNames.Manifest, $"it lists {expected.GroupBy(name => name).First(same => same.Count() > 1).Key} twice, or itself");
        }

        foreach (var extra in bundle.Names.Where(name => !known.Contains(name)))
        {
            bundle.Problems.Add(extra, "it is not in the manifest: it was added or renamed");
        }

        var (wanted, found) = (expected.Where(name => bundle.Find(name) is not null), bundle.Names.Where(known.Contains));
        if (wanted.Zip(found).FirstOrDefault(pair => pair.First != pair.Second) is { First: { } first, Second: { } second })
        {
            bundle.Problems.Add(second, $"it stands where {first} belongs: the order is another than that of the manifest");
        }
    }

    /// <summary>Checks the signature under the manifest.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="expected">The key that it must be by; null to believe the bundle's own.</param>
    /// <returns>SHA-256 of the key in the bundle (SubjectPublicKeyInfo, DER); null when that is none.</returns>
    public static string? OfSignature(BundleFiles bundle, ECDsa? expected)
    {
        using var own = KeyOf(bundle);
        var fingerprint = own is null ? null : FingerprintOf(own);
        if (own is not null && expected is not null && fingerprint != FingerprintOf(expected))
        {
            bundle.Problems.Add(BundleNames.Key, $"it is another key than the one that was given: SHA-256 {fingerprint}, and not {FingerprintOf(expected)}");
        }

        if (SignatureOf(bundle) is { } signature && (own ?? expected) is { } key && bundle.Find(BundleNames.Manifest) is { } manifest
            && !key.VerifyData(Encoding.UTF8.GetBytes(BundleArchive.SignedTextOf(manifest.Sha256)), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            bundle.Problems.Add(BundleNames.Manifest, "its signature is not right: the manifest or manifest.sig was changed, or another key signed it");
        }

        return fingerprint;
    }

    /// <summary>SHA-256 of a public key as DER, in lower-case hexadecimal digits.</summary>
    public static string FingerprintOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static void OfFile(BundleFiles bundle, ManifestFile listed)
    {
        var problem = bundle.Find(listed.Name) switch
        {
            null => "it is missing, and the manifest lists it",
            var (length, _) when length != listed.Length => $"it was changed: it has {length} bytes, and had {listed.Length}",
            var (_, sha256) when sha256 != listed.Sha256 => $"it was changed: its SHA-256 is {sha256}, and was {listed.Sha256}",
            _ => null,
        };
        if (problem is not null)
        {
            bundle.Problems.Add(listed.Name, problem);
        }
    }

    // There is one way to write key and signature only, so that no byte of them can be another.
    private static ECDsa? KeyOf(BundleFiles bundle)
    {
        if (bundle.Load(BundleNames.Key, BundleLimits.KeyMax) is not { } bytes)
        {
            return null;
        }

        var (text, key) = (Encoding.ASCII.GetString(bytes), ECDsa.Create());
        if (PublicKeyText.TryImport(key, text) && key.ExportSubjectPublicKeyInfoPem() + "\n" == text)
        {
            return key;
        }

        key.Dispose();
        bundle.Problems.Add(BundleNames.Key, "it is no public key of the curve P-256 as a bundle has it");
        return null;
    }

    private static byte[]? SignatureOf(BundleFiles bundle)
    {
        if (bundle.Load(BundleNames.Signature, BundleLimits.KeyMax) is not { } bytes)
        {
            return null;
        }

        var (text, signature) = (Encoding.ASCII.GetString(bytes), new byte[bytes.Length]);
        if (text.EndsWith('\n') && Convert.TryFromBase64String(text, signature, out var length) && Convert.ToBase64String(signature, 0, length) + "\n" == text)
        {
            return signature[..length];
        }

        bundle.Problems.Add(BundleNames.Signature, "it is no signature as a bundle has it");
        return null;
    }
}
