using ColdChain.Simulation.Tests.Faults;

namespace ColdChain.Simulation.Tests;

/// <summary>A checker that cannot fail says nothing: each of these defects is found, and by an invariant that it breaks.</summary>
public sealed class PlantedDefectTests
{
    private const int SeedsMost = 60;

    [Theory]
    [InlineData(nameof(PlantedDefect.CommitsThatAreLost), "I4")]
    [InlineData(nameof(PlantedDefect.ForgottenDuplicates), "I3")]
    [InlineData(nameof(PlantedDefect.LateCheckpoint), "oracle")]
    [InlineData(nameof(PlantedDefect.LostMark), "I6")]
    [InlineData(nameof(PlantedDefect.LiftedHold), "oracle")]
    [InlineData(nameof(PlantedDefect.RosyState), "I7")]
    [InlineData(nameof(PlantedDefect.GenerousAcknowledgement), "I1")]
    [InlineData(nameof(PlantedDefect.RemovedEvent), "I8")]
    [InlineData(nameof(PlantedDefect.ChangedReading), "I2")]
    public void Defect_Planted_IsFoundWithinAFewSeeds(string defect, string invariant)
    {
        var options = new SimulationOptions { Defect = Enum.Parse<PlantedDefect>(defect) };

        var found = Enumerable.Range(1, SeedsMost).Select(seed => Simulator.Run(seed, options)).Any(result => result.Violations.Any(entry => entry.Violation.Invariant == invariant));

        found.Should().BeTrue($"{defect} breaks {invariant}");
    }
}
