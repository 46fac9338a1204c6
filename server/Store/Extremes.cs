using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>
/// Asks a copy of the readings for the lowest and highest temperature of each step of time, which it has sooner than packs are decoded.
/// Whoever keeps such a copy registers this; whoever draws takes it if it is there, and neither knows the other.
/// </summary>
internal delegate Task<ExtremesAnswer> ExtremesReader(ExtremesQuery query, CancellationToken cancellation);

/// <summary>A question to the copy.</summary>
/// <param name="Probes">The probes, each with the times for which it is asked about.</param>
/// <param name="From">The first instant, included.</param>
/// <param name="To">The end, not included.</param>
/// <param name="Step">The length of a step, in whole seconds. Steps are counted from 1970 on: <see cref="TimeGrid"/>.</param>
internal sealed record ExtremesQuery(IReadOnlyList<MountedProbe> Probes, Instant From, Instant To, TimeSpan Step);

/// <summary>A probe from one instant, included, to another, not included.</summary>
internal readonly record struct MountedProbe(ProbeId Probe, Instant From, Instant To);

/// <summary>What one probe measured at least and at most in a step, before calibration.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Step">The start of the step.</param>
/// <param name="Lowest">The lowest temperature.</param>
/// <param name="Highest">The highest temperature.</param>
internal readonly record struct StepExtremes(ProbeId Probe, Instant Step, Celsius Lowest, Celsius Highest);

/// <summary>Whether a copy may be used.</summary>
internal enum CopyState
{
    /// <summary>Outside the open times it says what the record store says.</summary>
    Good,

    /// <summary>It did not answer in time, or refused.</summary>
    NoAnswer,

    /// <summary>It lacks too much, or nobody has compared it with the record store yet.</summary>
    Incomplete,
}

/// <summary>What a copy answered.</summary>
/// <param name="State">Whether it may be used; if not, the rest is empty.</param>
/// <param name="Found">The steps, in no order. A step that is not in it has no temperature.</param>
/// <param name="Open">Times in which the copy cannot stand for the record store: only that knows what is unknown, doubtful or new.</param>
/// <param name="ReachesTo">Up to here nothing is missing in the copy.</param>
internal sealed record ExtremesAnswer(CopyState State, IReadOnlyList<StepExtremes> Found, IReadOnlyList<(Instant From, Instant To)> Open, Instant ReachesTo)
{
    public static ExtremesAnswer Not(CopyState state) => new(state, [], [], Instant.Beginning);
}
