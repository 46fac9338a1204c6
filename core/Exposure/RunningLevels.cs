using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>What runs at the end of a load probe's samples: the level it is in, or unknown time. A copy of it can be carried on as time passes.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Intervals">What ended in silence, and last what runs; at least one.</param>
/// <param name="Since">The last instant whose temperature is known; the beginning of the unknown time where none is.</param>
/// <param name="JoinsUntil">Up to when, included, the running level is taken to last without another sample; null when the last interval is unknown.</param>
/// <param name="EndsAt">When the probe leaves the storage unit; <see cref="Instant.End"/> when that is not known.</param>
public sealed record RunningLevels(
    ProbeId Probe, IReadOnlyList<LevelInterval> Intervals, Instant Since, Instant? JoinsUntil, Instant EndsAt)
{
    /// <summary>The same as far as it goes when still nothing has come at a later instant.</summary>
    public IEnumerable<LevelInterval> Until(Instant now)
    {
        var (last, reached) = (Intervals[^1], Instant.Min(now, EndsAt));
        var before = Intervals.Take(Intervals.Count - 1);
        return reached <= last.End ? Intervals
            : last.IsUnknown || reached <= JoinsUntil ? [.. before, last with { End = reached }]
            : [.. before, last with { End = Since }, LevelInterval.Unknown(Since, reached, settledAt: null)];
    }

    /// <summary>True when both tell of the same levels, whatever has passed since.</summary>
    public bool IsContinuedBy(RunningLevels other) =>
        Probe == other.Probe && EndsAt == other.EndsAt && Intervals.Select(Beginning).SequenceEqual(other.Intervals.Select(Beginning));

    private static (bool, int, int, Instant) Beginning(LevelInterval interval) => (interval.IsUnknown, interval.From, interval.To, interval.Start);
}
