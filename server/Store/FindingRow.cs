using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>The words in the columns of a finding.</summary>
internal static class FindingWords
{
    public const string High = "high";
    public const string Low = "low";
    public const string Unknown = "unknown";

    public const string Current = "current";
    public const string Superseded = "superseded";
    public const string Retracted = "retracted";
}

/// <summary>An excursion or an unknown interval of one probe, in its newest version.</summary>
internal sealed record FindingRow
{
    /// <summary>Given at first discovery and never reused; 0 before.</summary>
    public long Id { get; init; }

    /// <summary>From 1, one higher at each change.</summary>
    public int Version { get; init; } = 1;

    public required StorageUnitId Unit { get; init; }

    public required ProbeId Probe { get; init; }

    /// <summary><see cref="FindingWords.High"/>, <see cref="FindingWords.Low"/> or <see cref="FindingWords.Unknown"/>.</summary>
    public required string Side { get; init; }

    public required string RulePack { get; init; }

    public required string RuleVersion { get; init; }

    public required string RuleHash { get; init; }

    public required Instant Start { get; init; }

    public required Instant AlarmedAt { get; init; }

    /// <summary>Not included; null while it goes on.</summary>
    public Instant? End { get; init; }

    public string? EndReason { get; init; }

    /// <summary>The extreme temperature; null for an unknown interval.</summary>
    public Celsius? Peak { get; init; }

    /// <summary>Twice the area beyond the limit, in milli-degrees times milliseconds: an integer, so that it replays exactly.</summary>
    public long TwiceArea { get; init; }

    /// <summary><see cref="FindingWords.Current"/>, <see cref="FindingWords.Superseded"/> or <see cref="FindingWords.Retracted"/>.</summary>
    public string Status { get; init; } = FindingWords.Current;

    public long? SupersededBy { get; init; }

    /// <summary>Why it was superseded or retracted.</summary>
    public string? Reason { get; init; }

    public required Instant DiscoveredAt { get; init; }

    public required Instant UpdatedAt { get; init; }

    /// <summary>True when data that came late brought it to light.</summary>
    public bool FoundLate { get; init; }
}
