using System.Text.RegularExpressions;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A rule pack that a report cites.</summary>
/// <param name="Pack">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 of it.</param>
internal sealed record CitedPack(string Pack, string Version, string Hash)
{
    public static CitedPack Of(RuleContent rule) => new(rule.Pack, rule.Version, rule.Hash);

    public static CitedPack Of(CitedRuleContent rule) => new(rule.Pack, rule.Version, rule.Hash);
}

/// <summary>The names of the files of a bundle.</summary>
internal static partial class BundleNames
{
    public const string Head = "bundle.json";
    public const string Report = "report.json";
    public const string Signatures = "signatures.json";
    public const string Samples = "samples.csv";
    public const string Audit = "audit.jsonl";
    public const string ReceivedList = "received.csv";
    public const string Anchors = "anchors.jsonl";
    public const string Readings = "readings.csv";
    public const string Manifest = "manifest.json";
    public const string Signature = "manifest.sig";
    public const string Key = "key.pub.pem";

    /// <summary>The folder of the packs as received (<see cref="PackPlace"/>).</summary>
    public const string Received = "received/";

    /// <summary>The folder of rule packs.</summary>
    public const string Rules = "rules/";

    private const int HashShown = 8;
    private const int WordMax = 64;

    /// <summary>
    /// The rule packs that a report cites, those in force in its time and those that its findings rest on, each with the name of its file:
    /// <c>rules/PACK-VERSION.json</c>, with a part of the hash where two of them would have the same.
    /// </summary>
    public static IReadOnlyList<(string Name, CitedPack Pack)> RulesOf(ReportContent content)
    {
        var inForce = (content.Excursion?.Rules ?? []).Concat(content.Units.SelectMany(unit => unit.Rules)).Select(CitedPack.Of);
        var cited = inForce.Concat(RestedOn(content).Where(rule => rule.Hash.Length > 0).Select(CitedPack.Of)).DistinctBy(rule => rule.Hash).ToList();
        var counts = cited.CountBy(Stem, StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return [.. cited.Select(rule => ($"{Rules}{Stem(rule)}{(counts[Stem(rule)] > 1 ? "-" + Word(rule.Hash)[..Math.Min(HashShown, rule.Hash.Length)] : "")}.json", rule))];
    }

    // They may be of before: what is out within the delay of one rule is judged by the next, and one that was taken back keeps its own.
    private static IEnumerable<CitedRuleContent> RestedOn(ReportContent content) =>
        (content.Excursion is { } excursion ? excursion.Versions.Select(version => version.Rule).Append(excursion.Finding.Rule) : [])
        .Concat(content.Units.SelectMany(unit => unit.Findings).Select(finding => finding.Rule))
        .OfType<CitedRuleContent>();

    private static string Stem(CitedPack rule) => $"{Word(rule.Pack)}-{Word(rule.Version)}";

    private static string Word(string text) => Unfit().Replace(text.Length > WordMax ? text[..WordMax] : text, "-");

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex Unfit();
}
