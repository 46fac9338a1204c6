using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>All that <see cref="LevelFold"/> must remember of one probe between two samples.</summary>
/// <param name="HeardAt">The last instant at which the probe was heard of at all, faults included.</param>
/// <param name="Since">The last instant whose temperature is known, or the beginning of the unknown time before the first one.</param>
/// <param name="IsKnown">Whether there is a temperature at <paramref name="Since"/>.</param>
/// <param name="InConflict">Contradicting samples came after <paramref name="Since"/>: the time up to the next good sample is unknown.</param>
/// <param name="Milli">That temperature, calibrated.</param>
/// <param name="Start">When the running level began.</param>
/// <param name="From">Its lower bound, included.</param>
/// <param name="To">Its upper bound, included.</param>
/// <param name="Lowest">The coldest temperature in it so far.</param>
/// <param name="Highest">The warmest one.</param>
public readonly record struct LevelTrack(
    Instant HeardAt, Instant Since, bool IsKnown, bool InConflict, int Milli, Instant Start, int From, int To, int Lowest, int Highest)
{
    /// <summary>The track at the beginning of a span, before any sample.</summary>
    public static LevelTrack At(Instant from) => new(from, from, false, false, 0, from, 0, 0, 0, 0);
}
