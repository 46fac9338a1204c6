using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions.Health;

/// <summary>
/// Compares the daily means of two probes with those of the first days. A load probe is compared with the first other load probe by name that has
/// told enough that day; where there is none, with the first air probe. Measured values: a new calibration is no drift.
/// </summary>
internal sealed class DriftWatch
{
    private const long Day = 24 * 3_600_000L;

    private readonly UnitPlan _plan;
    private readonly int[] _byName;
    private readonly string[] _names;

    public DriftWatch(UnitPlan plan)
    {
        _plan = plan;
        _names = [.. plan.Probes.Select(probe => probe.Probe.ToString())];
        _byName = [.. Enumerable.Range(0, plan.Probes.Count).OrderBy(i => plan.Probes[i].Role).ThenBy(i => _names[i], StringComparer.Ordinal)];
    }

    /// <summary>The day of an instant, counted from 1970 in UTC.</summary>
    public static long DayOf(Instant at) => at.Milliseconds / Day;

    /// <summary>Counts a believed sample.</summary>
    public static void Count(ref DayTrack track, in Sample sample) =>
        track = new DayTrack(track.Sum + sample.Lowest, track.Count + 1);

    /// <summary>A day has ended: compares it, and begins a new one.</summary>
    public void EndDay(HealthState[] tracks, long day, Instant? settled, List<Condition> found)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            if (_plan.Probes[i].Role == ProbeRole.Load && tracks[i].Day.Count >= HealthFigures.DriftSamplesMin && ReferenceOf(tracks, i) is >= 0 and var other)
            {
                var difference = Mean(tracks[i].Day) - Mean(tracks[other].Day);
                tracks[i].Drift = Compared(tracks[i].Drift, i, _names[other], day, difference, settled, found);
            }
        }

        for (var i = 0; i < tracks.Length; i++)
        {
            tracks[i].Day = default;
        }
    }

    private DriftTrack Compared(
        in DriftTrack track, int probe, string other, long day, long difference, Instant? settled, List<Condition> found)
    {
        var isBegin = track.Reference != other;
        var isEarly = !isBegin && track.BaseDays < HealthFigures.DriftBaseDays;
        if (isBegin || isEarly)
        {
            End(track, probe, day, settled, found);
            return isBegin
                ? new DriftTrack(other, day, 1, difference, default)
                : track with { BaseDays = track.BaseDays + 1, BaseSum = track.BaseSum + difference };
        }

        var isFar = Math.Abs(difference - track.BaseSum / track.BaseDays) > HealthFigures.DriftMilli && day - track.BaseDay >= HealthFigures.DriftDays;
        if (!isFar)
        {
            End(track, probe, day, settled, found);
        }

        return track with { DriftFrom = !isFar ? default : track.DriftFrom == default ? new Instant(day * Day) : track.DriftFrom };
    }

    private void End(in DriftTrack track, int probe, long day, Instant? settled, List<Condition> found)
    {
        if (track.DriftFrom != default)
        {
            found.Add(new Condition(ConditionKind.ProbeDrifts, _plan.Probes[probe].Probe, track.DriftFrom, new Instant(day * Day), settled));
        }
    }

    /// <summary>The first of the load probes is what the others are compared with. It is compared with the air, when it is alone; -1 for nothing.</summary>
    private int ReferenceOf(HealthState[] tracks, int probe)
    {
        var (loads, first, air) = (0, -1, -1);
        foreach (var i in _byName)
        {
            if (tracks[i].Day.Count < HealthFigures.DriftSamplesMin)
            {
                continue;
            }

            var isLoad = _plan.Probes[i].Role == ProbeRole.Load;
            loads += isLoad ? 1 : 0;
            first = isLoad && first < 0 ? i : first;
            air = !isLoad && air < 0 ? i : air;
        }

        return loads < 2 ? air : first == probe ? -1 : first;
    }

    private static long Mean(in DayTrack track) => track.Sum / track.Count;
}
