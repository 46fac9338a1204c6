using ColdChain.Core.Readings;

namespace ColdChain.Server.Fleet;

/// <summary>A part of the file with the line where it stands.</summary>
internal readonly record struct Placed<T>(T Part, long Line);

/// <summary>What was read so far, sound or not, and what is wrong with it.</summary>
internal sealed class FleetDraft
{
    public List<FleetError> Errors { get; } = [];

    public List<Placed<Site>> Sites { get; } = [];

    public List<Placed<Device>> Devices { get; } = [];

    public List<Placed<StorageUnit>> Units { get; } = [];

    public List<Placed<PeriodOfUnit>> Periods { get; } = [];

    public List<Placed<ProbeInUnit>> Probes { get; } = [];

    public List<Placed<Stay>> Contents { get; } = [];

    public FleetHistory ToFleet() => new(
        [.. Sites.Select(site => site.Part)],
        [.. Devices.Select(device => device.Part)],
        [.. Units.Select(unit => unit.Part)],
        [.. Contents.Select(stay => stay.Part)]);
}

/// <summary>A period of a unit, for the search for overlaps.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The period.</param>
/// <param name="HasAllProbes">False when something of its probes could not be read, which is reported as such.</param>
internal sealed record PeriodOfUnit(StorageUnitId Unit, UnitPeriod Period, bool HasAllProbes);

/// <summary>A probe or signal in a period of a unit, for the search for what is in two places.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Period">The period.</param>
/// <param name="Probe">The probe or signal.</param>
/// <param name="Noun">What it is called.</param>
internal sealed record ProbeInUnit(StorageUnitId Unit, UnitPeriod Period, ProbeId Probe, string Noun);
