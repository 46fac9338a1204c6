using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>A probe as it stands in a storage unit.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="IsLoad">Whether it decides.</param>
/// <param name="CalibrationMilli">Added to what it measures.</param>
internal sealed record Mounting(ProbeId Probe, bool IsLoad, int CalibrationMilli);

/// <summary>How a storage unit is used from one instant to another, half-open.</summary>
internal sealed record Use(Instant From, Instant To, string Product, IReadOnlyList<Mounting> Probes);

/// <summary>A storage unit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Site">The site that it stands at.</param>
/// <param name="Kind">What it is, in the words of the fleet file.</param>
/// <param name="Uses">How it is used, in order.</param>
internal sealed record UnitTruth(string Id, string Site, string Kind, List<Use> Uses);

/// <summary>A device with its probes.</summary>
internal sealed record DeviceTruth(DeviceId Id, string Site, IReadOnlyList<ProbeTruth> Probes);

/// <summary>A stay of a blood unit, and when somebody gets to entering its two ends.</summary>
internal sealed class StayTruth(string unit, string donation, string product, Instant inAt, Instant inEntered)
{
    public string Unit => unit;

    public string Donation => donation;

    public string Product => product;

    public Instant In => inAt;

    /// <summary>When it left; null while it is inside.</summary>
    public Instant? Out { get; set; }

    /// <summary>When the beginning is entered.</summary>
    public Instant InEntered => inEntered;
}

/// <summary>Everything that is true of a place, whoever knows it.</summary>
internal sealed class SiteTruth
{
    public required IReadOnlyList<DeviceTruth> Devices { get; init; }

    public required IReadOnlyList<UnitTruth> Units { get; init; }

    public List<StayTruth> Stays { get; } = [];
}
