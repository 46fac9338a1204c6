namespace ColdChain.Simulation.Tests.Faults;

/// <summary>A defect that is planted at a seam, to see that the checkers find it.</summary>
internal enum PlantedDefect
{
    None,
}
