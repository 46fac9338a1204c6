using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What is shown of a storage unit, from best to worst; a unit shows the worst of its known probes, and never better than what it does not know.</summary>
public enum StorageState
{
    /// <summary>Every deciding probe is known and inside its limits.</summary>
    InRange,

    /// <summary>
    /// Inside the limits, but near one; or a deciding probe has failed beside another one that is known; or an air probe has been out for longer
    /// than its delay, or is silent.
    /// </summary>
    Warning,

    /// <summary>A deciding probe is silent, and its device may still hold the data.</summary>
    Unverified,

    /// <summary>Nobody can tell: every deciding probe is silent for longer than the limit for unknown time, or contradicts itself.</summary>
    Unknown,

    /// <summary>A deciding probe is outside its limits, or was and is not back inside by a margin (<see cref="ProbeJudge.ClearMarginMilli"/>).</summary>
    OutOfRange,
}

/// <summary>What is shown of a storage unit, and from which probe.</summary>
/// <param name="State">The state.</param>
/// <param name="Probe">The deciding probe that is worst off; null when the unit has none at this time.</param>
/// <param name="Temperature">Its last known temperature, calibrated; null when there is none.</param>
/// <param name="MeasuredAt">When that was measured.</param>
/// <param name="Rule">The rule in force for it.</param>
/// <param name="Silent">The probes, of any role, from which nothing is known for longer than their largest gap.</param>
public sealed record StateView(
    StorageState State, ProbeId? Probe, Celsius? Temperature, Instant? MeasuredAt, ProbeRule? Rule, IReadOnlyList<SilentProbe> Silent);

/// <summary>A probe that nothing is known of for too long.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Since">Its last known sample, or its enrolment.</param>
/// <param name="NeverSeen">True when it never gave a temperature in this storage unit.</param>
public readonly record struct SilentProbe(ProbeId Probe, Instant Since, bool NeverSeen);

/// <summary>The verdict on a storage unit at an instant.</summary>
/// <param name="Stretches">Stretches that ended since the fold began, and those that run.</param>
/// <param name="View">What to show.</param>
/// <param name="NextDeadline">When silence alone would change the verdict; null when never.</param>
/// <param name="Conditions">Conditions that ended since the fold began, and those that run.</param>
public sealed record UnitVerdict(
    IReadOnlyList<ProbeStretch> Stretches, StateView View, Instant? NextDeadline, IReadOnlyList<Condition> Conditions);
