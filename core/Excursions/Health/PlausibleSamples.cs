using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>The samples of one probe as they are judged: spikes made faults. For figures that must leave out what the judgement leaves out.</summary>
public static class PlausibleSamples
{
    /// <summary>
    /// The samples in ascending order, one per instant, without spikes. What is in doubt at the end is handed on: no sample showed that it was one.
    /// </summary>
    /// <param name="samples">The samples as measured, ascending, one per instant.</param>
    /// <param name="role">The role of the probe.</param>
    /// <param name="maxGap">The largest gap of the rule in force.</param>
    public static IEnumerable<Sample> Of(IEnumerable<Sample> samples, ProbeRole role, TimeSpan maxGap)
    {
        var (track, figures, judged) = (default(SpikeTrack), HealthFigures.Of(role), new List<Sample>());
        foreach (var sample in samples)
        {
            SpikeFilter.Take(ref track, sample, figures, maxGap, judged);
            foreach (var ready in judged)
            {
                yield return ready;
            }

            judged.Clear();
        }

        if (track.InDoubt > 0)
        {
            SpikeFilter.Release(ref track, track.DoubtAt, judged);
        }

        foreach (var ready in judged)
        {
            yield return ready;
        }
    }

    /// <summary>From which sample on it is in doubt what a probe tells, at an instant before the next one; null when it is not.</summary>
    /// <param name="samples">The samples as measured, ascending, one per instant, up to that instant.</param>
    /// <param name="role">The role of the probe.</param>
    /// <param name="maxGap">The largest gap of the rule in force.</param>
    /// <param name="now">The instant.</param>
    public static Instant? InDoubtFrom(IEnumerable<Sample> samples, ProbeRole role, TimeSpan maxGap, Instant now)
    {
        var (track, figures, judged) = (default(SpikeTrack), HealthFigures.Of(role), new List<Sample>());
        foreach (var sample in samples)
        {
            SpikeFilter.Take(ref track, sample, figures, maxGap, judged);
            judged.Clear();
        }

        return track.IsInDoubt(now, maxGap) ? track.FirstAt : null;
    }
}
