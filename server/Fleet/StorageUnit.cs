using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Signals;

namespace ColdChain.Server.Fleet;

/// <summary>What a storage unit is.</summary>
internal enum StorageUnitKind
{
    Refrigerator,
    Incubator,
    Freezer,

    /// <summary>A box or vehicle that carries blood.</summary>
    Transport,
}

/// <summary>A probe as it is mounted during one period.</summary>
/// <param name="Id">The probe.</param>
/// <param name="Role">Whether it decides or only warns.</param>
/// <param name="CalibrationOffsetMilli">Added to what it measures, in thousandths of a degree.</param>
internal sealed record FleetProbe(ProbeId Id, ProbeRole Role, int CalibrationOffsetMilli)
{
    /// <summary>What is recorded of its calibration.</summary>
    public ProbeCertificate Certificate { get; init; } = ProbeCertificate.NotRecorded;
}

/// <summary>What is recorded of a probe's calibration, for reports: nothing is judged by it. What is not recorded is null.</summary>
/// <param name="Number">The number of the certificate.</param>
/// <param name="CalibratedOn">The day of the calibration.</param>
/// <param name="DueOn">The day by which the next one is due.</param>
/// <param name="UncertaintyMilli">The expanded uncertainty (k = 2) in thousandths of a degree.</param>
internal sealed record ProbeCertificate(string? Number, DateOnly? CalibratedOn, DateOnly? DueOn, int? UncertaintyMilli)
{
    /// <summary>Nothing is recorded.</summary>
    public static readonly ProbeCertificate NotRecorded = new(null, null, null, null);
}

/// <summary>A signal of a storage unit during one period.</summary>
/// <param name="Id">The channel, named as a probe is.</param>
/// <param name="Kind">What it tells.</param>
internal sealed record FleetSignal(ProbeId Id, SignalKind Kind);

/// <summary>How a storage unit was used from one instant to another.</summary>
/// <param name="From">The first instant, included.</param>
/// <param name="To">The end, not included; <see cref="Instant.End"/> while it goes on.</param>
/// <param name="RulePackId">The rule pack by which it is judged.</param>
/// <param name="Products">The products that are kept there, at least one: the strictest of their rules applies.</param>
/// <param name="Context">The use for which that rule is made, such as storage or transport.</param>
/// <param name="Probes">At least one load probe.</param>
internal sealed record UnitPeriod(Instant From, Instant To, string RulePackId, IReadOnlyList<string> Products, StorageContext Context, IReadOnlyList<FleetProbe> Probes)
{
    /// <summary>The products as one word, such as <c>RBC</c> or <c>RBC+REAGENT</c>.</summary>
    public string Product => string.Join('+', Products);

    /// <summary>Its door, mains and agitation; empty for none.</summary>
    public IReadOnlyList<FleetSignal> Signals { get; init; } = [];

    /// <summary>The devices that its probes and signals hang on.</summary>
    public IEnumerable<DeviceId> Devices => Probes.Select(probe => probe.Id.Device).Concat(Signals.Select(signal => signal.Id.Device)).Distinct();

    public bool Covers(Instant at) => From <= at && at < To;

    private IEnumerable<FleetProbe> Judging => Probes.Select(probe => probe with { Certificate = ProbeCertificate.NotRecorded });

    /// <summary>True when the two differ in nothing but their end, and in what is recorded of calibrations.</summary>
    public bool IsUsedAs(UnitPeriod other) =>
        (From, RulePackId, Context) == (other.From, other.RulePackId, other.Context) && Products.SequenceEqual(other.Products) && Judging.SequenceEqual(other.Judging)
        && Signals.SequenceEqual(other.Signals);
}

/// <summary>A fridge, incubator, freezer or means of transport.</summary>
/// <param name="Id">Its name in the product.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Site">The id of its site.</param>
/// <param name="Kind">What it is.</param>
/// <param name="History">Its periods in order; they do not overlap, and there may be times between them when it was out of use.</param>
internal sealed record StorageUnit(StorageUnitId Id, string Name, string Site, StorageUnitKind Kind, IReadOnlyList<UnitPeriod> History)
{
    /// <summary>Its Global Individual Asset Identifier (GS1, application identifier 8004); null when it is not recorded.</summary>
    public string? Giai { get; init; }

    /// <summary>How it is used in the end; null when it never was.</summary>
    public UnitPeriod? LastPeriod => History is [.., var last] ? last : null;

    /// <summary>How it was used at an instant; null when it was out of use.</summary>
    public UnitPeriod? PeriodAt(Instant at) => History.FirstOrDefault(period => period.Covers(at));
}
