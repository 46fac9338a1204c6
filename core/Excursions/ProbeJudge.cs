using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// The fold over the samples of one probe in one storage unit: pure, without a clock. Samples come in ascending order of time, one per
/// instant (<see cref="Sample.And"/> makes several claims one); whatever has ended is handed to the collection of closed stretches, and what is still running stays in the track.
/// </summary>
public sealed class ProbeJudge
{
    /// <summary>
    /// So far inside a limit, in thousandths of a degree, the temperature must be again for the storage unit to be no longer shown as out of range: an
    /// engineering default, so that one that flaps about a limit gives one alarm. Where the limits are near to each other, a quarter of their distance.
    /// </summary>
    public const int ClearMarginMilli = 200;

    private readonly RuleSpan[] _spans; // An array, since it is looked at for every sample.

    /// <summary>A judge for the given spans.</summary>
    /// <exception cref="ArgumentException">There is no span, or the spans overlap or are not in order.</exception>
    public ProbeJudge(IReadOnlyList<RuleSpan> spans)
    {
        if (spans.Count == 0 || Enumerable.Range(1, spans.Count - 1).Any(i => spans[i].From < spans[i - 1].To))
        {
            throw new ArgumentException("At least one span, in order and without overlap.", nameof(spans));
        }

        _spans = [.. spans];
    }

    /// <summary>The track before any sample.</summary>
    public ProbeTrack Start => ProbeTrack.At(_spans[0].From);

    /// <summary>The spans by which it judges.</summary>
    public IReadOnlyList<RuleSpan> Spans => _spans;

    /// <summary>
    /// Takes the next sample (measured values, before calibration). A sample outside of every span does not concern this storage unit and
    /// is passed over.
    /// </summary>
    /// <exception cref="ArgumentException">The sample is earlier than the one before.</exception>
    public void Fold(ref ProbeTrack track, in Sample sample, ICollection<Stretch> closed)
    {
        var heardBefore = track.HeardAt;
        var current = SpanOf(heardBefore);
        var line = new Line(track.Since, track.Milli - _spans[current].CalibrationMilli, sample.At, sample.Lowest); // Counts where both ends are known.
        if (!_spans[current].Contains(sample.At))
        {
            var target = SpanAt(sample.At);
            if (target < 0 || (sample.Kind == SampleKind.Fault && (track.IsOut || !IsLost(track, sample.At, _spans[current].Rule))))
            {
                return; // A fault tells nothing to split at a boundary: its neighbours may join over it, and what was out of range may still be.
            }

            for (; current < target; current++)
            {
                PassBoundary(ref track, current, sample.Kind == SampleKind.Good ? line : null, sample.At, sample.At, closed);
            }
        }

        if (sample.At < track.HeardAt)
        {
            throw new ArgumentException($"Samples must ascend: {sample.At} after {track.HeardAt}.", nameof(sample));
        }

        Take(ref track, sample, line, _spans[current], closed);
        if (sample.Kind != SampleKind.Good)
        {
            track = track with { HeardBefore = heardBefore };
        }
    }

    /// <summary>
    /// What is running at an instant when no further sample comes up to then: open stretches, and unknown time once the silence is longer
    /// than the largest gap. The track is not changed.
    /// </summary>
    public void Tail(ProbeTrack track, Instant until, ICollection<Stretch> found)
    {
        var current = SpanOf(track.HeardAt);
        while (current + 1 < _spans.Length && _spans[current + 1].From <= until)
        {
            PassBoundary(ref track, current++, line: null, until, settled: null, found);
        }

        var span = _spans[current];
        var isOver = until >= span.To;
        var reached = isOver ? span.To : until;
        if (!IsLost(track, reached, span.Rule))
        {
            Emit(track, span.Rule, isOver ? EndReason.RuleChange : EndReason.Open, isOver ? reached : null, track.Since, settled: null, found);
            return;
        }

        Emit(track, span.Rule, EndReason.Unknown, isOver ? reached : null, track.Since, settled: null, found);
        found.Add(UnknownTime(track.Since, reached, span.Rule, isOver ? EndReason.RuleChange : EndReason.Open, settled: null));
    }

