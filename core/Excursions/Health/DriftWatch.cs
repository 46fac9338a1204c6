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
    public static void Count(ref HealthTrack track, in Sample sample) =>
        track = track with { Drift = track.Drift with { Sum = track.Drift.Sum + sample.Lowest, Count = track.Drift.Count + 1 } };

    /// <summary>A day has ended: compares it, and begins a new one.</summary>
    public void EndDay(HealthTrack[] tracks, long day, Instant? settled, List<Condition> found)
    {
        for (var i = 0; i < tracks.Length; i++)
        {
            if (_plan.Probes[i].Role == ProbeRole.Load && tracks[i].Drift.Count >= HealthFigures.DriftSamplesMin && ReferenceOf(tracks, i) is { } other)
            {
                var difference = Mean(tracks[i].Drift) - Mean(tracks[other].Drift);
                tracks[i] = tracks[i] with { Drift = Compared(tracks[i].Drift, i, _names[other], day, difference, settled, found) };
            }
        }

        for (var i = 0; i < tracks.Length; i++)
        {
            tracks[i] = tracks[i] with { Drift = tracks[i].Drift with { Sum = 0, Count = 0 } };
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
                ? new DriftTrack(track.Sum, track.Count, other, day, 1, difference, default)
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

    /// <summary>The first of the load probes is what the others are compared with. It is compared with the air, when it is alone.</summary>
    private int? ReferenceOf(HealthTrack[] tracks, int probe)
    {
        var told = Array.FindAll(_byName, i => tracks[i].Drift.Count >= HealthFigures.DriftSamplesMin);
        var loads = Array.FindAll(told, i => _plan.Probes[i].Role == ProbeRole.Load);
        if (loads.Length > 1)
        {
            return loads[0] == probe ? null : loads[0];
        }

        return Array.Find(told, i => _plan.Probes[i].Role == ProbeRole.Air) is var air && told.Contains(air) && air != probe ? air : null;
    }

    private static long Mean(in DriftTrack track) => track.Sum / track.Count;
}
