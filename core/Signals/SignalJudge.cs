using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Signals;

/// <summary>
/// The fold over the samples of one signal in one storage unit: pure, without a clock. A signal is a step: a state holds until the next
/// reading. A fault between two equal states is passed over, as it is between two temperatures; between two different ones nobody knows when
/// it changed, so the time from the fault on is unknown. Samples come in ascending order of time, one per instant.
/// </summary>
public sealed class SignalJudge
{
    private static readonly TimeSpan One = TimeSpan.FromMilliseconds(1);

    private readonly ProbeId _signal;
    private readonly IReadOnlyList<SignalSpan> _spans;

    // Spans without a hole between them: a state does not outlast the time that the signal was taken away.
    private readonly List<TimeRange> _stays;

    /// <summary>A judge for the given spans.</summary>
    /// <exception cref="ArgumentException">There is no span, or the spans overlap or are not in order.</exception>
    public SignalJudge(ProbeId signal, IReadOnlyList<SignalSpan> spans)
    {
        if (spans.Count == 0 || Enumerable.Range(1, spans.Count - 1).Any(i => spans[i].From < spans[i - 1].To))
        {
            throw new ArgumentException("At least one span, in order and without overlap.", nameof(spans));
        }

        (_signal, _spans) = (signal, spans);
        _stays = TimeSet.Union(spans.Select(span => new TimeRange(span.From, span.To)));
    }

    /// <summary>The spans by which it judges.</summary>
    public IReadOnlyList<SignalSpan> Spans => _spans;

    /// <summary>The track before any sample.</summary>
    public SignalTrack Start => SignalTrack.At(_spans[0].From);

    /// <summary>Takes the next sample. One outside of every span does not concern this storage unit and is passed over.</summary>
    /// <exception cref="ArgumentException">The sample is earlier than the one before.</exception>
    public void Fold(ref SignalTrack track, in Sample sample, ICollection<Condition> closed)
    {
        if (StayAt(sample.At) < 0)
        {
            return;
        }

        if (sample.At < track.HeardAt)
        {
            throw new ArgumentException($"Samples must ascend: {sample.At} after {track.HeardAt}.", nameof(sample));
        }

        if (StateOf(sample.State) is { } state)
        {
            LeaveEarlierStays(ref track, sample.At, settled: sample.At, closed);
            Take(ref track, state, sample.At, closed);
        }
        else if (StayAt(sample.At) == StayOf(track))
        {
            track = track with { HeardAt = sample.At, DoubtAt = track.DoubtAt ?? sample.At, InConflict = track.InConflict || sample.State == StateClaim.Contested };
        }
    }

    /// <summary>What is running at an instant when no further sample comes up to then. The track is not changed.</summary>
    public void Tail(SignalTrack track, Instant until, ICollection<Condition> found)
    {
        LeaveEarlierStays(ref track, until, settled: null, found);
        var end = _stays[StayOf(track)].End;
        Leave(track, Instant.Min(until, end), isOver: until >= end, settled: null, found);
    }

    /// <summary>The first instant after <paramref name="now"/> at which silence alone changes what is told; null when none does.</summary>
    public Instant? NextDeadline(in SignalTrack track, Instant now)
    {
        Instant? next = null;
        foreach (var span in _spans)
        {
            Consider(span.From);
            Consider(span.To < Instant.End ? span.To : now);
            Consider(Instant.Max(span.From, track.Since) + span.Rule.MaxGap + One);
            Consider(span.Rule.Told(track.State) is null ? now : Instant.Max(span.From, track.RunStart) + span.Rule.Delay);
        }

        return next;

        void Consider(Instant candidate) => next = candidate > now && (next is null || candidate < next) ? candidate : next;
    }

    private void Take(ref SignalTrack track, SignalState state, Instant at, ICollection<Condition> closed)
    {
        if (track.State == state && at - track.Since <= MaxGapOf(track) && !track.InConflict)
        {
            track = track with { Since = at, DoubtAt = null, HeardAt = at };
            return;
        }

        Leave(track, at, isOver: true, settled: at, closed);
        track = new SignalTrack(at, state, at, null, false, at);
    }

    // Ends what a track is in the middle of: the run of its state, and unknown time behind that where there is any.
    private void Leave(in SignalTrack track, Instant at, bool isOver, Instant? settled, ICollection<Condition> found)
    {
        var unknownFrom = UnknownFrom(track, at, settled);
        if (track.State != SignalState.Unknown)
        {
            var taken = unknownFrom is null ? at : settled is null ? Instant.Min(at, track.Since + MaxGapOf(track)) : unknownFrom.Value;
            Tell(new SignalRun(track.State, track.RunStart, unknownFrom ?? at, taken, unknownFrom is null && !isOver, settled), found);
        }

        if (unknownFrom is { } from && from < at)
        {
            Tell(new SignalRun(SignalState.Unknown, from, at, at, !isOver, settled), found);
        }
    }

    // A run is told under each rule that was in force during it.
    private void Tell(in SignalRun run, ICollection<Condition> found)
    {
        foreach (var span in _spans)
        {
            var start = Instant.Max(run.Start, span.From);
            var concerns = start < span.To && (start < run.LastKnown || start == run.Start || (run.GoesOn && start < run.Until));
            if (!concerns || span.Rule.Told(run.State) is not { } kind)
            {
                continue;
            }

            var (isCut, isUnknown) = (span.To <= run.LastKnown, run.State == SignalState.Unknown);
            var lastKnown = isCut ? span.To : run.LastKnown;
            var delay = !isUnknown ? span.Rule.Delay : run.GoesOn ? span.Rule.MaxGap : span.Rule.UnknownDelay;
            if (Instant.Min(run.Until, span.To) - start >= delay)
            {
                var raised = isUnknown ? Instant.Min(start + span.Rule.MaxGap, lastKnown) : start + delay;

                // Silence does not take back what was told; until a sample has settled it, its end was not seen.
                Instant? end = !isCut && (run.GoesOn || (!isUnknown && lastKnown - start < delay)) ? null : lastKnown;
                found.Add(new Condition(kind, _signal, start, end, run.SettledAt) { RaisedAt = raised });
            }
        }
    }

    private void LeaveEarlierStays(ref SignalTrack track, Instant at, Instant? settled, ICollection<Condition> found)
    {
        for (var stay = StayOf(track); stay + 1 < _stays.Count && _stays[stay + 1].Start <= at; stay++)
        {
            Leave(track, _stays[stay].End, isOver: true, settled, found);
            track = SignalTrack.At(_stays[stay + 1].Start);
        }
    }

    // A doubt becomes unknown time only when another state follows it: an equal one is passed over it, and what will follow is not known yet.
    private Instant? UnknownFrom(in SignalTrack track, Instant at, Instant? settled) =>
        at - track.Since > MaxGapOf(track) || (settled is not null && track.State == SignalState.Unknown) ? track.Since
        : settled is not null || track.InConflict ? track.DoubtAt
        : null;

    private TimeSpan MaxGapOf(in SignalTrack track)
    {
        var index = _spans.Count - 1;
        while (index > 0 && _spans[index].From > track.Since)
        {
            index--;
        }

        return _spans[index].Rule.MaxGap;
    }

    private int StayAt(Instant at) => _stays.FindLastIndex(stay => stay.Start <= at && at < stay.End);

    private int StayOf(SignalTrack track) => Math.Max(0, _stays.FindLastIndex(stay => stay.Start <= track.Since));

    private static SignalState? StateOf(StateClaim claim) => claim switch
    {
        StateClaim.On => SignalState.On,
        StateClaim.Off => SignalState.Off,
        _ => null,
    };
}
