namespace ColdChain.Simulation.Tests;

public sealed class SeedTests
{
    [Theory]
    [InlineData(1, 50)]
    [InlineData(51, 100)]
    [InlineData(101, 150)]
    [InlineData(151, 200)]
    public void Seeds_OfTheTestRun_ViolateNothing(int first, int last)
    {
        var results = Seeds.Run(first, last, SimulationOptions.Default).ToList();

        results.Where(result => result.Violations.Count > 0).Select(result => result.Report()).Should().BeEmpty();
        results.Sum(result => result.Questions.Yes).Should().BePositive("an issue check that never says yes is never wrong");
    }

    [Fact]
    public void Seed_RunTwice_HasOneTrace() =>
        Simulator.Run(7, SimulationOptions.Default).Hash.Should().Be(Simulator.Run(7, SimulationOptions.Default).Hash);
}
