using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>What became of samples in doubt.</summary>
/// <param name="Kind">A spike or a jump.</param>
/// <param name="Start">The first sample in doubt.</param>
/// <param name="End">The sample that decided.</param>
internal readonly record struct DoubtEnd(ConditionKind Kind, Instant Start, Instant End);

/// <summary>
/// Keeps back a sample that is further from the last one than the contents can go in that time, until one of the next two decides. One that is near
/// the last believed one again, and nearer to it than to the first in doubt, shows a spike: what was in doubt counts as faults. Otherwise the change
/// was real, and all is handed on with its own instant; so it is when silence or a contradiction follows. So nothing is left out but one or two
/// samples between two that agree with each other.
/// </summary>
internal static class SpikeFilter
{
    /// <summary>Takes the next sample of a probe, as measured.</summary>
    /// <param name="track">What is remembered.</param>
    /// <param name="sample">The sample; not earlier than the one before.</param>
    /// <param name="figures">The figures of the probe's role.</param>
    /// <param name="maxGap">The largest gap of the rule in force.</param>
    /// <param name="judged">Receives what is to be judged now, ascending.</param>
    /// <returns>What was in doubt until now; null when nothing was, or still is.</returns>
    public static DoubtEnd? Take(ref SpikeTrack track, in Sample sample, HealthFigures figures, TimeSpan maxGap, List<Sample> judged)
    {
        DoubtEnd? ended = null;
        if (track.InDoubt > 0 && (sample.Kind == SampleKind.Conflict || !track.IsInDoubt(sample.At, maxGap)))
        {
            ended = Release(ref track, sample.At, judged);
        }

        switch (sample.Kind)
        {
            case SampleKind.Good when track.InDoubt == 0:
                TakePlain(ref track, sample, figures, maxGap, judged);
                break;
            case SampleKind.Good:
                ended = Decide(ref track, sample, figures, judged);
                break;
            case SampleKind.Fault when track.InDoubt > 0:
                track = track with { FaultAt = sample.At };
                break;
            default:
                track = sample.Kind == SampleKind.Conflict ? default : track;
                judged.Add(sample);
                break;
        }

        return ended;
    }

    /// <summary>Believes what is in doubt: it is handed on, each sample with its own instant.</summary>
    public static DoubtEnd Release(ref SpikeTrack track, Instant at, List<Sample> judged)
    {
        var ended = new DoubtEnd(ConditionKind.ProbeJump, track.FirstAt, at);
        judged.Add(new Sample(track.FirstAt, SampleKind.Good, track.First, track.First));
        var last = judged[^1];
        if (track.InDoubt == 2)
        {
            last = new Sample(track.SecondAt, SampleKind.Good, track.Second, track.Second);
            judged.Add(last);
        }

        AddFault(track, judged);
        track = SpikeTrack.Believing(last);
        return ended;
    }

    private static void TakePlain(ref SpikeTrack track, in Sample sample, HealthFigures figures, TimeSpan maxGap, List<Sample> judged)
    {
        if (IsDoubtful(track, sample, figures, maxGap))
        {
            track = track with { InDoubt = 1, FirstAt = sample.At, First = sample.Lowest, FaultAt = default };
            return;
        }

        track = SpikeTrack.Believing(sample);
        judged.Add(sample);
    }

    private static DoubtEnd? Decide(ref SpikeTrack track, in Sample sample, HealthFigures figures, List<Sample> judged)
    {
        if (IsBack(track, sample, figures))
        {
            var spike = new DoubtEnd(ConditionKind.ProbeSpike, track.FirstAt, sample.At);
            judged.Add(Sample.Fault(track.FirstAt));
            if (track.InDoubt == 2)
            {
                judged.Add(Sample.Fault(track.SecondAt));
            }

            AddFault(track, judged);
            track = SpikeTrack.Believing(sample);
            judged.Add(sample);
            return spike;
        }

        if (track.InDoubt == 1 && track.HasLast)
        {
            track = track with { InDoubt = 2, SecondAt = sample.At, Second = sample.Lowest };
            return null;
        }

        var real = Release(ref track, sample.At, judged);
        track = SpikeTrack.Believing(sample);
        judged.Add(sample);
        return real;
    }

    private static bool IsDoubtful(in SpikeTrack track, in Sample sample, HealthFigures figures, TimeSpan maxGap)
    {
        var passed = sample.At.Milliseconds - track.LastAt.Milliseconds;
        if (!track.HasLast || passed > maxGap.Ticks / TimeSpan.TicksPerMillisecond)
        {
            return HealthFigures.IsPlaceholder(sample.Lowest);
        }

        var change = Math.Abs((long)sample.Lowest - track.Last);
        return change > figures.StepMilli && (change * 60_000 > figures.PerMinuteMilli * passed || HealthFigures.IsPlaceholder(sample.Lowest));
    }

    // Without a believed sample it is a placeholder that is in doubt: whatever is far from it shows that it was one.
    private static bool IsBack(in SpikeTrack track, in Sample sample, HealthFigures figures)
    {
        var fromDoubt = Math.Abs((long)sample.Lowest - track.First);
        var fromLast = Math.Abs((long)sample.Lowest - track.Last);
        return track.HasLast ? fromLast <= figures.StepMilli && fromLast < fromDoubt : fromDoubt > figures.StepMilli;
    }

    private static void AddFault(in SpikeTrack track, List<Sample> judged)
    {
        if (track.FaultAt > track.DoubtAt)
        {
            judged.Add(Sample.Fault(track.FaultAt));
        }
    }
}