    /// <summary>The first instant after <paramref name="now"/> at which silence alone changes the verdict; null when none does.</summary>
    public Instant? NextDeadline(in ProbeTrack track, Instant now)
    {
        var one = TimeSpan.FromMilliseconds(1);
        Instant? next = null;
        for (var i = SpanOf(track.HeardAt); i < _spans.Length; i++)
        {
            var (span, rule) = (_spans[i], _spans[i].Rule);
            Consider(span.From);
            Consider(Instant.Max(span.From, track.Since + rule.MaxGap + one));
            Consider(Instant.Max(span.From, track.Since + rule.UnknownLimit + one));
            Consider(track.High.IsOut ? track.High.DelayFrom + rule.Delay : now);
            Consider(track.Low.IsOut ? track.Low.DelayFrom + rule.Delay : now);
            Consider(span.To < Instant.End ? span.To : now);
        }

        return next;

        void Consider(Instant candidate) => next = candidate > now && (next is null || candidate < next) ? candidate : next;
    }

    /// <summary>
    /// Up to when the judgement of this probe is settled: samples that come after those folded change nothing before it. That is the last
    /// known temperature, or the start of what runs there; and the end of time once the probe has left the storage unit with its temperature
    /// known to the last.
    /// </summary>
    public Instant SettledTo(in ProbeTrack track, Instant now)
    {
        var last = SpanOf(now);
        var first = last;
        while (first > 0 && _spans[first - 1].To == _spans[first].From)
        {
            first--;
        }

        if (track.HeardAt < _spans[first].From)
        {
            return _spans[first].From; // It was taken away and put in again, and has not been heard of since.
        }

        return _spans[last].To <= now && !IsLost(track, _spans[last].To, _spans[last].Rule)
            ? Instant.End
            : Instant.Min(track.Since, Instant.Min(StartOf(track.High), StartOf(track.Low)));

        static Instant StartOf(SideTrack side) => side.IsOut ? side.Start : Instant.End;
    }

    /// <summary>True when nothing is known any more at an instant: the silence is too long, or claims contradict each other.</summary>
    public static bool IsLost(in ProbeTrack track, Instant at, ProbeRule rule) => track.InConflict || at - track.Since > rule.MaxGap;

    /// <summary>True when the probe stands in the storage unit at an instant.</summary>
    public bool IsThereAt(Instant at) => SpanAt(at) >= 0;

    /// <summary>The rule in force for a track at an instant.</summary>
    public ProbeRule RuleAt(Instant at) => _spans[SpanOf(at)].Rule;

    private static void Take(ref ProbeTrack track, in Sample sample, in Line line, RuleSpan span, ICollection<Stretch> closed)
    {
        switch (sample.Kind)
        {
            case SampleKind.Good:
                TakeGood(ref track, Calibrated(line, span), span.Rule, closed);
                break;
            case SampleKind.Conflict:
                TakeConflict(ref track, sample, span, closed);
                break;
            default:
                track = track with { HeardAt = sample.At };
                break;
        }
    }

    /// <summary>Takes a temperature: the end of the line from the one before, if the two join.</summary>
    private static void TakeGood(ref ProbeTrack track, in Line line, ProbeRule rule, ICollection<Stretch> closed)
    {
        var at = line.To;
        if (track.IsKnown && !IsLost(track, at, rule))
        {
            Join(ref track, line, at, rule, settled: at, closed);
            return;
        }

        Emit(track, rule, EndReason.Unknown, end: null, track.Since, at, closed);
        if (IsLost(track, at, rule))
        {
            closed.Add(UnknownTime(track.Since, at, rule, EndReason.InRange, settled: at));
        }

        track = Begin(track, line, at, rule);
    }

    /// <summary>The track of a probe of which nothing is known before an instant of a line.</summary>
    private static ProbeTrack Begin(in ProbeTrack before, in Line line, Instant at, ProbeRule rule)
    {
        var (high, low) = (SideTrack.Begin(at, Above(line, rule).At(at, up: true)), SideTrack.Begin(at, Below(line, rule).At(at, up: true)));
        return Known(before, line, at, rule, high, low);
    }

