using System.Security.Cryptography;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>What came of verifying a bundle.</summary>
/// <param name="Problems">All that is wrong; empty when it is as it was written.</param>
/// <param name="Untold">How many problems there are beside these.</param>
/// <param name="Files">How many files it has.</param>
/// <param name="Head">What it says of itself; null when that cannot be read.</param>
/// <param name="Signatures">The signatures under the report.</param>
/// <param name="Fingerprint">SHA-256 of the key in it (SubjectPublicKeyInfo, DER); null when that is none.</param>
internal sealed record BundleVerdict(
    IReadOnlyList<BundleProblem> Problems, long Untold, int Files, BundleHead? Head, IReadOnlyList<SignatureContent> Signatures, string? Fingerprint)
{
    public bool IsRight => Problems.Count == 0;
}

/// <summary>
/// Verifies a bundle with nothing but the bundle, and a key from elsewhere where there is one. Whatever is wrong, the checks behind it are made as well, as
/// far as there is something to check. Nothing of the bundle is believed, and nothing is written to a disk.
/// </summary>
internal static class BundleVerification
{
    /// <param name="stream">The bundle, which must be able to seek.</param>
    /// <param name="publicKey">The key that it must be signed with, PEM; null to believe the one in it.</param>
    /// <exception cref="ArgumentException">The key is none of the curve P-256.</exception>
    public static BundleVerdict Verify(Stream stream, string? publicKey)
    {
        using var key = publicKey is null ? null : ECDsa.Create();
        if (key is not null && !PublicKeyText.TryImport(key, publicKey!)) // There is a key only with its text.
        {
            throw new ArgumentException("It is no public key of the curve P-256 in PEM.", nameof(publicKey));
        }

        var problems = new BundleProblems();
        if (BundleFiles.Open(stream, problems) is not { } bundle)
        {
            return new BundleVerdict(problems.Told, problems.Untold, 0, null, [], null);
        }

        ManifestCheck.OfFiles(bundle);
        var fingerprint = ManifestCheck.OfSignature(bundle, key);
        var head = ReportCheck.OfHead(bundle);
        var signatures = ReportCheck.OfSignatures(bundle, head);
        if (ReportCheck.OfContent(bundle, head) is { } content)
        {
            ReportCheck.OfRules(bundle, content);
            AuditCheck.OfEvents(bundle, content, head);
        }

        SampleCheck.OfSamples(bundle, BundleLimits.SamplesHeldMax);
        ReceivedCheck.OfReadings(bundle);
        return new BundleVerdict(problems.Told, problems.Untold, bundle.Names.Count, head, signatures, fingerprint);
    }
}
