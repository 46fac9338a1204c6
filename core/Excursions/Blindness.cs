using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// When nobody knows the temperature of a storage unit: while every load probe that stands in it is lost. One dead probe beside a known one is a
/// fault of the probe, not a blind fridge.
/// </summary>
/// <remarks>
/// Blind time ends when the first of the lost probes speaks, and began at the last instant of which any of them told: both follow from the tracks
/// alone, whatever the order of samples of one instant. At that moment another probe may have been silent for no longer than its largest gap, so
/// that nobody can tell yet whether its neighbours will join. It counts as known, and if they do not join, the blind time that was passed over is no
/// longer than that largest gap: never a finding, since no rule allows unknown time shorter than a gap.
/// </remarks>
internal sealed class Blindness
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly IReadOnlyList<PlannedProbe> _probes;
    private readonly List<TimeRange>[] _mounts;
    private readonly List<TimeRange> _attended;

    public Blindness(UnitPlan plan)
    {
        _probes = plan.Probes;
        _mounts = [.. plan.Probes.Select(probe => probe.Role == ProbeRole.Load ? TimeSet.Union(probe.Judge.Spans.Select(span => new TimeRange(span.From, span.To))) : [])];
        _attended = TimeSet.Union(_mounts.SelectMany(mounts => mounts));
    }

    /// <summary>True when a good sample of a load probe may end blind time: it was lost, or had not spoken since it was put there.</summary>
    public bool MayEnd(int probe, in ProbeTrack track, Instant at) =>
        _mounts[probe].Count > 0 && !(track.IsKnown && !ProbeJudge.IsLost(track, at, _probes[probe].Judge.RuleAt(at)));

    /// <summary>A probe is about to give a temperature: what was blind up to then has ended, and so has the failure of the probe.</summary>
    public void Speak(ProbeTrack[] tracks, int speaker, Instant at, List<ProbeStretch> closed, List<Condition> conditions)
    {
        if (!_probes[speaker].Judge.Spans.Any(span => span.Contains(at)))
        {
            return;
        }

        // Whoever else is heard of at this very instant may have been taken already or not: what counts is what they told before.
        var blind = Find(tracks, at, isOpen: false);
        AddStretches(tracks, blind, at, isOpen: false, closed);
        for (var i = 0; i < tracks.Length; i++)
        {
            if ((i == speaker || blind is not null) && FailureOf(i, tracks[i], blind, at, isOpen: false) is { } failure)
            {
                conditions.Add(failure with { End = failure.End ?? at, SettledAt = at });
            }

            if (i != speaker && blind is { } ended && _mounts[i].Count > 0)
            {
                tracks[i] = tracks[i] with { AloneFrom = ended.End };
            }
        }
    }

    /// <summary>What is blind, and which probes have failed, when nothing more comes up to an instant.</summary>
    public void Tail(ProbeTrack[] tracks, Instant until, List<ProbeStretch> found, List<Condition>? conditions)
    {
        var blind = Find(tracks, until, isOpen: true);
        AddStretches(tracks, blind, until, isOpen: true, found);
        for (var i = 0; conditions is not null && i < tracks.Length; i++)
        {
            if (FailureOf(i, tracks[i], blind, until, isOpen: true) is { } failure)
            {
                conditions.Add(failure);
            }
        }
    }

    /// <summary>Up to when something is known of the unit, as far as the tracks tell; the beginning of its being watched when nothing is.</summary>
    public Instant KnownUntil(ReadOnlySpan<ProbeTrack> tracks, Instant at)
    {
        var known = Instant.Beginning;
        for (var i = 0; i < tracks.Length; i++)
        {
            known = Instant.Max(known, KnownUntil(i, tracks[i], at));
        }

        var attended = _attended.FindLastIndex(period => period.Start <= at);
        return attended < 0 ? known : Instant.Max(known, _attended[attended].Start);
    }

    /// <summary>
    /// When silence alone changes what is blind, by one of the probes: with the moment after it is put there, since it may speak then; when it has not
    /// for a gap; and with the moment after it is taken away.
    /// </summary>
    public IEnumerable<Instant> Changes(int probe, ProbeTrack track)
    {
        foreach (var mount in _mounts[probe])
        {
            if (track.KnownTo < mount.Start)
            {
                yield return mount.Start + Moment;
                yield return mount.Start + _probes[probe].Judge.RuleAt(mount.Start).MaxGap + Moment;
            }

            if (mount.End < Instant.End)
            {
                yield return mount.End + Moment;
            }
        }
    }

    private TimeRange? Find(ReadOnlySpan<ProbeTrack> tracks, Instant at, bool isOpen)
    {
        var (from, to) = (Instant.Beginning, at);
        for (var i = 0; i < tracks.Length; i++)
        {
            from = Instant.Max(from, KnownUntil(i, tracks[i], at));
            if (MountBefore(i, at) is { } mount && IsHeldKnown(i, tracks[i], mount, at, isOpen))
            {
                if (tracks[i].KnownTo >= mount.Start)
                {
                    return null;
                }

                to = Instant.Min(to, mount.Start); // It was put there a moment ago: it may speak yet.
            }
        }

        return from < to ? new TimeRange(from, to) : null;
    }

    private void AddStretches(ReadOnlySpan<ProbeTrack> tracks, TimeRange? blind, Instant at, bool isOpen, List<ProbeStretch> found)
    {
        if (blind is not { } whole)
        {
            return;
        }

        foreach (var attended in _attended)
        {
            var (from, to) = (Instant.Max(whole.Start, attended.Start), Instant.Min(whole.End, attended.End));
            if (from < to && (to == whole.End || !IsHeldKnown(tracks, to)))
            {
                found.Add(StretchOf(tracks, new TimeRange(from, to), at, isOpen));
            }
        }
    }

    private ProbeStretch StretchOf(ReadOnlySpan<ProbeTrack> tracks, TimeRange blind, Instant at, bool isOpen)
    {
        var last = LastToTell(tracks, blind.Start);
        var (probe, judge) = (_probes[last].Probe, _probes[last].Judge);
        var reason = blind.End < at ? EndReason.RuleChange : isOpen ? EndReason.Open : EndReason.InRange;
        var rule = judge.RuleAt(reason == EndReason.RuleChange ? blind.End - Moment : blind.End);
        var devices = new List<DeviceId> { probe.Device };
        for (var i = 0; i < tracks.Length; i++)
        {
            var heardAt = tracks[i].HeardAt < at || isOpen ? tracks[i].HeardAt : tracks[i].HeardBefore;
            var mayStillTell = MountBefore(i, blind.End) is not null && heardAt < blind.End - _probes[i].Judge.RuleAt(blind.End).MaxGap;
            if (mayStillTell && !devices.Contains(_probes[i].Probe.Device))
            {
                devices.Add(_probes[i].Probe.Device);
            }
        }

        var stretch = ProbeJudge.UnknownTime(blind.Start, blind.End, rule, reason, isOpen ? null : at);
        return new ProbeStretch(probe, ProbeRole.Load, stretch) { MayStillTell = devices };
    }

    /// <summary>Of the probes that stood there when blind time began, the one that told last; of several, the first by name.</summary>
    private int LastToTell(ReadOnlySpan<ProbeTrack> tracks, Instant from)
    {
        var last = -1;
        for (var i = 0; i < tracks.Length; i++)
        {
            if (!_mounts[i].Exists(mount => mount.Start <= from && from < mount.End))
            {
                continue;
            }

            var later = last < 0 ? 1 : tracks[i].KnownTo.CompareTo(tracks[last].KnownTo);
            if (later > 0 || (later == 0 && string.CompareOrdinal(_probes[i].Probe.ToString(), _probes[last].Probe.ToString()) < 0))
            {
                last = i;
            }
        }

        return last;
    }

    /// <summary>A lost probe beside a known one, from when it was known last or all were blind together; null when that was for no longer than a gap.</summary>
    private Condition? FailureOf(int probe, in ProbeTrack track, TimeRange? blind, Instant at, bool isOpen)
    {
        var index = _mounts[probe].FindLastIndex(mount => mount.Start < at);
        if (index < 0)
        {
            return null;
        }

        var mount = _mounts[probe][index];
        var end = Instant.Min(at, mount.End);
        if (IsHeldKnown(probe, track, mount, end, isOpen))
        {
            return null;
        }

        var to = Instant.Min(end, blind?.Start ?? end);
        var from = Instant.Max(Instant.Max(mount.Start, track.KnownTo), track.AloneFrom);
        var gap = _probes[probe].Judge.RuleAt(end).MaxGap;
        return to - from > gap
            ? new Condition(ConditionKind.ProbeFailed, _probes[probe].Probe, from, to < at ? to : null, null) { RaisedAt = from + gap }
            : null;
    }

    private Instant KnownUntil(int probe, in ProbeTrack track, Instant at)
    {
        foreach (var mount in _mounts[probe])
        {
            // One that was taken away with its temperature known is known to the last.
            if (mount.Start <= track.KnownTo && track.KnownTo < mount.End && mount.End <= at && IsHeldKnown(probe, track, mount, mount.End, isOpen: false))
            {
                return mount.End;
            }
        }

        return _mounts[probe].Count == 0 ? Instant.Beginning : track.KnownTo;
    }

    private bool IsHeldKnown(ReadOnlySpan<ProbeTrack> tracks, Instant at)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            if (MountBefore(i, at) is { } mount && IsHeldKnown(i, tracks[i], mount, at, isOpen: false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when a probe is not lost at an instant of its mounting: it told something, or was put there, no longer ago than its largest gap.</summary>
    private bool IsHeldKnown(int probe, in ProbeTrack track, TimeRange mount, Instant at, bool isOpen) =>
        !(track.ContestedFrom >= mount.Start && track.ContestedFrom > track.KnownTo && (track.ContestedFrom < at || (isOpen && track.ContestedFrom == at)))
        && at - Instant.Max(mount.Start, track.KnownTo) <= _probes[probe].Judge.RuleAt(at).MaxGap;

    /// <summary>The mounting of a load probe to which the moment before an instant belongs; null for none.</summary>
    private TimeRange? MountBefore(int probe, Instant at)
    {
        foreach (var mount in _mounts[probe])
        {
            if (mount.Start < at && at <= mount.End)
            {
                return mount;
            }
        }

        return null;
    }
}
