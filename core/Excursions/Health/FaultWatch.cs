using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// Finds a probe that fails again and again: three faults within an hour, spikes included. Each of them is passed over by itself; together they
/// say that somebody should look at the probe. What is known of it goes on being judged.
/// </summary>
internal static class FaultWatch
{
    /// <summary>Takes what is to be judged of a probe, in its order.</summary>
    /// <param name="track">The last faults.</param>
    /// <param name="sample">A sample, or the fault that was made of it.</param>
    /// <returns>The time in which it failed again and again, if that is over: an hour before the sample there were fewer faults. Otherwise null.</returns>
    public static (Instant From, Instant RaisedAt, Instant End)? Take(ref FaultTrack track, in Sample sample)
    {
        // Most probes never fail.
        if (sample.Kind != SampleKind.Fault && track.RaisedAt == default)
        {
            return null;
        }

        var before = track;
        if (sample.Kind == SampleKind.Fault)
        {
            track = track with { First = track.Second, Second = track.Third, Third = sample.At };
        }

        var isFailing = track.First != default && sample.At - track.First <= HealthFigures.FaultsWithin;
        if (isFailing && before.RaisedAt == default)
        {
            track = track with { From = track.First, RaisedAt = sample.At };
        }
        else if (!isFailing && before.RaisedAt != default)
        {
            track = track with { From = default, RaisedAt = default };
            return (before.From, before.RaisedAt, before.First + HealthFigures.FaultsWithin);
        }

        return null;
    }
}
