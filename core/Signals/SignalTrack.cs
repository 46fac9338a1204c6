using ColdChain.Core.Readings;

namespace ColdChain.Core.Signals;

/// <summary>The state of a signal over a time.</summary>
public enum SignalState
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>Off.</summary>
    Off,

    /// <summary>On.</summary>
    On,
}

/// <summary>
/// All that the fold must remember of one signal between two samples. Equal tracks fold equal futures into equal conditions; a checkpoint is a
/// copy of it.
/// </summary>
/// <param name="Since">The last instant whose state is known, or the beginning of the signal's time in the storage unit when none is.</param>
/// <param name="State">The state at <paramref name="Since"/>.</param>
/// <param name="RunStart">Since when the state has been that without a break.</param>
/// <param name="DoubtAt">The first instant after <paramref name="Since"/> at which no state could be told; null for none.</param>
/// <param name="InConflict">Whether states that contradict each other came since: neighbours do not join over them.</param>
/// <param name="HeardAt">The last instant at which the signal was heard of at all.</param>
public readonly record struct SignalTrack(
    Instant Since, SignalState State, Instant RunStart, Instant? DoubtAt, bool InConflict, Instant HeardAt)
{
    /// <summary>The track at the beginning of a time, before any sample.</summary>
    public static SignalTrack At(Instant from) => new(from, SignalState.Unknown, from, null, false, from);
}

/// <summary>A stretch of time, half-open, in which a signal had one state, or in which nobody can tell.</summary>
/// <param name="State">The state.</param>
/// <param name="Start">The first instant.</param>
/// <param name="LastKnown">The last instant of which it is known; the end, when that was seen.</param>
/// <param name="Until">Up to when it is taken to have lasted while no sample has settled it.</param>
/// <param name="GoesOn">True when it has not ended as far as is known.</param>
/// <param name="SettledAt">The instant of the sample that settled it; null while none has.</param>
internal readonly record struct SignalRun(SignalState State, Instant Start, Instant LastKnown, Instant Until, bool GoesOn, Instant? SettledAt);
