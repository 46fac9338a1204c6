using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>What a picture shows.</summary>
public sealed record ChartSubject
{
    /// <summary>Different for each picture of a document: the names of its parts begin with it.</summary>
    public required string Id { get; init; }

    public required Instant From { get; init; }

    public required Instant To { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    public required IReadOnlyList<ProbeContent> Probes { get; init; }

    public required IReadOnlyList<RuleContent> Rules { get; init; }

    public required IReadOnlyList<ConditionContent> Conditions { get; init; }

    public required IReadOnlyList<ExcludedContent> Excluded { get; init; }

    public required IReadOnlyList<ChartFinding> Findings { get; init; }
}

/// <summary>An excursion or unknown time in a picture.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Side">Its side.</param>
/// <param name="Probe">Its probe.</param>
/// <param name="From">Its start.</param>
/// <param name="To">Its end, or up to when it is known.</param>
/// <param name="Peak">The temperature furthest out; null for an unknown time.</param>
public sealed record ChartFinding(long Id, Side Side, string Probe, Instant From, Instant To, Celsius? Peak);
