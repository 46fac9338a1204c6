namespace ColdChain.Edge.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Arguments_AllOfThem_AreUnderstood()
    {
        CommandLine.TryParse(["--config", "a.yaml", "--forget-store"], out var command, out _).Should().BeTrue();

        command.Should().Be(new CommandLine("a.yaml", ForgetStore: true, Help: false));
    }

    [Fact]
    public void Arguments_None_MeansTheFileInTheCurrentFolder()
    {
        CommandLine.TryParse([], out var command, out _).Should().BeTrue();

        command.Should().Be(new CommandLine("edge.yaml", ForgetStore: false, Help: false));
    }

    [Theory]
    [InlineData("--config", "--config needs a file")]
    [InlineData("--cofnig", "'--cofnig' is not an option; --help shows them all")]
    public void Arguments_Wrong_AreAnErrorWithTheCure(string argument, string error)
    {
        CommandLine.TryParse([argument], out _, out var found).Should().BeFalse();

        found.Should().StartWith(error);
    }
}
