using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// Finds load probes that differ by more than they may. All of them go on being judged, and the one that is out decides: nobody can tell which of
/// them is right.
/// </summary>
internal sealed class ApartWatch(UnitPlan plan)
{
    private readonly PlannedProbe[] _probes = [.. plan.Probes];
    private readonly int[] _loads = [.. Enumerable.Range(0, plan.Probes.Count).Where(i => plan.Probes[i].Role == ProbeRole.Load)];

    /// <summary>Looks at what every probe told last, after all samples of an instant.</summary>
    public void Look(HealthState[] tracks, ReadOnlySpan<ProbeTrack> judged, Instant at, Instant? settled, List<Condition> found)
    {
        var (lowest, highest, sum, count) = (int.MaxValue, int.MinValue, 0L, 0);
        foreach (var i in _loads)
        {
            if (IsTold(i, tracks[i], judged[i], at))
            {
                (lowest, highest) = (Math.Min(lowest, judged[i].Milli), Math.Max(highest, judged[i].Milli));
                (sum, count) = (sum + judged[i].Milli, count + 1);
            }
        }

        var isApart = count > 1 && highest - lowest > HealthFigures.ApartMilli;
        var furthest = RunningOf(tracks);
        if (isApart && furthest < 0)
        {
            furthest = Furthest(tracks, judged, at, sum, count);
            tracks[furthest].ApartFrom = at;
        }
        else if (!isApart && furthest >= 0)
        {
            if (Running(furthest, tracks[furthest], at) is { } condition)
            {
                found.Add(condition with { End = at, SettledAt = settled });
            }

            tracks[furthest].ApartFrom = default;
        }
    }

    private int RunningOf(HealthState[] tracks)
    {
        foreach (var i in _loads)
        {
            if (tracks[i].ApartFrom != default)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The condition that runs at an instant; null when it has not lasted long enough, or there is none.</summary>
    public Condition? Running(int probe, in HealthState track, Instant at) =>
        track.ApartFrom != default && at - track.ApartFrom > HealthFigures.ApartFor
            ? new Condition(ConditionKind.ProbesDisagree, _probes[probe].Probe, track.ApartFrom, null, null) { RaisedAt = track.ApartFrom + HealthFigures.ApartFor }
            : null;

    // Of two, neither is further from the mean of both: the first by name stands for them.
    private int Furthest(HealthState[] tracks, ReadOnlySpan<ProbeTrack> judged, Instant at, long sum, int count)
    {
        var (furthest, distance) = (-1, -1L);
        foreach (var i in _loads)
        {
            if (!IsTold(i, tracks[i], judged[i], at))
            {
                continue;
            }

            var own = Math.Abs(judged[i].Milli * (long)count - sum);
            if (own > distance || (own == distance && string.CompareOrdinal(_probes[i].Probe.ToString(), _probes[furthest].Probe.ToString()) < 0))
            {
                (furthest, distance) = (i, own);
            }
        }

        return furthest;
    }

    private bool IsTold(int probe, in HealthState track, in ProbeTrack judged, Instant at) =>
        judged.IsKnown
        && track.Spike.InDoubt == 0
        && _probes[probe].Judge.IsThereAt(at)
        && !ProbeJudge.IsLost(judged, at, _probes[probe].Judge.RuleAt(at));
}
