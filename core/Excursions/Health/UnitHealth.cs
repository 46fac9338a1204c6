using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// What the probes of a storage unit are worth: it stands between the samples and their judges, hands on what can be believed, makes faults of what
/// cannot, and tells why. By the time of the samples alone.
/// </summary>
internal sealed class UnitHealth
{
    private readonly PlannedProbe[] _probes;
    private readonly HealthFigures[] _figures;
    private readonly HealthState[] _tracks;
    private readonly ApartWatch _apart;
    private readonly DriftWatch _drift;
    private readonly List<Sample> _judged = [];
    private readonly bool _hasPeers;
    private readonly bool _hasOthers;
    private Instant _at;

    /// <summary>Goes on from tracks after all samples up to an instant.</summary>
    public UnitHealth(UnitPlan plan, IEnumerable<HealthTrack> tracks, Instant at)
    {
        (_probes, _tracks, _at) = ([.. plan.Probes], [.. tracks.Select(track => new HealthState(track))], at);
        _figures = [.. plan.Probes.Select(probe => HealthFigures.Of(probe.Role))];
        (_apart, _drift) = (new ApartWatch(plan), new DriftWatch(plan));
        _hasPeers = plan.Probes.Count(probe => probe.Role == ProbeRole.Load) > 1;
        _hasOthers = plan.Probes.Select(probe => probe.Probe).Distinct().Count() > 1;
    }

    /// <summary>A copy of what is remembered of a probe.</summary>
    public HealthTrack TrackOf(int probe) => _tracks[probe].ToTrack();

    /// <summary>True when a sample of a probe is in doubt.</summary>
    public bool HasDoubt(int probe) => _tracks[probe].Spike.InDoubt > 0;

    /// <summary>True when a sample of a probe is in doubt that may still turn out a spike at an instant.</summary>
    public bool IsInDoubt(int probe, Instant at, TimeSpan maxGap) => _tracks[probe].Spike.IsInDoubt(at, maxGap);

    /// <summary>A sample of an instant is about to be taken: when it is the first one, the instant before is complete.</summary>
    public void Reach(Instant at, ReadOnlySpan<ProbeTrack> judged, List<Condition> closed)
    {
        if (at != _at)
        {
            Complete(_tracks, at, judged, settled: at, closed);
            _at = at;
        }
    }

    /// <summary>Takes a sample of a probe, and gives what is to be judged of that probe now, ascending. The answer is good until the next call.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="sample">Its sample.</param>
    /// <param name="isTest">True for a fault that is none of the probe's: its alarm was tested.</param>
    /// <param name="closed">Receives the conditions that ended.</param>
    public List<Sample> Take(int probe, in Sample sample, bool isTest, List<Condition> closed)
    {
        var (planned, maxGap) = (_probes[probe], _probes[probe].Judge.RuleAt(sample.At).MaxGap);
        _judged.Clear();
        if (SpikeFilter.Take(ref _tracks[probe].Spike, sample, _figures[probe], maxGap, _judged) is { } ended)
        {
            closed.Add(new Condition(ended.Kind, planned.Probe, ended.Start, ended.End, sample.At));
        }

        for (var i = 0; i < _judged.Count; i++)
        {
            if (!isTest && FaultWatch.Take(ref _tracks[probe].Faults, _judged[i]) is { } faulty)
            {
                closed.Add(new Condition(ConditionKind.ProbeFaulty, planned.Probe, faulty.From, faulty.End, sample.At) { RaisedAt = faulty.RaisedAt });
            }

            if (_judged[i].Kind == SampleKind.Good)
            {
                _judged[i] = Believed(probe, _judged[i], sample.At, maxGap, closed);
            }
        }

        return _judged;
    }

