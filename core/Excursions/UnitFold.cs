using ColdChain.Core.Excursions.Health;
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
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly UnitPlan _plan;
    private readonly PlannedProbe[] _probes;
    private readonly ProbeTrack[] _tracks;
    private readonly LevelTrack[] _levels;
    private readonly SignalTrack[] _signals;
    private readonly Blindness _blindness;
    private readonly UnitHealth _health;
    private readonly List<Stretch> _buffer = [];
    private readonly List<ProbeStretch> _closed = [];
    private readonly List<Condition> _closedConditions = [];
    private readonly List<LevelInterval> _levelBuffer = [];
    private readonly List<ProbeLevel> _closedLevels = [];

    /// <summary>A fold from a checkpoint; without one, from the beginning.</summary>
    public UnitFold(UnitPlan plan, Checkpoint? checkpoint = null)
    {
        _plan = plan;
        _probes = [.. plan.Probes];
        _tracks = [.. plan.Probes.Select(probe => TrackOf(probe, checkpoint))];
        _levels = [.. plan.Probes.Select(probe => LevelOf(probe, checkpoint))];
        _signals = [.. plan.Signals.Select(signal => TrackOf(signal, checkpoint))];
        _blindness = new Blindness(plan);
        _health = new UnitHealth(plan, plan.Probes.Select(probe => HealthOf(probe, checkpoint)), checkpoint?.At ?? Instant.Beginning);
    }

    private UnitFold(UnitFold other)
    {
        (_plan, _probes) = (other._plan, other._probes);
        (_tracks, _levels, _signals) = ([.. other._tracks], [.. other._levels], other._signals);
        (_blindness, _health) = (other._blindness, other._health);
    }

    /// <summary>The stretches that ended since the fold began, in the order in which they were settled.</summary>
    public IReadOnlyList<ProbeStretch> Closed => _closed;

    /// <summary>The conditions that ended since the fold began, in the order in which they were settled.</summary>
    public IReadOnlyList<Condition> ClosedConditions => _closedConditions;

    /// <summary>The levels of load probes that ended since the fold began, in the order in which they were settled.</summary>
    public IReadOnlyList<ProbeLevel> ClosedLevels => _closedLevels;

    /// <summary>True while a probe is out of range or contradicts itself, or a sample of it is in doubt.</summary>
    public bool IsRunning =>
        Array.Exists(_tracks, track => track.InConflict || track.IsOut)
        || Enumerable.Range(0, _tracks.Length).Any(i => _health.HasDoubt(i));

    /// <summary>A copy of what the fold remembers.</summary>
    public UnitTracks Tracks() => new(
        [.. _plan.Probes.Select((probe, i) => new NamedTrack(probe.Probe, probe.Role, _tracks[i], probe.Levels is null ? null : _levels[i]) { Health = _health.TrackOf(i) })],
        [.. _plan.Signals.Select((signal, i) => new NamedSignal(signal.Signal, signal.Kind, _signals[i]))]);

    /// <summary>Takes a sample of a probe; samples of probes that are not in the plan do not concern this unit.</summary>
    public void Take(ProbeId probe, in Sample measured)
    {
        var sample = _plan.AsJudged(probe, measured);
        _health.Reach(sample.At, _tracks, _closedConditions);
        for (var i = 0; i < _tracks.Length; i++)
        {
            // The name first: the probes of a storage unit mostly hang on one device.
            if (_probes[i].Probe.Name == probe.Name && _probes[i].Probe.Device == probe.Device && _probes[i].Judge.IsThereAt(sample.At))
            {
                foreach (var believed in _health.Take(i, sample, isTest: sample.Kind != measured.Kind, _closedConditions))
                {
                    Fold(i, believed, sample.At);
                }
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
        var believed = Believing(probe => _health.Tail(probe, now));
        var (running, conditions) = (believed.Tails(_ => now), new List<Condition>());
        _blindness.Tail(believed._tracks, now, running, conditions);
        _health.Running(believed._tracks, now, conditions);
        IReadOnlyList<ProbeStretch> unsettled = believed == this ? running : [.. believed._closed, .. running];
        return new UnitVerdict(
            [.. _closed, .. unsettled],
            StateDecision.Decide(_plan, believed._tracks, _health, unsettled, _blindness.KnownUntil(believed._tracks, now), now),
            believed.NextDeadline(now),
            [.. _closedConditions, .. conditions, .. believed == this ? [] : believed._closedConditions, .. RunningConditions(running, now)]);
    }

    /// <summary>
    /// The record: every stretch that the samples themselves show, with nothing added by the passing of time. What runs at the end of a
    /// probe's samples is open.
    /// </summary>
    public IReadOnlyList<ProbeStretch> Record()
    {
        var believed = Believing(_health.InDoubt);
        var running = believed.Tails(i => believed._tracks[i].HeardAt);
        _blindness.Tail(believed._tracks, believed.LastHeard(), running, conditions: null);
        return believed == this ? [.. _closed, .. running] : [.. _closed, .. believed._closed, .. running];
    }

    /// <summary>
    /// Up to when the judgement of each load probe is settled: by itself (<see cref="ProbeJudge.SettledTo"/>), or, when it is lost, as far as
    /// another one is known and nothing is to be expected of this one. That is as far as it was heard of, since it said that it has no temperature;
    /// and the whole of a silence that has outlasted the limit for unknown time. A shorter silence may still hide data.
    /// </summary>
    public IReadOnlyDictionary<ProbeId, Instant> Settled(Instant now)
    {
        var (settled, known) = (new Dictionary<ProbeId, Instant>(), _blindness.KnownUntil(_tracks, now));
        for (var i = 0; i < _tracks.Length; i++)
        {
            var (probe, track, rule) = (_probes[i], _tracks[i], _probes[i].Judge.RuleAt(now));
            if (probe.Role != ProbeRole.Load)
            {
                continue;
            }

            var judged = probe.Judge.SettledTo(track, now);
            var own = _health.IsInDoubt(i, now, rule.MaxGap) ? Instant.Min(judged, track.Since) : judged; // What comes next may decide it yet.
            var isGivenUp = now - track.HeardAt > rule.UnknownLimit && !track.IsOut;
            var reached = Instant.Min(isGivenUp ? now : track.HeardAt, known);
            settled.Add(probe.Probe, known > track.Since && ProbeJudge.IsLost(track, reached, rule) ? Instant.Max(own, reached) : own);
        }

        return settled;
    }

    /// <summary>
    /// The levels that run at an instant when nothing more comes up to it, of each load probe whose time has begun. A probe that was heard ahead of
    /// the instant, since its clock is, tells of its level up to there: it is not one of which nothing is known.
    /// </summary>
    public IReadOnlyList<RunningLevels> RunningLevels(Instant until)
    {
        var believed = Believing(probe => _health.Tail(probe, until));
        var running = believed.OwnRunningLevels(until);
        return believed == this ? running : [.. running.Select(believed.WithEnded)];
    }

    private RunningLevels WithEnded(RunningLevels running) => running with
    {
        Intervals = [.. _closedLevels.Where(level => level.Probe == running.Probe).Select(level => level.Interval), .. running.Intervals],
    };

    /// <summary>
    /// The same fold after samples in doubt have been believed, since nothing more comes; itself when there are none. What ends by them is not
    /// settled: a late sample may yet show that they were spikes.
    /// </summary>
    private UnitFold Believing(Func<int, IReadOnlyList<Sample>> inDoubt)
    {
        UnitFold? believing = null;
        for (var i = 0; i < _tracks.Length; i++)
        {
            foreach (var sample in inDoubt(i))
            {
                believing ??= new UnitFold(this);
                believing.Fold(i, sample, settled: null);
            }
        }

        return believing ?? this;
    }

    private List<RunningLevels> OwnRunningLevels(Instant until) =>
    [
        .. _plan.Probes.Select((probe, i) => (Probe: probe, Track: _levels[i]))
            .Where(entry => entry.Probe.Levels?.Start.HeardAt <= until)
            .Select(entry => entry.Probe.Levels!.Tail(entry.Probe.Probe, entry.Track, Instant.Max(until, entry.Track.HeardAt))), // It has one: the line before.
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

    private static HealthTrack HealthOf(PlannedProbe probe, Checkpoint? checkpoint) =>
        checkpoint?.Tracks.FindHealth(probe.Probe, probe.Role) is { } health && TrackOf(probe, checkpoint) == checkpoint.Tracks.Find(probe.Probe, probe.Role)
            ? health
            : default;

    private void Fold(int probe, in Sample sample, Instant? settled)
    {
        var (stretches, conditions, levels) = (_closed.Count, _closedConditions.Count, _closedLevels.Count);
        if (sample.Kind == SampleKind.Good && _blindness.MayEnd(probe, _tracks[probe], sample.At))
        {
            _blindness.Speak(_tracks, probe, sample.At, _closed, _closedConditions);
        }

        _probes[probe].Judge.Fold(ref _tracks[probe], sample, _buffer);
        DrainClosed(probe);
        FoldLevel(probe, sample);
        if (settled == sample.At)
        {
            return;
        }

        // The sample was in doubt until now: so was what it ends.
        for (; stretches < _closed.Count; stretches++)
        {
            _closed[stretches] = _closed[stretches] with { Stretch = _closed[stretches].Stretch with { SettledAt = settled } };
        }

        for (; conditions < _closedConditions.Count; conditions++)
        {
            _closedConditions[conditions] = _closedConditions[conditions] with { SettledAt = settled };
        }

        for (; levels < _closedLevels.Count; levels++)
        {
            _closedLevels[levels] = _closedLevels[levels] with { Interval = _closedLevels[levels].Interval with { SettledAt = settled } };
        }
    }

    private Instant LastHeard()
    {
        var last = Instant.Beginning;
        for (var i = 0; i < _tracks.Length; i++)
        {
            last = _probes[i].Role == ProbeRole.Load ? Instant.Max(last, _tracks[i].HeardAt) : last;
        }

        return last;
    }

    private static LevelTrack LevelOf(PlannedProbe probe, Checkpoint? checkpoint) =>
        probe.Levels is not { } levels ? default
        : checkpoint?.Tracks.FindLevel(probe.Probe, probe.Role) is { } track && track.HeardAt <= checkpoint.At && track.HeardAt >= levels.Start.HeardAt ? track
        : levels.Start;

    private void FoldLevel(int probe, in Sample sample)
    {
        if (_probes[probe].Levels is not { } levels)
        {
            return;
        }

        levels.Fold(ref _levels[probe], sample, _levelBuffer);
        if (_levelBuffer.Count > 0)
        {
            foreach (var interval in _levelBuffer)
            {
                _closedLevels.Add(new ProbeLevel(_probes[probe].Probe, interval));
            }

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

    private List<ProbeStretch> Tails(Func<int, Instant> until)
    {
        var found = new List<ProbeStretch>();
        for (var i = 0; i < _tracks.Length; i++)
        {
            var reached = until(i);
            if (reached >= _probes[i].Judge.Spans[0].From)
            {
                _probes[i].Judge.Tail(_tracks[i], reached, _buffer);
                Drain(i, found);
            }
        }

        return found;
    }

    private Instant? NextDeadline(Instant now)
    {
        Instant? next = null;
        var known = _blindness.KnownUntil(_tracks, now);
        for (var i = 0; i < _tracks.Length; i++)
        {
            var (judge, heard, rule) = (_probes[i].Judge, _tracks[i].HeardAt, _probes[i].Judge.RuleAt(now));
            Consider(judge.NextDeadline(_tracks[i], now));
            Consider(_health.NextDeadline(i));
            Consider(known + rule.UnknownLimit + Moment);
            Consider(heard + rule.MaxGap + Moment); // Heard of without a temperature, it is no longer merely late,
            Consider(heard + rule.UnknownLimit + Moment); // and then given up.
            foreach (var change in _blindness.Changes(i, _tracks[i]))
            {
                Consider(change);
            }
        }

        for (var i = 0; i < _signals.Length; i++)
        {
            Consider(_plan.Signals[i].Judge.NextDeadline(_signals[i], now));
        }

        return next;

        void Consider(Instant? candidate) => next = candidate > now && (next is null || candidate < next) ? candidate : next;
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
        var (id, role) = (_probes[probe].Probe, _probes[probe].Role);
        foreach (var stretch in _buffer)
        {
            // That one load probe is lost does not make the unit unknown.
            if (role == ProbeRole.Air || stretch.Side != Side.Unknown)
            {
                into.Add(new ProbeStretch(id, role, stretch));
            }
        }

        _buffer.Clear();
    }
}
