using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>
/// Where an incident stands: what people are told by it follows from this, the ladder and the time, and from nothing else. A round is one way up the
/// ladder; another one begins when an acknowledgement runs out, when it becomes more severe, and when it comes back.
/// </summary>
public sealed record IncidentState
{
    /// <summary>The highest that it has been.</summary>
    public required Severity Severity { get; init; }

    /// <summary>False for what was found when it was over already: nobody is woken by it, and it is dealt with in the daytime.</summary>
    public required bool Wakes { get; init; }

    /// <summary>Counted from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>When the round began: its steps are counted from here.</summary>
    public required Instant RoundFrom { get; init; }

    /// <summary>The earliest step of the round that was not taken yet, from 0 on.</summary>
    public int NextStep { get; init; }

    /// <summary>Since when the cause is over; null while it goes on.</summary>
    public Instant? OverAt { get; init; }

    /// <summary>When somebody last said "I have it", while that counts; null otherwise.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>Until when that counts, not included, unless the cause ends first.</summary>
    public Instant? AcknowledgedUntil { get; init; }

    /// <summary>True while somebody has it, and from then on when its cause is over.</summary>
    public bool IsAcknowledged => AcknowledgedUntil is not null;

    /// <summary>True when nothing is left to be done: it was acknowledged, and its cause is over.</summary>
    public bool IsClosed => IsAcknowledged && OverAt is not null;

    /// <summary>An incident that has just been opened.</summary>
    /// <param name="severity">How severe.</param>
    /// <param name="wakes">Whether anybody is told before the day.</param>
    /// <param name="now">The present.</param>
    public static IncidentState Open(Severity severity, bool wakes, Instant now) => new() { Severity = severity, Wakes = wakes, RoundFrom = now };

    /// <summary>It became more severe: whoever had it did not know that, so everybody is told anew. Nothing changes when it did not.</summary>
    /// <param name="severity">How severe.</param>
    /// <param name="now">The present.</param>
    public IncidentState Raise(Severity severity, Instant now) => severity <= Severity ? this : (this with { Severity = severity }).Begin(now);

    /// <summary>What was to wait for the day must not wait any longer. Nothing changes when it did not wait.</summary>
    /// <param name="now">The present.</param>
    public IncidentState Wake(Instant now) => Wakes ? this : (this with { Wakes = true }).Begin(now);

    /// <summary>The cause is over. What was critical still asks for a person: blood is held.</summary>
    /// <param name="now">The present.</param>
    public IncidentState End(Instant now) => OverAt is null ? this with { OverAt = now } : this;

    /// <summary>The cause is there again before the incident was closed.</summary>
    /// <param name="now">The present.</param>
    public IncidentState Return(Instant now) => OverAt is null ? this
        : Severity == Severity.Critical && !IsAcknowledged ? this with { OverAt = null } // The ladder has not stopped.
        : (this with { OverAt = null }).Begin(now);

    /// <summary>Somebody has it.</summary>
    /// <param name="now">The present.</param>
    /// <param name="until">Until when that counts; after the present.</param>
    public IncidentState Acknowledge(Instant now, Instant until) => this with { AcknowledgedAt = now, AcknowledgedUntil = until };

    /// <summary>The acknowledgement has run out while the cause goes on. Nothing changes when it has not.</summary>
    /// <param name="now">The present.</param>
    public IncidentState Expire(Instant now) => AcknowledgedUntil is { } until && OverAt is null && until <= now ? Begin(until) : this;

    /// <summary>A step was taken, and with it all before it.</summary>
    /// <param name="index">The step.</param>
    public IncidentState Step(int index) => this with { NextStep = Math.Max(NextStep, index + 1) };

    /// <summary>When something is due: a step, or the end of an acknowledgement. Null when nothing is before something else happens.</summary>
    /// <param name="ladder">The ladder of this severity.</param>
    public Instant? NextDeadline(Ladder ladder)
    {
        ArgumentNullException.ThrowIfNull(ladder);
        return IsClosed ? null
            : IsAcknowledged ? AcknowledgedUntil
            : !Wakes || (OverAt is not null && Severity != Severity.Critical) ? null
            : RoundFrom + ladder.After(NextStep);
    }

    private IncidentState Begin(Instant now) => this with { Round = Round + 1, RoundFrom = now, NextStep = 0, AcknowledgedAt = null, AcknowledgedUntil = null };
}
