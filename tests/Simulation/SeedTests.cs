namespace ColdChain.Simulation.Tests;

public sealed class SeedTests
{
    private const int First = 1;
    private const int Last = 300;

    [Fact]
    public void Seeds_OfTheTestRun_ViolateNothing()
    {
        var results = Seeds.Run(First, Last, SimulationOptions.Default).ToList();

        results.Where(result => result.Violations.Count > 0).Select(result => result.Report()).Should().BeEmpty();
        results.Sum(result => result.Questions.Yes).Should().BePositive("an issue check that never says yes is never wrong");
    }

    [Fact]
    public void Seed_RunTwice_HasOneTrace() =>
        Simulator.Run(7, SimulationOptions.Default).Hash.Should().Be(Simulator.Run(7, SimulationOptions.Default).Hash);
}
