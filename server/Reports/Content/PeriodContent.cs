using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Content;

/// <summary>A storage unit over a period.</summary>
public sealed record UnitPeriodContent
{
    public required PlaceContent Place { get; init; }

    /// <summary>Load probes first; empty when it was out of use.</summary>
    public required IReadOnlyList<ProbeContent> Probes { get; init; }

    public required IReadOnlyList<RuleContent> Rules { get; init; }

    /// <summary>
    /// The excursions and unknown times that touch the period, ascending: the current ones, and those that later data has taken back but for which
    /// something was held. Only a person ends a hold.
    /// </summary>
    public required IReadOnlyList<PeriodFindingContent> Findings { get; init; }

    /// <summary>Open doors beyond their delay; null when no signal told of a door.</summary>
    public CountContent? DoorOpen { get; init; }

    /// <summary>Lost mains; null when no signal told of them.</summary>
    public CountContent? MainsLost { get; init; }

    /// <summary>Samples that did not count, and why.</summary>
    public required IReadOnlyList<ExcludedContent> Excluded { get; init; }

    /// <summary>Changes of rules, use, probes and calibrations within the period, ascending.</summary>
    public required IReadOnlyList<ChangeContent> Changes { get; init; }
}

/// <summary>An excursion or unknown time in a list.</summary>
public sealed record PeriodFindingContent
{
    public required long Id { get; init; }

    /// <summary>Its version; null for one that goes on beyond the period, which has more of them for what happens later.</summary>
    public int? Version { get; init; }

    /// <summary><c>current</c>, <c>superseded</c> or <c>retracted</c>.</summary>
    public string Status { get; init; } = FindingWords.Current;

    public long? SupersededBy { get; init; }

    public required string Probe { get; init; }

    public required Side Side { get; init; }

    /// <summary>The rule that judged it; null for one that goes on beyond the period, which another one may judge then.</summary>
    public CitedRuleContent? Rule { get; init; }

    public required Instant Start { get; init; }

    /// <summary>The instant after its last; null when its end was not seen, or lies beyond the period.</summary>
    public Instant? End { get; init; }

    /// <summary>
    /// True when what was inside can have been exposed beyond the period: it had not ended by then. What is told of such a one is what is of the period,
    /// so that it stays the same however the excursion goes on: its own report has the rest.
    /// </summary>
    public bool GoesOn { get; init; }

    /// <summary>The known duration; null for one that goes on beyond the period.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The temperature furthest out; null for an unknown time, and for one that goes on beyond the period.</summary>
    public Celsius? Peak { get; init; }

    /// <summary>How long after the readings that show it, when that was late; otherwise null.</summary>
    public TimeSpan? FoundAfter { get; init; }

    /// <summary>The word of the cause that a person named; null for none.</summary>
    public string? Cause { get; init; }

    /// <summary>
    /// When the first person said "I have it", after its incident was opened, or after it was found where that was later; null when nobody did since. It
    /// may have belonged to several incidents: the first answer to any of them counts.
    /// </summary>
    public TimeSpan? AcknowledgedAfter { get; init; }

    /// <summary>How many blood units that were inside before the end of the period were held, and how many of these are released, discarded, returned and not decided.</summary>
    public required DispositionsContent Dispositions { get; init; }

    /// <summary>True when the storage unit itself is held for it, and nobody has decided.</summary>
    public bool IsUnitUndecided { get; init; }

    /// <summary>False for one that later data has taken back.</summary>
    public bool IsCurrent() => Status == FindingWords.Current;
}

/// <summary>What became of the blood units of an excursion.</summary>
public sealed record DispositionsContent(int Held, int Released, int Discarded, int Returned, int Undecided);

/// <summary>How often signals told of something, and for how long within the period.</summary>
public sealed record CountContent(int Count, TimeSpan Total)
{
    /// <summary>For how long the state of every such signal was known.</summary>
    public TimeSpan Known { get; init; }

    /// <summary>For how long nobody could tell: one was silent or contradicted itself, or there was none, or the storage unit was not in use.</summary>
    public TimeSpan Unknown { get; init; }
}

/// <summary>A change within a period.</summary>
/// <param name="At">From when it counted.</param>
/// <param name="Kind">One of <see cref="ChangeKinds"/>.</param>
/// <param name="Detail">What is new, as it is written in packs and the fleet file.</param>
public sealed record ChangeContent(Instant At, string Kind, string Detail);

/// <summary>The kinds of changes. The words are signed: they are never changed.</summary>
public static class ChangeKinds
{
    public const string RulePack = "rule-pack";
    public const string Use = "use";
    public const string Probe = "probe";
    public const string Calibration = "calibration";
    public const string Maintenance = "maintenance";

    /// <summary>All of them, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(ChangeKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)]; // Each is a text.
}
