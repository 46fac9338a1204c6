using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// Finds a probe that repeats itself to the last digit while another one of the storage unit moves. What merely stands still is believed: alone,
/// a value that does not change proves nothing.
/// </summary>
internal static class StuckWatch
{
    /// <summary>Takes a believed sample of a probe; after it, the run tells whether it is stuck.</summary>
    /// <param name="tracks">The tracks of all probes.</param>
    /// <param name="probe">The one that the sample is of.</param>
    /// <param name="sample">A good sample.</param>
    /// <param name="at">The instant that is being folded; a sample that was in doubt lies before it.</param>
    /// <param name="maxGap">A run does not go on over a longer silence.</param>
    /// <returns>The run that the sample ended, if that was stuck.</returns>
    public static RunTrack? Take(HealthState[] tracks, int probe, in Sample sample, Instant at, TimeSpan maxGap)
    {
        var run = tracks[probe].Run;
        if (run.From == default || run.Milli != sample.Lowest || (!run.IsStuck && sample.At - run.At > maxGap))
        {
            tracks[probe].Run = new RunTrack(sample.At, sample.At, sample.Lowest, default);
            return run.IsStuck ? run : null;
        }

        var isStuck = run.IsStuck || (sample.At - run.From > HealthFigures.StuckAfter && AnotherMoved(tracks, probe, run.From, at));
        tracks[probe].Run = run with { At = sample.At, StuckFrom = !isStuck ? default : run.IsStuck ? run.StuckFrom : sample.At };
        return null;
    }

    /// <summary>Remembers how far a probe moves.</summary>
    public static void Move(ref MoveTrack track, in Sample sample, Instant at, HealthFigures figures)
    {
        var (move, window) = (track, HealthFigures.MoveWindow.Ticks / TimeSpan.TicksPerMillisecond);
        if (move.From == default || sample.At.Milliseconds / window != move.From.Milliseconds / window)
        {
            track = move with { From = sample.At, Lowest = sample.Lowest, Highest = sample.Lowest };
            return;
        }

        if (sample.Lowest >= move.Lowest && sample.Lowest <= move.Highest)
        {
            return;
        }

        move = move with { Lowest = Math.Min(move.Lowest, sample.Lowest), Highest = Math.Max(move.Highest, sample.Lowest) };
        var isNew = move.MovedFrom != move.From && move.Highest - move.Lowest >= figures.MovedMilli;
        track = isNew ? move with { MovedFrom = move.From, MovedAt = at, MovedFromBefore = move.MovedFrom } : move;
    }

    // What the other one tells at this very instant may have been taken already or not: it counts from the next instant on.
    private static bool AnotherMoved(HealthState[] tracks, int probe, Instant from, Instant at)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            var move = tracks[i].Move;
            if (i != probe && (move.MovedAt < at ? move.MovedFrom : move.MovedFromBefore) >= from)
            {
                return true;
            }
        }

        return false;
    }
}
