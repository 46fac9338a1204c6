using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>Holds the events of a bundle against their own hashes, and against what the report says of them.</summary>
internal static class AuditCheck
{
    public static void OfEvents(BundleFiles bundle, ReportContent content, BundleHead? head)
    {
        var told = (content.Excursion?.Audit ?? []).DistinctBy(entry => entry.Id).ToDictionary(entry => entry.Id);
        var (last, seen) = ((AuditLine?)null, new HashSet<long>());
        foreach (var (number, bytes) in bundle.Lines(BundleNames.Audit))
        {
            if (!BundleJson.TryRead(bytes.Span, BundleJsonContext.Default.AuditLine, out var entry, out var error))
            {
                bundle.Problems.Add(BundleNames.Audit, $"line {number} is no event: {error}");
                continue;
            }

            foreach (var problem in ProblemsOf(entry, last, told.GetValueOrDefault(entry.Id), head).OfType<string>())
            {
                bundle.Problems.Add(BundleNames.Audit, string.Create(CultureInfo.InvariantCulture, $"event {entry.Id} {problem}"));
            }

            last = entry;
            if (told.ContainsKey(entry.Id)) // No more of them than the report has.
            {
                seen.Add(entry.Id);
            }
        }

        foreach (var missing in told.Keys.Where(id => !seen.Contains(id)))
        {
            bundle.Problems.Add(BundleNames.Audit, $"event {missing} of the report is missing");
        }
    }

    private static string?[] ProblemsOf(AuditLine entry, AuditLine? last, AuditContent? told, BundleHead? head) =>
    [
        entry.Hash is not null && entry.Hash != entry.Computed() ? "was changed: its hash does not follow from what it says" : null,
        entry.Id == 1 && head is not null && entry.Before != Convert.ToHexStringLower(EventChain.Beginning(head.Store)) ? "is the first, and does not begin the chain of this store" : null,
        last is not null && last.Id + 1 == entry.Id && last.Hash is not null && last.Hash != entry.Before ? $"does not follow event {last.Id}" : null,
        last is not null && last.Id >= entry.Id ? $"stands behind event {last.Id}: the order is not that of the trail" : null,
        told is null ? "is not in the report's extract of the audit trail"
            : told.At != new Instant(entry.At) || told.Kind != entry.Kind || told.Who != (entry.Who ?? "") || told.Hash != (entry.Hash ?? "") ? "is another in the report's extract of the audit trail"
            : null,
    ];
}
