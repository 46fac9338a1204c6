using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>
/// Without its storage unit a report would have no samples and no rules, and would be of all sites. It is refused: what was signed stays, and is compared
/// again when the storage unit is back.
/// </summary>
public sealed class NotInFleetTests
{
    [Fact]
    public async Task Report_OfAStorageUnitThatLeftTheFleetFile_IsRefusedWithTheCure()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        var before = scene.Report(1, Scene.At("18:00"));
        await scene.LoadFleetAsync(Without(SceneFleet.Text, "fridge-1"));
        scene.Fleet.FindUnit(new StorageUnitId("fridge-1")).Should().BeNull();

        var read = () => scene.Report(1, Scene.At("18:00"));

        var refusal = read.Should().Throw<RefusalException>().Which;
        (refusal.Kind, refusal.Word).Should().Be((RefusalKind.Conflict, ReportRefusals.NoUnit));
        refusal.Message.Should().Contain("fridge-1").And.Contain("EX-1").And.Contain("put it back");
        await scene.LoadFleetAsync(SceneFleet.Text);
        scene.Report(1, Scene.At("18:00")).Should().BeEquivalentTo(before, "it is there again");
    }

    // Its probes stand in another one; what was inside is stored already.
    private static string Without(string fleet, string unit) => string.Join('\n', fleet.Split('\n').Where(line => !line.Contains($"unit: {unit},", StringComparison.Ordinal)))
        .Replace($"id: {unit}", "id: fridge-9", StringComparison.Ordinal);
}
