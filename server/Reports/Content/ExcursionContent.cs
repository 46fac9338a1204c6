using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Content;

/// <summary>All that is reported of one excursion, or of one unknown time.</summary>
public sealed record ExcursionContent
{
    /// <summary>Its newest version.</summary>
    public required FindingContent Finding { get; init; }

    /// <summary>Every version that there was, the first one first.</summary>
    public required IReadOnlyList<VersionContent> Versions { get; init; }

    /// <summary>The rules that judged during what the report looks at; the one that the excursion cites is among them.</summary>
    public required IReadOnlyList<RuleContent> Rules { get; init; }

    /// <summary>Load and air probes, the one of the excursion first.</summary>
    public required IReadOnlyList<ProbeContent> Probes { get; init; }

    /// <summary>Conditions that touch what the report looks at, ascending; where there are very many, those nearest to the beginning of the excursion.</summary>
    public required IReadOnlyList<ConditionContent> Conditions { get; init; }

    /// <summary>How many more conditions there were.</summary>
    public int ConditionsLeftOut { get; init; }

    public required IReadOnlyList<ExcludedContent> Excluded { get; init; }

    /// <summary>What happened, ascending: from the first sample out to the last signature about it.</summary>
    public required IReadOnlyList<TimelineContent> Timeline { get; init; }

    /// <summary>Who was to be told and what became of it, in the order of the decisions; where there are very many, the first ones and each by which a person acknowledged.</summary>
    public required IReadOnlyList<NotificationContent> Notifications { get; init; }

    /// <summary>How many more such decisions there were.</summary>
    public int NotificationsLeftOut { get; init; }

    /// <summary>Who said "I have it", ascending.</summary>
    public required IReadOnlyList<AcknowledgementContent> Acknowledgements { get; init; }

    /// <summary>The hold of the storage unit itself; null when there is none.</summary>
    public HoldContent? StorageUnitHold { get; init; }

    /// <summary>The blood units that were inside, by donation number.</summary>
    public required IReadOnlyList<BloodUnitContent> BloodUnits { get; init; }

    /// <summary>Steps, causes and assessments that people entered, ascending.</summary>
    public required IReadOnlyList<CaseContent> Case { get; init; }

    /// <summary>The events of the audit trail that tell of it, ascending.</summary>
    public required IReadOnlyList<AuditContent> Audit { get; init; }
}

/// <summary>An excursion, or an unknown time.</summary>
public sealed record FindingContent
{
    public required long Id { get; init; }

    public required int Version { get; init; }

    public required string Probe { get; init; }

    public required Side Side { get; init; }

    /// <summary>The rule that judged it, which need not be the one that was in force when it began.</summary>
    public CitedRuleContent? Rule { get; init; }

    public required Instant Start { get; init; }

    /// <summary>When it became one by the rule, in the time of the samples.</summary>
    public required Instant AlarmedAt { get; init; }

    /// <summary>The instant after its last; null when its end was not seen.</summary>
    public Instant? End { get; init; }

    /// <summary>Why it ended, or that it is open.</summary>
    public required EndReason EndReason { get; init; }

    /// <summary>The last instant that is known to belong to it.</summary>
    public required Instant LastKnown { get; init; }

    /// <summary>
    /// From when on blood inside was not exposed any more; null while that is not known. Of one that was superseded or retracted before that was known: when it was.
    /// </summary>
    public Instant? ExposureEnd { get; init; }

    public required Instant DiscoveredAt { get; init; }

    /// <summary>How long after the readings that show it it was found, in its first version, when that was late; otherwise null.</summary>
    public TimeSpan? FoundAfter { get; init; }

    /// <summary><c>current</c>, <c>superseded</c> or <c>retracted</c>.</summary>
    public required string Status { get; init; }

    public long? SupersededBy { get; init; }

    /// <summary>Why it was superseded or retracted, or why this version came about, where more readings are not the reason; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>The temperature furthest out; null for an unknown time.</summary>
    public Celsius? Peak { get; init; }

    /// <summary>The known duration.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>All the time that its probe was out of range on this side within what the report looks at, excursions or not.</summary>
    public required TimeSpan Cumulative { get; init; }

    /// <summary>The area beyond the limit by straight lines between samples, in degree-minutes, rounded to six decimals; null for an unknown time.</summary>
    public double? DegreeMinutes { get; init; }

    /// <summary>True when contents that contradict each other are its ground.</summary>
    public required bool IsConflict { get; init; }

    /// <summary>True for an unknown time in which the device declared readings lost.</summary>
    public required bool IsDeclaredLost { get; init; }
}

/// <summary>The rule that an excursion rests on.</summary>
/// <param name="Pack">The id of the rule pack; empty when the figures come from none.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 of the pack.</param>
/// <param name="Product">The products of which the figures are.</param>
/// <param name="Low">The lower limit, included; null for none.</param>
/// <param name="High">The upper limit, included; null for none.</param>
public sealed record CitedRuleContent(string Pack, string Version, string Hash, string Product, Celsius? Low, Celsius? High);

/// <summary>An excursion as it was in one of its versions.</summary>
/// <param name="Version">From 1.</param>
/// <param name="StoredAt">When that became known.</param>
/// <param name="Start">Its start then.</param>
/// <param name="End">Its end then; null when it had not been seen.</param>
/// <param name="Peak">Its peak then; null for an unknown time.</param>
/// <param name="Duration">Its known duration then.</param>
/// <param name="Status"><c>current</c>, <c>superseded</c> or <c>retracted</c>.</param>
/// <param name="FoundAfter">How long after the readings that show it, when that was late for this version; otherwise null.</param>
/// <param name="Reason">Why, where more readings are not the reason; otherwise null.</param>
public sealed record VersionContent(
    int Version, Instant StoredAt, Instant Start, Instant? End, Celsius? Peak, TimeSpan Duration, string Status, TimeSpan? FoundAfter, string? Reason)
{
    /// <summary>The rule that judged it then.</summary>
    public CitedRuleContent? Rule { get; init; }
}

/// <summary>Something of the timeline.</summary>
/// <param name="At">When: by the readings for what they tell, by the server's clock for what people and software did.</param>
/// <param name="Kind">What: one of <see cref="TimelineKinds"/>.</param>
/// <param name="Who">The account; empty for the readings and the software.</param>
/// <param name="Detail">A word or text that goes with it, such as the word of a step; empty for none.</param>
public sealed record TimelineContent(Instant At, string Kind, string Who, string Detail);

/// <summary>The kinds of a timeline. The words are signed: they are never changed.</summary>
public static class TimelineKinds
{
    public const string OutOfRange = "out-of-range";
    public const string UnknownSince = "unknown-since";
    public const string Alarm = "alarm";
    public const string Found = "found";
    public const string Changed = "changed";
    public const string Held = "held";
    public const string Peak = "peak";
    public const string Ended = "ended";
    public const string Told = "told";
    public const string Acknowledged = "acknowledged";
    public const string Step = "step";
    public const string Cause = "cause";
    public const string Assessment = "assessment";
    public const string Decided = "decided";
    public const string Reopened = "reopened";

    /// <summary>All of them, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(TimelineKinds).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal)]; // Each is a text.
}
