using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>Why somebody is told, or is not. Names are stored in lower case: none is ever changed.</summary>
public enum SendReason
{
    /// <summary>The step is due: told.</summary>
    Due,

    /// <summary>None of the channels of the step reaches this person, and this one does: told.</summary>
    OnlyChannel,

    /// <summary>Nobody is on duty there, so everybody is who may acknowledge: told.</summary>
    NobodyOnDuty,

    /// <summary>The step is not due yet.</summary>
    NotDue,

    /// <summary>Somebody has it.</summary>
    Acknowledged,

    /// <summary>The cause is over, and it was not critical.</summary>
    Over,

    /// <summary>It was over when it was found, and no blood unit had left meanwhile: it wakes nobody.</summary>
    FoundLater,

    /// <summary>It is shelved.</summary>
    Shelved,

    /// <summary>A later step is due as well, and tells everybody whom this one would have told.</summary>
    Overtaken,

    /// <summary>It was told already: this incident, round, step, person and channel.</summary>
    AlreadyTold,

    /// <summary>The channel is not set up on this server.</summary>
    NoChannel,

    /// <summary>The person has no address for the channel.</summary>
    NoAddress,

    /// <summary>The account is disabled.</summary>
    Disabled,
}

/// <summary>All that decides whether somebody is told at a step.</summary>
public sealed record SendQuestion
{
    /// <summary>The incident.</summary>
    public required IncidentState Incident { get; init; }

    /// <summary>Its ladder.</summary>
    public required Ladder Ladder { get; init; }

    /// <summary>The step in question.</summary>
    public required int Step { get; init; }

    /// <summary>The channel in question.</summary>
    public required AlertChannel Channel { get; init; }

    /// <summary>The present.</summary>
    public required Instant Now { get; init; }

    /// <summary>Whether somebody has shelved it.</summary>
    public bool IsShelved { get; init; }

    /// <summary>Whether this very thing was told before.</summary>
    public bool IsTold { get; init; }

    /// <summary>Whether the channel is set up.</summary>
    public bool HasChannel { get; init; } = true;

    /// <summary>Whether the person has an address for it. True for a channel that goes to no person.</summary>
    public bool HasAddress { get; init; } = true;

    /// <summary>Whether the person's account is disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Whether any channel of the step reaches the person.</summary>
    public bool IsReachedByStep { get; init; } = true;

    /// <summary>Whether the person is told because nobody is on duty.</summary>
    public bool IsStandIn { get; init; }
}

/// <summary>Whether somebody is told, and why. A function of what it is asked, and of nothing else.</summary>
/// <param name="IsSent">True when somebody is told.</param>
/// <param name="Reason">Why, or why not.</param>
public readonly record struct SendDecision(bool IsSent, SendReason Reason)
{
    /// <summary>Decides.</summary>
    /// <param name="asked">What it depends on.</param>
    public static SendDecision Of(SendQuestion asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return OfIncident(asked) ?? OfPerson(asked) ?? new SendDecision(true, Ground(asked));
    }

    // Of the reasons that hold, the first one is named: what concerns all before what concerns one.
    private static SendDecision? OfIncident(SendQuestion asked) => asked switch
    {
        { Incident.IsAcknowledged: true } => Not(SendReason.Acknowledged),
        { Incident: { OverAt: not null, Severity: not Severity.Critical } } => Not(SendReason.Over),
        { Incident.Wakes: false } => Not(SendReason.FoundLater),
        { IsShelved: true } => Not(SendReason.Shelved),
        _ => asked.Ladder.LatestDue(asked.Incident.RoundFrom, 0, asked.Now) switch
        {
            null => Not(SendReason.NotDue),
            var latest when latest < asked.Step => Not(SendReason.NotDue),
            var latest when latest > asked.Step => Not(SendReason.Overtaken),
            _ => null,
        },
    };

    private static SendDecision? OfPerson(SendQuestion asked) => asked switch
    {
        { IsTold: true } => Not(SendReason.AlreadyTold),
        { IsDisabled: true } => Not(SendReason.Disabled),
        { HasChannel: false } => Not(SendReason.NoChannel),
        { HasAddress: false } => Not(SendReason.NoAddress),
        _ => null,
    };

    private static SendReason Ground(SendQuestion asked) =>
        !asked.IsReachedByStep ? SendReason.OnlyChannel : asked.IsStandIn ? SendReason.NobodyOnDuty : SendReason.Due;

    private static SendDecision Not(SendReason reason) => new(false, reason);
}
