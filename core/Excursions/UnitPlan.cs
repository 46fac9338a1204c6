using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;

namespace ColdChain.Core.Excursions;

/// <summary>A probe of a storage unit with the judge of its samples.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Role">Load probes decide; air probes only warn.</param>
/// <param name="Judge">The fold over its samples.</param>
/// <param name="Levels">The fold that tells its levels of temperature; null when nobody asks for them.</param>
public sealed record PlannedProbe(ProbeId Probe, ProbeRole Role, ProbeJudge Judge, LevelFold? Levels = null);

/// <summary>By what a storage unit is judged: its probes over all time, each with its spans.</summary>
/// <param name="Unit">The storage unit.</param>
/// <param name="Probes">Every probe that ever stood in it, one entry for each role it had.</param>
public sealed record UnitPlan(StorageUnitId Unit, IReadOnlyList<PlannedProbe> Probes)
{
    /// <summary>Every signal that ever belonged to it: door, mains, agitation; one entry for each kind that a channel had.</summary>
    public IReadOnlyList<PlannedSignal> Signals { get; init; } = [];

    /// <summary>Every test of the alarm of one of its probes, over all time.</summary>
    public IReadOnlyList<AlarmTest> AlarmTests { get; init; } = [];

    /// <summary>A sample as it is judged: a fault while the alarm of its probe was tested, otherwise as it is.</summary>
    public Sample AsJudged(ProbeId probe, in Sample sample)
    {
        for (var i = 0; i < AlarmTests.Count; i++)
        {
            if (AlarmTests[i].Covers(probe, sample.At))
            {
                return Sample.Fault(sample.At);
            }
        }

        return sample;
    }
}

/// <summary>A signal of a storage unit with the judge of its samples.</summary>
/// <param name="Signal">The channel, named as a probe is.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Judge">The fold over its samples.</param>
public sealed record PlannedSignal(ProbeId Signal, SignalKind Kind, SignalJudge Judge);

/// <summary>A stretch and the probe that measured it.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Role">Its role.</param>
/// <param name="Stretch">The stretch.</param>
public sealed record ProbeStretch(ProbeId Probe, ProbeRole Role, Stretch Stretch)
{
    /// <summary>For unknown time: the devices that may still hold what is missing, the probe's own first. Otherwise empty.</summary>
    public IReadOnlyList<DeviceId> MayStillTell { get; init; } = [];
}
