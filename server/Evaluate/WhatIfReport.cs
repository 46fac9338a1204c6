using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Evaluate;

/// <summary>
/// The answer of <c>evaluate --what-if</c>, in the shape of its JSON. Each part says itself that it is an opinion: a line that is copied out of it
/// must not be taken for a record.
/// </summary>
/// <param name="Opinion">Always <see cref="WhatIfReport.Label"/>.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="From">From when.</param>
/// <param name="To">Until when; null for as far as it was judged.</param>
/// <param name="By">What differs from how it was judged.</param>
/// <param name="Findings">What was found or would have been, by start.</param>
internal sealed record WhatIfReport(string Opinion, string Unit, string From, string? To, string By, IReadOnlyList<WhatIfLine> Findings)
{
    public const string Label = "what if: an opinion, not a record; nothing was stored";

    /// <summary>Puts what would have been found beside what was.</summary>
    /// <param name="unit">The storage unit.</param>
    /// <param name="period">From when until when, both included.</param>
    /// <param name="by">What differs, in words.</param>
    /// <param name="found">What is on record and touches the period.</param>
    /// <param name="whatIf">All that would have been found.</param>
    public static WhatIfReport Of(StorageUnitId unit, (Instant From, Instant To) period, string by, IReadOnlyList<FindingRow> found, IReadOnlyList<Finding> whatIf)
    {
        var left = whatIf.Where(finding => finding.Stretch.Start <= period.To && finding.Stretch.ExposureEnd >= period.From).ToList();
        var pairs = new List<(Finding? Found, Finding? WhatIf)>();
        foreach (var row in found)
        {
            var match = left.Find(finding => IsAbout(finding, row.Finding));
            pairs.Add((row.Finding, match));
            left.RemoveAll(finding => finding == match);
        }

        pairs.AddRange(left.Select(finding => ((Finding?)null, (Finding?)finding)));
        return new WhatIfReport(
            Label, unit.Value, period.From.ToString(), period.To < Instant.End ? period.To.ToString() : null, by,
            [.. pairs.OrderBy(pair => (pair.Found ?? pair.WhatIf)!.Stretch.Start).Select(pair => WhatIfLine.Of(pair.Found, pair.WhatIf))]); // One of them is there.
    }

    private static bool IsAbout(Finding one, Finding other) =>
        (one.Probe, one.Stretch.Side) == (other.Probe, other.Stretch.Side)
        && one.Stretch.Start <= other.Stretch.ExposureEnd && other.Stretch.Start <= one.Stretch.ExposureEnd;
}

/// <summary>What was found, and what would have been found of the same time; one of the two may be missing.</summary>
internal sealed record WhatIfLine(string Opinion, string Probe, string Side, FoundLine? Found, FoundLine? WhatIf)
{
    public static WhatIfLine Of(Finding? found, Finding? whatIf)
    {
        var either = (found ?? whatIf)!; // One of them is there.
        return new WhatIfLine(
            WhatIfReport.Label, either.Probe.ToString(), FindingWords.Of(either.Stretch.Side),
            found is null ? null : FoundLine.Of(found) with { Finding = found.Id, Version = found.Version },
            whatIf is null ? null : FoundLine.Of(whatIf));
    }
}

/// <summary>A finding in short; only one that is on record has an id and a version.</summary>
internal sealed record FoundLine(string Start, string AlarmedAt, string? End, decimal Minutes, decimal? PeakCelsius, double? DegreeMinutes, string RulePack, string RuleVersion)
{
    public long? Finding { get; init; }

    public int? Version { get; init; }

    public static FoundLine Of(Finding finding)
    {
        var stretch = finding.Stretch;
        var isTemperature = stretch.Side != Core.Excursions.Side.Unknown;
        return new FoundLine(
            stretch.Start.ToString(),
            finding.AlarmedAt.ToString(),
            stretch.End?.ToString(),
            Math.Round((decimal)stretch.Duration.TotalMinutes, 3),
            isTemperature ? Celsius.FromMilli(stretch.PeakMilli).ToDegrees() : null,
            isTemperature ? Math.Round(stretch.DegreeMinutes, 6) : null,
            stretch.Rule.Citation.Pack,
            stretch.Rule.Citation.Version);
    }
}
