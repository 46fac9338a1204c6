using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>Something that happens at an instant beside the measuring.</summary>
/// <param name="At">When the server hears of it.</param>
internal abstract record Step(Instant At);

/// <summary>A blood unit is entered into a storage unit.</summary>
internal sealed record EnterStep(Instant At, StorageUnitId Unit, string Donation, string Product, Instant In, Instant? Out) : Step(At);

/// <summary>It is entered that a blood unit left.</summary>
internal sealed record LeaveStep(Instant At, StorageUnitId Unit, string Donation, string Product, Instant Out) : Step(At);

/// <summary>Another fleet file comes into force.</summary>
internal sealed record FleetStep(Instant At, string File) : Step(At);

/// <summary>All that was sent so far is sent again.</summary>
internal sealed record AgainStep(Instant At) : Step(At);

/// <summary>The states of that moment are noted.</summary>
internal sealed record LookStep(Instant At) : Step(At);

/// <summary>It is noted when a probe will be at a temperature, as far as one can tell.</summary>
internal sealed record PredictStep(Instant At, ProbeId Probe, Celsius Temperature) : Step(At);

/// <summary>Somebody announces maintenance of a storage unit, or the test of a probe's alarm.</summary>
internal sealed record WindowStep(Instant At, StorageUnitId Unit, ProbeId? Tested, Instant From, Instant To) : Step(At);

/// <summary>Somebody decides about the holds that stand on a blood unit for what happened in a storage unit, and signs.</summary>
internal sealed record SignStep(Instant At, DecisionKind Kind, StorageUnitId Unit, string Donation, string Product) : Step(At);

/// <summary>Something happens to the clock of a device.</summary>
internal abstract record ClockStep(Instant At, DeviceId Device) : Step(At);

/// <summary>The device starts anew and does not know what time it is.</summary>
internal sealed record BootStep(Instant At, DeviceId Device) : ClockStep(At, Device);

/// <summary>Its clock jumps, so that it is not believed any more.</summary>
internal sealed record JumpStep(Instant At, DeviceId Device) : ClockStep(At, Device);

/// <summary>A time server sets its clock.</summary>
internal sealed record SetStep(Instant At, DeviceId Device, Instant Shown) : ClockStep(At, Device);

/// <summary>A time without a connection, half-open. What is measured meanwhile arrives at its end.</summary>
internal sealed record Outage(DeviceId Device, Instant From, Instant To)
{
    public bool Covers(DeviceId device, Instant at) => device == Device && From <= at && at < To;
}

/// <summary>What happens, as the notation tells it.</summary>
/// <param name="Day">Midnight of the first day.</param>
/// <param name="JudgeEvery">How often the server judges.</param>
/// <param name="Courses">What the probes give.</param>
/// <param name="Outages">When devices cannot be heard.</param>
/// <param name="Steps">What else happens, in the order of time.</param>
internal sealed record Scenario(Instant Day, TimeSpan JudgeEvery, IReadOnlyList<Course> Courses, IReadOnlyList<Outage> Outages, IReadOnlyList<Step> Steps)
{
    /// <summary>The first instant at which anything happens.</summary>
    public Instant Start => Steps.Select(step => step.At).Concat(Courses.Select(course => course.From)).Min();

    /// <summary>The devices, by name.</summary>
    public IEnumerable<DeviceId> Devices => Courses.Select(course => course.Probe.Device).Distinct().OrderBy(device => device.Value, StringComparer.Ordinal);
}
