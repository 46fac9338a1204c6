using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>
/// The fold over the samples of one load probe that tells in which level of temperature it was, and when nobody can tell: pure, without a
/// clock. It joins samples by the rules of <see cref="ProbeJudge"/>. The intervals cover all time from the first span's beginning on. A
/// sample within the running level costs a few comparisons and allocates nothing.
/// </summary>
public sealed class LevelFold
{
    private readonly LevelSpan[] _spans; // An array, since it is looked at for every sample.

    /// <summary>A fold for the given spans.</summary>
    /// <exception cref="ArgumentException">There is no span, or the spans overlap or are not in order.</exception>
    public LevelFold(IReadOnlyList<LevelSpan> spans)
    {
        if (spans.Count == 0 || Enumerable.Range(1, spans.Count - 1).Any(i => spans[i].From < spans[i - 1].To))
        {
            throw new ArgumentException("At least one span, in order and without overlap.", nameof(spans));
        }

        _spans = [.. spans];
    }

    /// <summary>The track before any sample.</summary>
    public LevelTrack Start => LevelTrack.At(_spans[0].From);

    /// <summary>
    /// Takes the next sample (measured values, before calibration). A sample outside of every span does not concern this storage unit and
    /// is passed over.
    /// </summary>
    /// <exception cref="ArgumentException">The sample is earlier than the one before.</exception>
    public void Fold(ref LevelTrack track, in Sample sample, ICollection<LevelInterval> closed)
    {
        var current = SpanOf(track.HeardAt);
        if (!_spans[current].Contains(sample.At))
        {
            var target = SpanOf(sample.At);
            if (!_spans[target].Contains(sample.At) || (sample.Kind == SampleKind.Fault && !IsLost(track, sample.At, _spans[current])))
            {
                return;
            }

            for (; current < target; current++)
            {
                PassBoundary(ref track, current, sample, sample.At, closed);
            }
        }

        if (sample.At < track.HeardAt)
        {
            throw new ArgumentException($"Samples must ascend: {sample.At} after {track.HeardAt}.", nameof(sample));
        }

        var span = _spans[current];
        if (sample.Kind == SampleKind.Good)
        {
            TakeGood(ref track, sample.At, Calibrated(sample.Lowest, span), span, closed);
        }
        else
        {
            TakeOther(ref track, sample, closed);
        }
    }

    /// <summary>
    /// What is running at an instant when no further sample comes up to then: the level, as long as another sample would still join; after
    /// that, unknown time since the last one. The track is not changed.
    /// </summary>
    /// <param name="probe">The probe whose track it is.</param>
    /// <param name="track">Its track.</param>
    /// <param name="until">The instant; not before the first span.</param>
    public RunningLevels Tail(ProbeId probe, LevelTrack track, Instant until)
    {
        var found = new List<LevelInterval>();
        var current = SpanOf(track.HeardAt);
        while (current + 1 < _spans.Length && _spans[current + 1].From <= until)
        {
            PassBoundary(ref track, current++, Sample.Fault(until), settled: null, found);
        }

        var span = _spans[current];
        var reached = Instant.Min(until, span.To);
        var isKnown = track.IsKnown && !IsLost(track, reached, span);
        if (isKnown)
        {
            found.Add(Level(track, reached, settled: null));
        }
        else
        {
            CloseLevel(track, settled: null, found);
            found.Add(LevelInterval.Unknown(track.Since, reached, settledAt: null));
        }

        return new RunningLevels(probe, found, track.Since, isKnown ? Instant.Min(track.Since + span.MaxGap, span.To) : null, RunEnd(current));
    }

    private static bool IsLost(in LevelTrack track, Instant at, LevelSpan span) => track.InConflict || at - track.Since > span.MaxGap;

    private static void TakeGood(ref LevelTrack track, Instant at, int milli, LevelSpan span, ICollection<LevelInterval> closed)
    {
        if (!track.IsKnown || IsLost(track, at, span))
        {
            CloseLevel(track, at, closed);
            if (track.Since < at)
            {
                closed.Add(LevelInterval.Unknown(track.Since, at, at));
            }

            var (from, to) = span.Scale.LevelOf(milli);
            track = new LevelTrack(at, at, true, false, milli, at, from, to, milli, milli);
            return;
        }

        while (milli > track.To)
        {
            Climb(ref track, at, milli, span, closed);
        }

        while (milli < track.From)
        {
            Descend(ref track, at, milli, span, closed);
        }

        track = track with { HeardAt = at, Since = at, Milli = milli, Lowest = Math.Min(track.Lowest, milli), Highest = Math.Max(track.Highest, milli) };
    }

