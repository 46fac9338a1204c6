namespace ColdChain.Simulation.Tests;

public sealed class SeedTests
{
    private const int First = 1;
    private const int Last = 40;

    [Fact]
    public void Seeds_OfTheTestRun_ViolateNothing()
    {
        var failed = Seeds.Run(First, Last, SimulationOptions.Default).Where(result => result.Violations.Count > 0).Select(result => result.Report()).ToList();

        failed.Should().BeEmpty();
    }

    [Fact]
    public void Seed_RunTwice_HasOneTrace() =>
        Simulator.Run(7, SimulationOptions.Default).Hash.Should().Be(Simulator.Run(7, SimulationOptions.Default).Hash);
}
