using ColdChain.Core.Readings;
using ColdChain.Edge.Sensors.Simulated;

namespace ColdChain.Demo;

/// <summary>A simulated storage unit of the demo, with its own device and two probes.</summary>
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

    public DeviceId Device => new($"pi-{Id}");

    public ProbeId Load => new(Device, "load");

    public ProbeId Air => new(Device, "air");
}