    /// <summary>Passes from the running level into the one above, on the line to the next sample.</summary>
    private static void Climb(ref LevelTrack track, Instant at, int milli, LevelSpan span, ICollection<LevelInterval> closed)
    {
        var (from, to) = span.Scale.LevelOf(track.To + 1);
        var (begins, ends) = (Reaches(track, at, milli, track.To, up: false), Reaches(track, at, milli, from, up: true));
        closed.Add(Level(track with { Highest = track.To }, ends, at));
        track = track with { Start = begins, From = from, To = to, Lowest = from, Highest = from };
    }

    /// <summary>Passes from the running level into the one below.</summary>
    private static void Descend(ref LevelTrack track, Instant at, int milli, LevelSpan span, ICollection<LevelInterval> closed)
    {
        var (from, to) = span.Scale.LevelOf(track.From - 1);
        var (begins, ends) = (Reaches(track, at, milli, track.From, up: false), Reaches(track, at, milli, to, up: true));
        closed.Add(Level(track with { Lowest = track.From }, ends, at));
        track = track with { Start = begins, From = from, To = to, Lowest = to, Highest = to };
    }

    /// <summary>When the line from the last sample to the next one is at a temperature between the two, rounded to a millisecond.</summary>
    private static Instant Reaches(in LevelTrack track, Instant at, int milli, int temperature, bool up)
    {
        var (length, whole) = (at.Milliseconds - track.Since.Milliseconds, Math.Abs((long)milli - track.Milli));
        var part = Math.Abs((long)temperature - track.Milli) * length;
        return new Instant(track.Since.Milliseconds + (up ? (part + whole - 1) / whole : part / whole));
    }

    private static void TakeOther(ref LevelTrack track, in Sample sample, ICollection<LevelInterval> closed)
    {
        if (sample.Kind == SampleKind.Conflict)
        {
            CloseLevel(track, sample.At, closed);
            track = track with { InConflict = true, IsKnown = false };
        }

        track = track with { HeardAt = sample.At };
    }

    /// <summary>Carries the track from one span into the next, splitting the line between two near samples at the boundary.</summary>
    private void PassBoundary(ref LevelTrack track, int index, in Sample next, Instant? settled, ICollection<LevelInterval> closed)
    {
        var (before, after) = (_spans[index], _spans[index + 1]);
        var touches = before.To == after.From;
        if (touches && next.Kind == SampleKind.Good && track.IsKnown && !IsLost(track, next.At, before))
        {
            var measured = track.Milli - before.CalibrationMilli;
            var passed = before.To.Milliseconds - track.Since.Milliseconds;
            var atBoundary = measured + (int)((long)(next.Lowest - measured) * passed / (next.At.Milliseconds - track.Since.Milliseconds));
            Join(ref track, before.To, Calibrated(atBoundary, before), before, settled, closed);
            closed.Add(Level(track, before.To, settled));
            var milli = Calibrated(atBoundary, after);
            var (from, to) = after.Scale.LevelOf(milli);
            track = new LevelTrack(after.From, after.From, true, false, milli, after.From, from, to, milli, milli);
            return;
        }

        CloseLevel(track, settled, closed);
        if (!touches)
        {
            closed.Add(LevelInterval.Unknown(track.Since, before.To, settled));
        }

        // Unknown time that runs over a boundary stays one interval.
        track = LevelTrack.At(after.From) with { Since = touches ? track.Since : after.From, InConflict = touches && track.InConflict };
    }

    // What ends on the way to a boundary is settled by the sample that comes after it.
    private static void Join(ref LevelTrack track, Instant at, int milli, LevelSpan span, Instant? settled, ICollection<LevelInterval> closed)
    {
        var passed = new List<LevelInterval>();
        TakeGood(ref track, at, milli, span, passed);
        passed.ForEach(interval => closed.Add(interval with { SettledAt = settled }));
    }

    private static void CloseLevel(in LevelTrack track, Instant? settled, ICollection<LevelInterval> closed)
    {
        if (track.IsKnown)
        {
            closed.Add(Level(track, track.Since, settled));
        }
    }

    private static LevelInterval Level(in LevelTrack track, Instant end, Instant? settled) =>
        new(track.From, track.To, track.Start, end, track.Lowest, track.Highest, false, settled);

    // No correction reaches out of the range of temperatures.
    private static int Calibrated(int milli, LevelSpan span) => Math.Clamp(milli + span.CalibrationMilli, Celsius.Lowest.Milli, Celsius.Highest.Milli);

    /// <summary>When the spans that follow each other without a hole end.</summary>
    private Instant RunEnd(int index)
    {
        while (index + 1 < _spans.Length && _spans[index + 1].From == _spans[index].To)
        {
            index++;
        }

        return _spans[index].To;
    }

    /// <summary>The span of an instant; an instant in a hole belongs to the span before it.</summary>
    private int SpanOf(Instant at)
    {
        var index = _spans.Length - 1;
        while (index > 0 && _spans[index].From > at)
        {
            index--;
        }

        return index;
    }
}
