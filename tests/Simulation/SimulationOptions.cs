using ColdChain.Simulation.Tests.Faults;

namespace ColdChain.Simulation.Tests;

/// <summary>What a run is made of beside its seed.</summary>
internal sealed record SimulationOptions
{
    public static readonly SimulationOptions Default = new();

    /// <summary>A defect that is planted to see whether it is found; none in earnest.</summary>
    public PlantedDefect Defect { get; init; }

    /// <summary>Called with each line of the trace.</summary>
    public Action<string>? Listener { get; init; }
}
