using ColdChain.Scenarios.Tests.Running;

namespace ColdChain.Scenarios.Tests;

/// <summary>Every folder beside this file that has readings is a scenario: what comes of it is exactly what its file expects.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Folders => [.. ScenarioFolder.Names];

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Scenario_Played_ComesOutAsExpected(string name)
    {
        var folder = new ScenarioFolder(name);

        var outcome = await ScenarioRun.OutcomeAsync(folder, folder.Text(ScenarioFolder.Fleet));

        var difference = Difference.Of(folder.Text(ScenarioFolder.Expected), outcome);
        var came = difference.Length == 0 ? "" : folder.Keep(outcome);
        difference.Should().BeEmpty("{0} expects the lines with -, and the lines with + came; all that came is in {1}:\n{2}\n", folder.PathOf(ScenarioFolder.Expected), came, difference);
    }
}
