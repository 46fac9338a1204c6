using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>Whether anybody is told who does not look at a page.</summary>
/// <param name="ReachesPeople">False when no mail, short message or call is set up.</param>
public sealed record AlertReach(bool ReachesPeople);

/// <summary>An incident as a row of the alarm list.</summary>
public sealed record AlarmView
{
    public required long Id { get; init; }

    public required Severity Severity { get; init; }

    public required CauseKind Kind { get; init; }

    /// <summary>Which condition it is of, in the words that are stored; null for none.</summary>
    public string? Condition { get; init; }

    /// <summary>The storage unit or device; empty for a site as a whole.</summary>
    public required string What { get; init; }

    /// <summary>The id of its storage unit; null for none.</summary>
    public string? UnitId { get; init; }

    public required string SiteId { get; init; }

    public required string SiteName { get; init; }

    public required TimeZoneInfo Zone { get; init; }

    /// <summary>By the readings.</summary>
    public required Instant Since { get; init; }

    /// <summary>When it was found, when that was later than usual; null otherwise.</summary>
    public Instant? FoundAt { get; init; }

    /// <summary>The furthest temperature; null when it is of none.</summary>
    public Celsius? Peak { get; init; }

    /// <summary>Since when the cause is over; null while it goes on.</summary>
    public Instant? OverAt { get; init; }

    /// <summary>The blood units inside what it is of.</summary>
    public int BloodUnits { get; init; }

    /// <summary>Who has it; null for nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>Until when that counts.</summary>
    public Instant? AcknowledgedUntil { get; init; }

    /// <summary>When the next step is due; null for none.</summary>
    public Instant? NextAt { get; init; }

    /// <summary>Until when it is shelved; null when it is not.</summary>
    public Instant? ShelvedUntil { get; init; }

    /// <summary>False for what waits for the day.</summary>
    public bool Wakes { get; init; } = true;

    /// <summary>True when it was acknowledged, and its cause is over.</summary>
    public bool IsClosed { get; init; }
}

/// <summary>Something that an incident consists of.</summary>
/// <param name="Name">The storage unit or device.</param>
/// <param name="UnitId">The storage unit's id; null for none.</param>
/// <param name="Kind">What it is, in the words that are stored.</param>
/// <param name="Number">Its number; null for none.</param>
/// <param name="Since">Since when.</param>
/// <param name="GoesOn">False once it is over.</param>
/// <param name="Celsius">The temperature of the storage unit; null when it is not known.</param>
/// <param name="Urgency">How urgent it is among the others.</param>
public sealed record AlarmMemberView(string Name, string? UnitId, string Kind, long? Number, Instant Since, bool GoesOn, Celsius? Celsius, TimeToLimit Urgency);

/// <summary>A message, and what became of it.</summary>
/// <param name="Person">For whom; null for nobody in person.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="MadeAt">When it was put together.</param>
/// <param name="States">What became of it, in order: the word and when.</param>
public sealed record AlarmMessageView(string? Person, AlertChannel Channel, Instant MadeAt, IReadOnlyList<(string State, Instant At)> States);

/// <summary>That a person has it.</summary>
/// <param name="Person">Who.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when.</param>
/// <param name="Action">What the person means to do.</param>
public sealed record AcknowledgementView(string Person, Instant At, Instant Until, string Action);

/// <summary>A shelving.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Reason">Why.</param>
/// <param name="Shelving">By whom, and from when to when.</param>
/// <param name="IsRunning">Whether it is in force, or would be once it is confirmed.</param>
public sealed record ShelvingView(long Id, string Reason, Shelving Shelving, bool IsRunning);

/// <summary>One incident with all that is known of it.</summary>
public sealed record IncidentView
{
    public required AlarmView Alarm { get; init; }

    /// <summary>What it consists of, the most urgent first.</summary>
    public required IReadOnlyList<AlarmMemberView> Members { get; init; }

    public required IReadOnlyList<AcknowledgementView> Acknowledgements { get; init; }

    public required IReadOnlyList<ShelvingView> Shelvings { get; init; }

    public required IReadOnlyList<AlarmMessageView> Messages { get; init; }

    /// <summary>Who was not told, and why: the reason and how often.</summary>
    public required IReadOnlyList<(SendReason Reason, int Count)> NotTold { get; init; }

    /// <summary>Whether the viewer may acknowledge it.</summary>
    public required bool MayAcknowledge { get; init; }

    /// <summary>For how long "I have it" counts.</summary>
    public required TimeSpan Lasts { get; init; }

    /// <summary>Which field of what was sent was wrong; null for none.</summary>
    public string? Fault { get; init; }
}

/// <summary>The page of a link of a message.</summary>
/// <param name="Action">Where its form is sent.</param>
/// <param name="Alarms">What it would acknowledge; empty when there is nothing left.</param>
/// <param name="Lasts">For how long that counts.</param>
/// <param name="IsDone">True after it was.</param>
public sealed record LinkView(string Action, IReadOnlyList<AlarmView> Alarms, TimeSpan Lasts, bool IsDone);

/// <summary>A time on call.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Where">For which sites.</param>
/// <param name="Person">The account.</param>
/// <param name="Duty">In which place of the ladder.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included.</param>
public sealed record OnCallView(long Id, Scope Where, string Person, Duty Duty, Instant From, Instant To);

/// <summary>A person with where he is reached.</summary>
/// <param name="Name">The account's name.</param>
/// <param name="Display">The name for people.</param>
/// <param name="Email">His mailbox; null for none.</param>
/// <param name="Phone">His telephone; null for none.</param>
public sealed record ContactView(string Name, string Display, string? Email, string? Phone);

/// <summary>The on-call schedule.</summary>
public sealed record ScheduleView
{
    public required IReadOnlyList<OnCallView> Slots { get; init; }

    /// <summary>When nobody is on call first, of each site that has such a time within the next days: the site's name, from when and to when.</summary>
    public required IReadOnlyList<(string Site, Span Gap)> Gaps { get; init; }

    public required IReadOnlyList<ContactView> People { get; init; }

    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Whether the viewer may change it.</summary>
    public required bool MayPlan { get; init; }

    /// <summary>Which field of what was sent was wrong; null for none.</summary>
    public string? Fault { get; init; }
}
