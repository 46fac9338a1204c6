using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// Finds a probe that gives fault after fault. One is passed over, since its neighbours join; three within an hour are a contact, a supply or a
/// converter that is failing, and nobody should learn of it only when nothing comes any more.
/// </summary>
internal static class FaultWatch
{
    /// <summary>Takes the next sample, as measured: what is called a fault because an alarm was tested is none.</summary>
    /// <returns>The faults that are over, since no other came for an hour; null when none are.</returns>
    public static FaultTrack? Take(ref FaultTrack track, in Sample sample)
    {
        FaultTrack? ended = null;
        if (track.IsRunning && IsOver(track, sample.At))
        {
            (ended, track) = (track, default);
        }

        if (sample.Kind == SampleKind.Fault)
        {
            var begins = !track.IsRunning && track.BeforeLast != default && sample.At - track.BeforeLast <= HealthFigures.FaultsWithin;
            track = new FaultTrack(track.Last, sample.At, begins ? track.BeforeLast : track.From, begins ? sample.At : track.ToldAt);
        }

        return ended;
    }

    /// <summary>The condition of faults that run at an instant, or have ended by it; null when there are too few.</summary>
    public static Condition? Of(ProbeId probe, in FaultTrack track, Instant at, Instant? settled) => !track.IsRunning
        ? null
        : new Condition(ConditionKind.ProbeFaulty, probe, track.From, IsOver(track, at) ? EndOf(track) : null, settled) { RaisedAt = track.ToldAt };

    /// <summary>When the passing of time alone ends them; null when none run.</summary>
    public static Instant? NextDeadline(in FaultTrack track) => track.IsRunning ? EndOf(track) + TimeSpan.FromMilliseconds(1) : null;

    private static bool IsOver(in FaultTrack track, Instant at) => at > EndOf(track);

    private static Instant EndOf(in FaultTrack track) => track.Last + HealthFigures.FaultsWithin;
}
