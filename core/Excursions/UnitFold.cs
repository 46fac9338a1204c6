using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Core.Excursions;

/// <summary>
/// The fold over all facts of one storage unit, in ascending order of time. It starts from the beginning or from the tracks of a checkpoint,
/// and knows no clock: "now" is an argument of <see cref="Judge"/>. Not thread-safe.
/// </summary>
public sealed class UnitFold
{
    private readonly UnitPlan _plan;
    private readonly ProbeTrack[] _tracks;
    private readonly LevelTrack?[] _levels;
    private readonly SignalTrack[] _signals;
    private readonly List<Stretch> _buffer = [];
    private readonly List<ProbeStretch> _closed = [];
    private readonly List<Condition> _closedConditions = [];
    private readonly List<LevelInterval> _levelBuffer = [];
    private readonly List<ProbeLevel> _closedLevels = [];

    /// <summary>A fold from a checkpoint; without one, from the beginning.</summary>
    public UnitFold(UnitPlan plan, Checkpoint? checkpoint = null)
    {
        _plan = plan;
        _tracks = [.. plan.Probes.Select(probe => TrackOf(probe, checkpoint))];
        _levels = [.. plan.Probes.Select(probe => LevelOf(probe, checkpoint))];
        _signals = [.. plan.Signals.Select(signal => TrackOf(signal, checkpoint))];
    }

    /// <summary>The stretches that ended since the fold began, in the order in which they were settled.</summary>
    public IReadOnlyList<ProbeStretch> Closed => _closed;

    /// <summary>The conditions that ended since the fold began, in the order in which they were settled.</summary>
    public IReadOnlyList<Condition> ClosedConditions => _closedConditions;

    /// <summary>The levels of load probes that ended since the fold began, in the order in which they were settled.</summary>
    public IReadOnlyList<ProbeLevel> ClosedLevels => _closedLevels;

    /// <summary>True while a probe is out of range or contradicts itself.</summary>
    public bool IsRunning => Array.Exists(_tracks, track => track.InConflict || track.High.IsOut || track.Low.IsOut);

    /// <summary>A copy of what the fold remembers.</summary>
    public UnitTracks Tracks() => new(
        [.. _plan.Probes.Select((probe, i) => new NamedTrack(probe.Probe, probe.Role, _tracks[i], _levels[i]))],
        [.. _plan.Signals.Select((signal, i) => new NamedSignal(signal.Signal, signal.Kind, _signals[i]))]);

    /// <summary>Takes a sample of a probe; samples of probes that are not in the plan do not concern this unit.</summary>
    public void Take(ProbeId probe, in Sample sample)
    {
        for (var i = 0; i < _tracks.Length; i++)
        {
            if (_plan.Probes[i].Probe == probe)
            {
                _plan.Probes[i].Judge.Fold(ref _tracks[i], sample, _buffer);
                DrainClosed(i);
                FoldLevel(i, sample);
            }
        }

        for (var i = 0; i < _signals.Length; i++)
        {
            if (_plan.Signals[i].Signal == probe)
            {
                _plan.Signals[i].Judge.Fold(ref _signals[i], sample, _closedConditions);
            }
        }
    }

    /// <summary>
    /// The verdict of everything taken so far when nothing more comes up to <paramref name="now"/>. Provisional: later samples may change it.
    /// </summary>
    public UnitVerdict Judge(Instant now)
    {
        var running = Tails((_, _) => now);
        return new UnitVerdict(
            [.. _closed, .. running],
            StateDecision.Decide(_plan, _tracks, running, now),
            NextDeadline(now),
            [.. _closedConditions, .. RunningConditions(running, now)]);
    }

    /// <summary>
    /// The record: every stretch that the samples themselves show, with nothing added by the passing of time. What runs at the end of a
    /// probe's samples is open.
    /// </summary>
    public IReadOnlyList<ProbeStretch> Record() => [.. _closed, .. Tails((i, _) => _tracks[i].HeardAt)];

    /// <summary>Up to when the judgement of each load probe is settled (<see cref="ProbeJudge.SettledTo"/>).</summary>
    public IReadOnlyDictionary<ProbeId, Instant> Settled(Instant now)
    {
        var settled = new Dictionary<ProbeId, Instant>();
        for (var i = 0; i < _tracks.Length; i++)
        {
            if (_plan.Probes[i].Role == ProbeRole.Load)
            {
                settled.Add(_plan.Probes[i].Probe, _plan.Probes[i].Judge.SettledTo(_tracks[i], now));
            }
        }

        return settled;
    }

