using ColdChain.Core.Readings;

namespace ColdChain.Simulation.Tests.Truth;

/// <summary>A probe as it stands in a storage unit.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="IsLoad">Whether it decides.</param>
/// <param name="CalibrationMilli">Added to what it measures.</param>
internal sealed record Mounting(ProbeId Probe, bool IsLoad, int CalibrationMilli);

/// <summary>How a storage unit is used from one instant to another, half-open.</summary>
internal sealed record Use(Instant From, Instant To, string Product, IReadOnlyList<Mounting> Probes)
{
    /// <summary>What tells of doors, mains and agitation there.</summary>
    public IReadOnlyList<SignalMounting> Signals { get; init; } = [];
}

/// <summary>A signal as it belongs to a storage unit: <c>door</c>, <c>mains</c> or <c>agitation</c>.</summary>
internal sealed record SignalMounting(ProbeId Signal, string Kind);

/// <summary>A storage unit.</summary>
/// <param name="id">Its name.</param>
/// <param name="site">The site that it stands at.</param>
/// <param name="kind">What it is, in the words of the fleet file.</param>
/// <param name="uses">How it is used, in order, as the first fleet file says.</param>
internal sealed class UnitTruth(string id, string site, string kind, IReadOnlyList<Use> uses)
{
    public string Id => id;

    public string Site => site;

    public string Kind => kind;

    /// <summary>How it is used, in order, as the fleet file says.</summary>
    public IReadOnlyList<Use> Uses { get; set; } = uses;
}

/// <summary>A change of how storage units are used.</summary>
/// <param name="What">What it is, for the trace and the counts.</param>
/// <param name="EnteredAt">When somebody writes it into the fleet file: before it counts, or after.</param>
/// <param name="Uses">The uses of the units that it concerns from then on, those of before included.</param>
internal sealed record FleetChange(string What, Instant EnteredAt, IReadOnlyList<(UnitTruth Unit, IReadOnlyList<Use> Uses)> Uses);

/// <summary>A device with its probes and signals.</summary>
internal sealed record DeviceTruth(DeviceId Id, string Site, IReadOnlyList<ProbeTruth> Probes, IReadOnlyList<SignalTruth> Signals)
{
    /// <summary>All that it reads.</summary>
    public IEnumerable<ISampled> Sampled => [.. Probes, .. Signals];
}

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

    /// <summary>What changes in the fleet; null for nothing.</summary>
    public FleetChange? Change { get; set; }
}