    /// <summary>What is still in doubt when nothing more comes up to an instant, and is to be believed then: silence followed it.</summary>
    public IReadOnlyList<Sample> Tail(int probe, Instant until)
    {
        var spike = _tracks[probe].Spike;
        if (spike.InDoubt == 0 || spike.IsInDoubt(until, _probes[probe].Judge.RuleAt(until).MaxGap))
        {
            return [];
        }

        var released = new List<Sample>();
        SpikeFilter.Release(ref spike, until, released);
        return released;
    }

    /// <summary>What is still in doubt, when nobody waits for more.</summary>
    public IReadOnlyList<Sample> InDoubt(int probe)
    {
        var (spike, released) = (_tracks[probe].Spike, new List<Sample>());
        if (spike.InDoubt > 0)
        {
            SpikeFilter.Release(ref spike, spike.DoubtAt, released);
        }

        return released;
    }

    /// <summary>When a sample in doubt is believed unless another one comes; null when none is.</summary>
    public Instant? NextDeadline(int probe)
    {
        var spike = _tracks[probe].Spike;
        return spike.InDoubt == 0 ? null : spike.DoubtAt + _probes[probe].Judge.RuleAt(spike.DoubtAt).MaxGap + TimeSpan.FromMilliseconds(1);
    }

    /// <summary>The conditions that run at an instant.</summary>
    public void Running(ReadOnlySpan<ProbeTrack> judged, Instant now, List<Condition> found)
    {
        var tracks = (HealthState[])_tracks.Clone();
        Complete(tracks, now, judged, settled: null, found);
        for (var i = 0; i < tracks.Length; i++)
        {
            var (probe, track) = (_probes[i].Probe, tracks[i]);
            if (Tail(i, now).Count > 0)
            {
                found.Add(new Condition(ConditionKind.ProbeJump, probe, track.Spike.FirstAt, null, null));
            }

            if (track.Faults.RaisedAt != default)
            {
                found.Add(new Condition(ConditionKind.ProbeFaulty, probe, track.Faults.From, null, null) { RaisedAt = track.Faults.RaisedAt });
            }

            if (track.Run.IsStuck)
            {
                found.Add(new Condition(ConditionKind.ProbeStuck, probe, track.Run.StuckFrom, null, null));
            }

            if (track.Drift.DriftFrom != default)
            {
                found.Add(new Condition(ConditionKind.ProbeDrifts, probe, track.Drift.DriftFrom, null, null));
            }

            if (_apart.Running(i, track, now) is { } apart)
            {
                found.Add(apart);
            }
        }
    }

    // What compares probes with each other waits until every one has been taken that told something at an instant: their order means nothing.
    private void Complete(HealthState[] tracks, Instant next, ReadOnlySpan<ProbeTrack> judged, Instant? settled, List<Condition> closed)
    {
        if (_at <= Instant.Beginning || !_hasOthers)
        {
            return;
        }

        if (_hasPeers)
        {
            _apart.Look(tracks, judged, _at, settled, closed);
        }

        if (DriftWatch.DayOf(next) != DriftWatch.DayOf(_at))
        {
            _drift.EndDay(tracks, DriftWatch.DayOf(_at), settled, closed);
        }
    }

    private Sample Believed(int probe, in Sample sample, Instant at, TimeSpan maxGap, List<Condition> closed)
    {
        // A probe by itself is compared with nothing: then nothing of it is remembered, and a late sample changes no more than it must.
        if (!_hasOthers)
        {
            return sample;
        }

        if (StuckWatch.Take(_tracks, probe, sample, at, maxGap) is { } ended)
        {
            closed.Add(new Condition(ConditionKind.ProbeStuck, _probes[probe].Probe, ended.StuckFrom, sample.At, at));
        }

        if (_tracks[probe].Run.IsStuck)
        {
            return Sample.Fault(sample.At);
        }

        StuckWatch.Move(ref _tracks[probe].Move, sample, at, _figures[probe]);
        DriftWatch.Count(ref _tracks[probe].Day, sample);
        return sample;
    }
}