    /// <summary>The levels that run at an instant when nothing more comes up to it, of each load probe whose time has begun.</summary>
    public IReadOnlyList<RunningLevels> RunningLevels(Instant until) =>
    [
        .. _plan.Probes.Select((probe, i) => (Probe: probe, Track: _levels[i]))
            .Where(entry => entry.Track is { } track && track.HeardAt <= until)
            .Select(entry => entry.Probe.Levels!.Tail(entry.Probe.Probe, entry.Track!.Value, until)), // Where there is a track, there is its fold.
    ];

    /// <summary>
    /// A track that had not begun at the checkpoint, or that begins later by now, says nothing: the fleet may have moved its beginning since.
    /// </summary>
    private static ProbeTrack TrackOf(PlannedProbe probe, Checkpoint? checkpoint) =>
        checkpoint?.Tracks.Find(probe.Probe, probe.Role) is { } track
        && track.HeardAt <= checkpoint.At
        && track.HeardAt >= probe.Judge.Spans[0].From
            ? track
            : probe.Judge.Start;

    private static LevelTrack? LevelOf(PlannedProbe probe, Checkpoint? checkpoint) =>
        probe.Levels is not { } levels ? null
        : checkpoint?.Tracks.FindLevel(probe.Probe, probe.Role) is { } track && track.HeardAt <= checkpoint.At && track.HeardAt >= levels.Start.HeardAt ? track
        : levels.Start;

    private void FoldLevel(int probe, in Sample sample)
    {
        if (_levels[probe] is not { } track)
        {
            return;
        }

        _plan.Probes[probe].Levels!.Fold(ref track, sample, _levelBuffer); // Where there is a track, there is its fold.
        _levels[probe] = track;
        if (_levelBuffer.Count > 0)
        {
            _closedLevels.AddRange(_levelBuffer.Select(interval => new ProbeLevel(_plan.Probes[probe].Probe, interval)));
            _levelBuffer.Clear();
        }
    }

    private static SignalTrack TrackOf(PlannedSignal signal, Checkpoint? checkpoint) =>
        checkpoint?.Tracks.Find(signal.Signal, signal.Kind) is { } track
        && track.HeardAt <= checkpoint.At
        && track.HeardAt >= signal.Judge.Spans[0].From
            ? track
            : signal.Judge.Start;

    private List<Condition> RunningConditions(List<ProbeStretch> running, Instant now)
    {
        var found = new List<Condition>();
        for (var i = 0; i < _signals.Length; i++)
        {
            if (now >= _plan.Signals[i].Judge.Spans[0].From)
            {
                _plan.Signals[i].Judge.Tail(_signals[i], now, found);
            }
        }

        found.AddRange(running.Select(stretch => AirCondition.Of(stretch, now)).OfType<Condition>());
        return found;
    }

    private List<ProbeStretch> Tails(Func<int, PlannedProbe, Instant> until)
    {
        var found = new List<ProbeStretch>();
        for (var i = 0; i < _tracks.Length; i++)
        {
            var reached = until(i, _plan.Probes[i]);
            if (reached >= _plan.Probes[i].Judge.Spans[0].From)
            {
                _plan.Probes[i].Judge.Tail(_tracks[i], reached, _buffer);
                Drain(i, found);
            }
        }

        return found;
    }

    private Instant? NextDeadline(Instant now)
    {
        Instant? next = null;
        for (var i = 0; i < _tracks.Length; i++)
        {
            var candidate = _plan.Probes[i].Judge.NextDeadline(_tracks[i], now);
            next = candidate is not null && (next is null || candidate < next) ? candidate : next;
        }

        for (var i = 0; i < _signals.Length; i++)
        {
            var candidate = _plan.Signals[i].Judge.NextDeadline(_signals[i], now);
            next = candidate is not null && (next is null || candidate < next) ? candidate : next;
        }

        return next;
    }

    private void DrainClosed(int probe)
    {
        var before = _closed.Count;
        Drain(probe, _closed);
        for (var i = before; i < _closed.Count; i++)
        {
            if (AirCondition.Of(_closed[i], _closed[i].Stretch.LastKnown) is { } condition)
            {
                _closedConditions.Add(condition);
            }
        }
    }

    private void Drain(int probe, List<ProbeStretch> into)
    {
        foreach (var stretch in _buffer)
        {
            into.Add(new ProbeStretch(_plan.Probes[probe].Probe, _plan.Probes[probe].Role, stretch));
        }

        _buffer.Clear();
    }
}