    private static ProbeTrack Known(in ProbeTrack before, in Line line, Instant at, ProbeRule rule, in SideTrack high, in SideTrack low)
    {
        var milli = line.At(at, up: true);
        return new ProbeTrack(at, true, milli, false, at, high, low) { KnownTo = at, IsShownOut = IsShownOut(before, milli, rule) };
    }

    /// <summary>Goes on along a line, up to its end or to where other figures come into force.</summary>
    private static void Join(ref ProbeTrack track, in Line line, Instant to, ProbeRule rule, Instant? settled, ICollection<Stretch> closed)
    {
        var high = track.High.Segment(Above(line, rule), track.Since, to, out var highEnd, out var highClosed);
        var low = track.Low.Segment(Below(line, rule), track.Since, to, out var lowEnd, out var lowClosed);
        if (highClosed.IsOut)
        {
            closed.Add(OutOfRange(highClosed, Side.High, rule, EndReason.InRange, highEnd, highEnd, settled));
        }

        if (lowClosed.IsOut)
        {
            closed.Add(OutOfRange(lowClosed, Side.Low, rule, EndReason.InRange, lowEnd, lowEnd, settled));
        }

        track = Known(track, line, to, rule, high, low);
    }

    private static void TakeConflict(ref ProbeTrack track, in Sample sample, RuleSpan span, ICollection<Stretch> closed)
    {
        Emit(track, span.Rule, EndReason.Unknown, end: null, track.Since, sample.At, closed);
        EmitPoint(Side.High, span.Rule.Above(span.Calibrated(sample.Highest)), sample.At, span.Rule, closed);
        EmitPoint(Side.Low, span.Rule.Below(span.Calibrated(sample.Lowest)), sample.At, span.Rule, closed);
        var isFirst = track.ContestedFrom == default || track.ContestedFrom < track.Since;
        track = track with
        {
            InConflict = true, HeardAt = sample.At, High = default, Low = default, ContestedFrom = isFirst ? sample.At : track.ContestedFrom,
        };
    }

    /// <summary>Carries the track from one span into the next, splitting the line between two near samples at the boundary.</summary>
    /// <remarks>
    /// What ends at a boundary is settled by the sample that comes after it, and stays unsettled while none has come. Out of range in silence, it may
    /// have been so until then, or until the probe was taken away.
    /// </remarks>
    private void PassBoundary(ref ProbeTrack track, int index, in Line? line, Instant reached, Instant? settled, ICollection<Stretch> closed)
    {
        var (before, after, takenAway) = (_spans[index], _spans[index + 1], RunEnd(index));
        var touches = before.To == after.From;
        if (touches && line is { } measured && track.IsKnown && !IsLost(track, measured.To, before.Rule))
        {
            Join(ref track, Calibrated(measured, before), before.To, before.Rule, settled, closed);
            var (high, low) = (track.High, track.Low);
            track = Begin(ProbeTrack.At(after.From), Calibrated(measured, after), after.From, after.Rule);
            track = track with
            {
                High = PassSide(high, track.High, Side.High, before, after.Rule, settled, closed),
                Low = PassSide(low, track.Low, Side.Low, before, after.Rule, settled, closed),
            };
            return;
        }

        Emit(track, before.Rule, EndReason.Unknown, takenAway <= reached ? takenAway : null, track.Since, settled, closed);
        if (!touches && IsLost(track, before.To, before.Rule))
        {
            closed.Add(UnknownTime(track.Since, before.To, before.Rule, EndReason.RuleChange, settled));
        }

        // Unknown time that runs over a boundary stays one stretch. What was known when the probe was taken away was known to the last.
        var isKnownToTheLast = !touches && track.KnownTo == track.Since && !IsLost(track, before.To, before.Rule);
        track = ProbeTrack.At(after.From) with
        {
            Since = touches ? track.Since : after.From,
            InConflict = touches && track.InConflict,
            KnownTo = isKnownToTheLast ? before.To : track.KnownTo,
            AloneFrom = track.AloneFrom,
            ContestedFrom = track.ContestedFrom,
        };
    }

