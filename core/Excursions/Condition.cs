using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What kind of thing a person should know of a storage unit.</summary>
public enum ConditionKind
{
    /// <summary>The door has been open for longer than its delay.</summary>
    DoorOpen,

    /// <summary>There is no mains power.</summary>
    MainsLost,

    /// <summary>What must be agitated is not.</summary>
    AgitationStopped,

    /// <summary>What must not be agitated is.</summary>
    AgitationRunning,

    /// <summary>Nobody can tell whether what must, or must not, be agitated is.</summary>
    AgitationUnknown,

    /// <summary>Nothing is known of a door or of the mains for longer than the largest gap.</summary>
    SignalUnknown,

    /// <summary>An air probe has been out of range for longer than its delay.</summary>
    AirOut,

    /// <summary>Nothing is known of a probe while another one still judges the storage unit.</summary>
    ProbeFailed,

    /// <summary>A probe repeats itself to the last digit although the temperature around it moves.</summary>
    ProbeStuck,

    /// <summary>One or two samples stood apart from their neighbours by more than the contents can change.</summary>
    ProbeSpike,

    /// <summary>A probe changed faster than the contents can, and stayed there.</summary>
    ProbeJump,

    /// <summary>Two probes of one storage unit differ by more than they may.</summary>
    ProbesDisagree,

    /// <summary>The difference between two probes grows from day to day.</summary>
    ProbeDrifts,

    /// <summary>A probe has failed three times within an hour, spikes included, and goes on doing so.</summary>
    ProbeFaulty,
}

/// <summary>
/// Something that a person should know of a storage unit. It explains; by itself it neither holds anything nor keeps anything from being
/// held. Half-open, and like a stretch independent of the order in which samples arrived.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Probe">The probe or signal that showed it.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last; null while it goes on or when the end was not seen.</param>
/// <param name="SettledAt">The instant of the sample after which it changes no more; null while it may.</param>
public sealed record Condition(ConditionKind Kind, ProbeId Probe, Instant Start, Instant? End, Instant? SettledAt)
{
    /// <summary>When it became worth telling, in the time of the samples: its start, or a delay after it.</summary>
    public Instant RaisedAt { get; init; } = Start;

    /// <summary>True while it has not ended as far as is known.</summary>
    public bool GoesOn => End is null && SettledAt is null;

    /// <summary>The instant from which on it surely is no more: the end, or the sample after an unseen end, or never yet.</summary>
    public Instant Until => End ?? SettledAt ?? Instant.End;
}
