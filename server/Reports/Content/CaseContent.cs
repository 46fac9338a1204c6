using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Content;

/// <summary>A decision whether somebody is told, and what became of the message.</summary>
public sealed record NotificationContent
{
    /// <summary>The incident.</summary>
    public required long Incident { get; init; }

    /// <summary>The step of the ladder, from 0 on.</summary>
    public required int Step { get; init; }

    /// <summary>How often the ladder has been begun, from 1 on.</summary>
    public required int Round { get; init; }

    /// <summary>The account; empty for what goes to nobody in person.</summary>
    public required string Account { get; init; }

    /// <summary>The word of the channel.</summary>
    public required string Channel { get; init; }

    public required Instant DecidedAt { get; init; }

    /// <summary>False when it was decided that the person is not told.</summary>
    public required bool IsSent { get; init; }

    /// <summary>The word of the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>When the channel took it; null when it did not, or nobody knows.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When it reached the telephone or mailbox, by the channel's word.</summary>
    public Instant? DeliveredAt { get; init; }

    public Instant? SeenAt { get; init; }

    /// <summary>When the person acknowledged by it.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>The last state of the message: a word of its life; empty when there is none.</summary>
    public required string State { get; init; }
}

/// <summary>That a person said "I have it".</summary>
/// <param name="Incident">Of which incident.</param>
/// <param name="Account">The account.</param>
/// <param name="At">When.</param>
/// <param name="After">How long after the incident was opened.</param>
/// <param name="Action">What the person meant to do.</param>
/// <param name="Way">The word of the way: page, link or api.</param>
public sealed record AcknowledgementContent(long Incident, string Account, Instant At, TimeSpan After, string Action, string Way);

/// <summary>A hold, with what was decided about it.</summary>
public sealed record HoldContent
{
    public required long Id { get; init; }

    /// <summary>From when on its ground existed.</summary>
    public required Instant Since { get; init; }

    public required Instant PlacedAt { get; init; }

    /// <summary><c>held</c>, <c>ground-removed</c> or <c>decided</c>.</summary>
    public required string State { get; init; }

    /// <summary>Every decision, the first one first; the last one counts unless it was re-opened.</summary>
    public required IReadOnlyList<DecisionContent> Decisions { get; init; }

    /// <summary>The decision that stands; null while there is none.</summary>
    public DecisionContent? Standing() => Decisions is [.., { ReopenedAt: null } last] ? last : null;
}

/// <summary>A signed decision about a hold.</summary>
public sealed record DecisionContent
{
    public required long Id { get; init; }

    /// <summary><c>release</c>, <c>discard</c> or <c>return</c>.</summary>
    public required string Kind { get; init; }

    public required string Account { get; init; }

    /// <summary>The person's name as it was then.</summary>
    public required string Name { get; init; }

    public required Instant SignedAt { get; init; }

    public required string Meaning { get; init; }

    public required string Reason { get; init; }

    /// <summary>SHA-256 of all that was signed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>When it was re-opened because more became known; null while it stands.</summary>
    public Instant? ReopenedAt { get; init; }

    public string? ReopenedWhy { get; init; }
}

/// <summary>A blood unit that was inside.</summary>
public sealed record BloodUnitContent
{
    /// <summary>The donation identification number.</summary>
    public required string Donation { get; init; }

    public required string Product { get; init; }

    public required Instant InAt { get; init; }

    /// <summary>When it left; null when it was inside at the end of what the report looks at.</summary>
    public Instant? OutAt { get; init; }

    /// <summary>How long it was inside during the excursion, as long as that can have lasted.</summary>
    public required TimeSpan Exposed { get; init; }

    /// <summary>True when it had left before the excursion was found.</summary>
    public required bool LeftBefore { get; init; }

    /// <summary>
    /// True when it left after that, and before what is known now made it one to look for: under a decision that was overtaken, or not held yet.
    /// </summary>
    public bool LeftSince { get; init; }

    /// <summary>The storage unit that it had gone to by the time it was named as one to look for; null when that is not known.</summary>
    public string? WentTo { get; init; }

    /// <summary>What became of it, the last word that a person entered; null for none.</summary>
    public string? FollowUp { get; init; }

    /// <summary>Its hold because of the excursion; null when there is none.</summary>
    public HoldContent? Hold { get; init; }

    /// <summary>The allowances that it exceeds over its life up to the end of what the report looks at, this excursion included.</summary>
    public required IReadOnlyList<ExceededContent> Exceeded { get; init; }
}

/// <summary>An allowance of its rule that a blood unit exceeded, or may have.</summary>
/// <param name="Exposure">The number of the exposure.</param>
/// <param name="Allowance">Which one, by the key of the allowance.</param>
/// <param name="Verdict">The word of the verdict.</param>
/// <param name="OnlyPossible">True when what is known alone would not exceed it.</param>
/// <param name="Since">The first instant of the time that counts.</param>
public sealed record ExceededContent(long Exposure, string Allowance, string Verdict, bool OnlyPossible, Instant Since);

/// <summary>A step, a cause or an assessment that a person entered.</summary>
/// <param name="Kind"><c>step</c>, <c>cause</c> or <c>assessment</c>.</param>
/// <param name="Word">Which step or cause; empty for an assessment.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="Account">The account.</param>
/// <param name="At">When.</param>
/// <param name="Version">The version of the excursion that the person saw.</param>
public sealed record CaseContent(string Kind, string Word, string Note, string Account, Instant At, int Version);

/// <summary>An event of the audit trail.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Who">In whose name; empty for an event of before there was an audit trail.</param>
/// <param name="Hash">Its hash in the chain; empty likewise.</param>
public sealed record AuditContent(long Id, Instant At, string Kind, string Who, string Hash);