    /// <summary>
    /// What becomes of a running stretch where other figures come into force: an excursion ends there and another one begins at once, whatever the
    /// delay; what is within its delay goes on as a whole.
    /// </summary>
    private static SideTrack PassSide(
        in SideTrack ended, in SideTrack begun, Side side, RuleSpan before, ProbeRule after, Instant? settled, ICollection<Stretch> closed)
    {
        if (!ended.IsOut)
        {
            return begun;
        }

        if (begun.IsOut && before.To - ended.DelayFrom < before.Rule.Delay)
        {
            var further = side == Side.High ? after.High!.Value.Milli - before.Rule.High!.Value.Milli : before.Rule.Low!.Value.Milli - after.Low!.Value.Milli;
            return ended.Under(before.To, begun, further); // Both rules have the limit: it is out by both.
        }

        closed.Add(OutOfRange(ended, side, before.Rule, EndReason.RuleChange, before.To, before.To, settled));
        return begun.IsOut ? begun with { OutSince = ended.DelayFrom } : begun;
    }

    private static void Emit(
        in ProbeTrack track, ProbeRule rule, EndReason reason, Instant? end, Instant lastKnown, Instant? settled, ICollection<Stretch> found)
    {
        if (track.High.IsOut)
        {
            found.Add(OutOfRange(track.High, Side.High, rule, reason, end, lastKnown, settled));
        }

        if (track.Low.IsOut)
        {
            found.Add(OutOfRange(track.Low, Side.Low, rule, reason, end, lastKnown, settled));
        }
    }

    private static void EmitPoint(Side side, int distance, Instant at, ProbeRule rule, ICollection<Stretch> closed)
    {
        if (distance > 0)
        {
            closed.Add(OutOfRange(SideTrack.Begin(at, distance), side, rule, EndReason.Unknown, end: null, at, at) with { IsConflict = true });
        }
    }

    private static Stretch OutOfRange(
        in SideTrack track, Side side, ProbeRule rule, EndReason reason, Instant? end, Instant lastKnown, Instant? settled) => new()
        {
            Start = track.Start,
            Side = side,
            End = end,
            EndReason = reason,
            LastKnown = lastKnown,
            SettledAt = settled,
            PeakMilli = side == Side.High ? rule.High!.Value.Milli + track.Peak : rule.Low!.Value.Milli - track.Peak,
            TwiceArea = track.TwiceArea,
            OutSince = track.OutSince,
            RuleSince = track.RuleSince,
            Rule = rule,
        };

    internal static Stretch UnknownTime(Instant from, Instant to, ProbeRule rule, EndReason reason, Instant? settled) => new()
    {
        Start = from,
        Side = Side.Unknown,
        End = reason == EndReason.Open ? null : to,
        EndReason = reason,
        LastKnown = to,
        SettledAt = settled,
        Rule = rule,
    };

    private static bool IsShownOut(in ProbeTrack before, int milli, ProbeRule rule)
    {
        var inside = Math.Min(-rule.Above(milli), -rule.Below(milli));
        return inside < 0 || (before.IsShownOut && inside < Math.Min(ClearMarginMilli, (rule.High?.Milli - rule.Low?.Milli) / 4 ?? ClearMarginMilli));
    }

    private static Line Above(in Line line, ProbeRule rule) => line with { First = rule.Above(line.First), Last = rule.Above(line.Last) };

    private static Line Below(in Line line, ProbeRule rule) => line with { First = rule.Below(line.First), Last = rule.Below(line.Last) };

    private static Line Calibrated(in Line line, RuleSpan span) => line with { First = span.Calibrated(line.First), Last = span.Calibrated(line.Last) };

    private int SpanAt(Instant at)
    {
        for (var i = _spans.Length - 1; i >= 0; i--)
        {
            if (_spans[i].Contains(at))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>When the spans that follow each other without a hole end.</summary>
    private Instant RunEnd(int index)
    {
        while (index + 1 < _spans.Length && _spans[index + 1].From == _spans[index].To)
        {
            index++;
        }

        return _spans[index].To;
    }

    /// <summary>The span of a track's instant; an instant in a hole belongs to the span before it.</summary>
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
