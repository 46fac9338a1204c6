using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using ColdChain.Edge.Sensors.Simulated;

namespace ColdChain.Demo;

/// <summary>A simulated storage unit of the demo, with its own device, two probes, and a door, mains and where it belongs an agitator.</summary>
internal sealed record DemoUnit
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Site { get; init; }

    public required string Kind { get; init; }

    public required string Product { get; init; }

    public string Context { get; init; } = "storage";

    public required ModelParameters Model { get; init; }

    /// <summary>How many blood units are inside.</summary>
    public required int Contents { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What happened to it during the history before the first start, from the instant of its enrolment on.</summary>
    public Func<Instant, IEnumerable<Happening>> Past { get; init; } = _ => [];

    public DeviceId Device => new($"pi-{Id}");

    public ProbeId Load => new(Device, "load");

    public ProbeId Air => new(Device, "air");

    /// <summary>Its signals: platelets are agitated.</summary>
    public IReadOnlyList<(ProbeId Id, SignalKind Kind)> Signals =>
    [
        (new(Device, "door"), SignalKind.Door),
        (new(Device, "mains"), SignalKind.Mains),
        .. Product == "PLT" ? [(new ProbeId(Device, "agitator"), SignalKind.Agitation)] : Array.Empty<(ProbeId, SignalKind)>(),
    ];
}
