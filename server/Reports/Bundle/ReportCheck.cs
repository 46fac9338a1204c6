using System.Text.Json;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Holds the report of a bundle against what binds it: the head, the signatures, and the rule packs that it cites.</summary>
internal static class ReportCheck
{
    /// <summary>The head; null when it cannot be read.</summary>
    public static BundleHead? OfHead(BundleFiles bundle)
    {
        if (bundle.Load(BundleNames.Head, BundleLimits.HeadMax) is not { } bytes)
        {
            return null;
        }

        if (!BundleJson.TryRead(bytes, BundleJsonContext.Default.BundleHead, out var head, out var error))
        {
            bundle.Problems.Add(BundleNames.Head, $"it cannot be read: {error}");
            return null;
        }

        if (head.Form != BundleHead.CurrentForm)
        {
            bundle.Problems.Add(BundleNames.Head, $"its form is {head.Form}, and this program knows form {BundleHead.CurrentForm}. Verify it with the version that it names");
        }

        if (bundle.Find(BundleNames.Report) is { } report && report.Sha256 != head.Sha256)
        {
            bundle.Problems.Add(BundleNames.Report, $"it is not the content that bundle.json is bound to: its SHA-256 is {report.Sha256}, and not {head.Sha256}");
        }

        return head;
    }

    /// <summary>The content of the report; null when it cannot be read.</summary>
    public static ReportContent? OfContent(BundleFiles bundle, BundleHead? head)
    {
        if (bundle.Load(BundleNames.Report, BundleLimits.ReportMax) is not { } bytes || TryRead(bundle, BundleNames.Report, () => ReportJson.Read(bytes)) is not { } content)
        {
            return null;
        }

        if (HoldsNothing(content.Units) || HoldsNothing(content.Excursion?.Audit) || HoldsNothing(content.Excursion?.Rules) || HoldsNothing(content.Excursion?.Versions)
            || content.Units.Any(unit => HoldsNothing(unit.Rules) || HoldsNothing(unit.Findings)))
        {
            bundle.Problems.Add(BundleNames.Report, "one of its storage units, rules, versions, findings or events is null");
            return null;
        }

        if (head is not null && head.Number != content.Number)
        {
            bundle.Problems.Add(BundleNames.Report, $"it is report {content.Number}, and bundle.json is of {head.Number}");
        }

        return content;
    }

    /// <summary>The signatures, each of which must be of this content, and given as the rules of signing say.</summary>
    public static IReadOnlyList<SignatureContent> OfSignatures(BundleFiles bundle, BundleHead? head)
    {
        if (bundle.Load(BundleNames.Signatures, BundleLimits.SignaturesMax) is not { } bytes
            || TryRead(bundle, BundleNames.Signatures, () => ReportJson.ReadSignatures(bytes)) is not { } signatures)
        {
            return [];
        }

        if (signatures.Any(signature => signature is null || !Enum.IsDefined(signature.Meaning)))
        {
            bundle.Problems.Add(BundleNames.Signatures, "one of the signatures is none");
            return [];
        }

        var given = new List<GivenSignature>();
        foreach (var signature in signatures)
        {
            var word = ReportSigning.WordOf(signature.Meaning);
            if (bundle.Find(BundleNames.Report) is { } report && report.Sha256 != signature.Sha256)
            {
                bundle.Problems.Add(BundleNames.Signatures, $"the signature '{word}' by {signature.Account} is of another content, SHA-256 {signature.Sha256}");
            }

            if (ReportSigning.Refusal(signature.Meaning, signature.Account, given, isVoid: false) is { } refusal)
            {
                bundle.Problems.Add(BundleNames.Signatures, $"the signature '{word}' by {signature.Account} could not have been given: {refusal}");
            }

            given.Add(new GivenSignature(signature.Meaning, signature.Account));
        }

        if (head is not null && (head.Revision == 0) != (signatures.Count == 0))
        {
            bundle.Problems.Add(BundleNames.Signatures, $"it has {signatures.Count} signatures, and bundle.json is of revision {head.Revision}; a draft is revision 0 and has none");
        }

        return signatures;
    }

    /// <summary>Every rule pack that the report cites must be there, with the hash that it cites; and no other.</summary>
    public static void OfRules(BundleFiles bundle, ReportContent content)
    {
        var cited = BundleNames.RulesOf(content);
        foreach (var (name, rule) in cited)
        {
            if (bundle.Find(name) is not { } found)
            {
                bundle.Problems.Add(name, $"it is missing, and the report cites {rule.Pack} {rule.Version}");
            }
            else if (found.Sha256 != rule.Hash)
            {
                bundle.Problems.Add(name, $"it is not the rule pack that the report cites: its SHA-256 is {found.Sha256}, and that of {rule.Pack} {rule.Version} is {rule.Hash}");
            }
        }

        var names = cited.Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var extra in bundle.Names.Where(name => name.StartsWith(BundleNames.Rules, StringComparison.Ordinal) && !names.Contains(name)))
        {
            bundle.Problems.Add(extra, "the report cites no such rule pack");
        }
    }

    // The reader of JSON lets that pass, whatever the type of the elements says.
    private static bool HoldsNothing<T>(IEnumerable<T>? elements) => elements?.Any(element => element is null) == true;

    private static T? TryRead<T>(BundleFiles bundle, string name, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            bundle.Problems.Add(name, $"it cannot be read by this version: {error.Message}");
            return null;
        }
    }
}
