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
        var line = new Line(track.Since, track.Milli - _spans[current].CalibrationMilli, sample.At, sample.Lowest); // Counts where both ends are known.
        if (!_spans[current].Contains(sample.At))
        {
            var target = SpanOf(sample.At);
            if (!_spans[target].Contains(sample.At) || (sample.Kind == SampleKind.Fault && !IsLost(track, sample.At, _spans[current])))
            {
                return;
            }

            for (; current < target; current++)
            {
                PassBoundary(ref track, current, sample.Kind == SampleKind.Good ? line : null, sample.At, closed);
            }
        }

        if (sample.At < track.HeardAt)
        {
            throw new ArgumentException($"Samples must ascend: {sample.At} after {track.HeardAt}.", nameof(sample));
        }

        if (sample.Kind == SampleKind.Good)
        {
            TakeGood(ref track, Calibrated(line, _spans[current]), _spans[current], closed);
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
    /// <param name="until">The instant; not before the first span, nor before the last sample.</param>
    public RunningLevels Tail(ProbeId probe, LevelTrack track, Instant until)
    {
        var found = new List<LevelInterval>();
        var current = SpanOf(track.HeardAt);
        while (current + 1 < _spans.Length && _spans[current + 1].From <= until)
        {
            PassBoundary(ref track, current++, line: null, settled: null, found);
        }

        var span = _spans[current];
        var reached = Instant.Min(until, span.To);
        var isKnown = EndInSilence(track, span, reached, settled: null, found);
        return new RunningLevels(probe, found, track.Since, isKnown ? Instant.Min(track.Since + span.MaxGap, span.To) : null, RunEnd(current));
    }

    private static bool IsLost(in LevelTrack track, Instant at, LevelSpan span) => track.InConflict || at - track.Since > span.MaxGap;

    /// <summary>Takes a temperature: the end of the line from the one before, if the two join.</summary>
    private static void TakeGood(ref LevelTrack track, in Line line, LevelSpan span, ICollection<LevelInterval> closed)
    {
        var at = line.To;
        if (track.IsKnown && !IsLost(track, at, span))
        {
            Join(ref track, line, at, span, settled: at, closed);
            return;
        }

        CloseLevel(track, at, closed);
        if (track.Since < at)
        {
            closed.Add(LevelInterval.Unknown(track.Since, at, at));
        }

        track = Begin(line, at, span);
    }

    // Between two thousandths of a degree it begins in the level that it comes from, and ends in that to which it goes: so neither is shortened.
    private static LevelTrack Begin(in Line line, Instant at, LevelSpan span)
    {
        var milli = line.At(at, up: !line.IsRising);
        var (from, to) = span.Scale.LevelOf(milli);
        return new LevelTrack(at, at, true, false, milli, at, from, to, milli, milli);
    }

    /// <summary>Goes on along a line, up to its end or to where other figures come into force.</summary>
    private static void Join(ref LevelTrack track, in Line line, Instant until, LevelSpan span, Instant? settled, ICollection<LevelInterval> closed)
    {
        var milli = line.At(until, up: line.IsRising);
        while (milli > track.To)
        {
            Climb(ref track, line, until, span, settled, closed);
        }

        while (milli < track.From)
        {
            Descend(ref track, line, until, span, settled, closed);
        }

        track = track with { HeardAt = until, Since = until, Milli = milli, Lowest = Math.Min(track.Lowest, milli), Highest = Math.Max(track.Highest, milli) };
    }

    /// <summary>Passes from the running level into the one above.</summary>
    private static void Climb(ref LevelTrack track, in Line line, Instant until, LevelSpan span, Instant? settled, ICollection<LevelInterval> closed)
    {
        var (from, to) = span.Scale.LevelOf(track.To + 1);
        var (begins, ends) = Passing(track, line, until, leaves: track.To, enters: from);
        closed.Add(Level(track with { Highest = track.To }, ends, settled));
        track = track with { Start = begins, From = from, To = to, Lowest = from, Highest = from };
    }

    /// <summary>Passes from the running level into the one below.</summary>
    private static void Descend(ref LevelTrack track, in Line line, Instant until, LevelSpan span, Instant? settled, ICollection<LevelInterval> closed)
    {
        var (from, to) = span.Scale.LevelOf(track.From - 1);
        var (begins, ends) = Passing(track, line, until, leaves: track.From, enters: to);
        closed.Add(Level(track with { Lowest = track.From }, ends, settled));
        track = track with { Start = begins, From = from, To = to, Lowest = to, Highest = to };
    }

    /// <summary>When the next level begins and the running one ends, on the part of a line that is passed.</summary>
    private static (Instant Begins, Instant Ends) Passing(in LevelTrack track, in Line line, Instant until, int leaves, int enters) =>
        (Instant.Max(track.Since, line.Reaches(leaves, later: false)), Instant.Min(until, line.Reaches(enters, later: true)));

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
    /// <remarks>What ends on the way to a boundary is settled by the sample that comes after it.</remarks>
    private void PassBoundary(ref LevelTrack track, int index, in Line? line, Instant? settled, ICollection<LevelInterval> closed)
    {
        var (before, after) = (_spans[index], _spans[index + 1]);
        var touches = before.To == after.From;
        if (touches && line is { } measured && track.IsKnown && !IsLost(track, measured.To, before))
        {
            Join(ref track, Calibrated(measured, before), before.To, before, settled, closed);
            closed.Add(Level(track, before.To, settled));
            track = Begin(Calibrated(measured, after), after.From, after);
            return;
        }

        if (touches)
        {
            CloseLevel(track, settled, closed);
        }
        else
        {
            EndInSilence(track, before, before.To, settled, closed); // Taken away.
        }

        // Unknown time that runs over a boundary stays one interval.
        track = LevelTrack.At(after.From) with { Since = touches ? track.Since : after.From, InConflict = touches && track.InConflict };
    }

    /// <summary>Nothing more came up to an instant: the level lasted until then when another sample would still have joined, and is unknown since the last one otherwise.</summary>
    private static bool EndInSilence(in LevelTrack track, LevelSpan span, Instant at, Instant? settled, ICollection<LevelInterval> closed)
    {
        if (track.IsKnown && !IsLost(track, at, span))
        {
            closed.Add(Level(track, at, settled));
            return true;
        }

        CloseLevel(track, settled, closed);
        closed.Add(LevelInterval.Unknown(track.Since, at, settled));
        return false;
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

    private static Line Calibrated(in Line line, LevelSpan span) => line with { First = Calibrated(line.First, span), Last = Calibrated(line.Last, span) };

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
