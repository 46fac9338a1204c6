using ColdChain.Core.Readings;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>Who must be looked for is who left before anybody could know, and not who was moved out of a fridge that had failed.</summary>
public sealed class LeftUnderHoldTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly BloodUnit RedCells = new("W000026123456", "RBC");

    [Fact]
    public async Task BloodUnit_ThatLeavesWhileItIsHeld_IsNotLookedFor()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "09:30", "8");
        await scene.JudgeAsync("09:31");

        await LeaveAsync(scene, "09:40", at: "09:40");
        await scene.MeasureAsync("pi-001/load", "09:35", "09:45", "8");
        await scene.JudgeAsync("09:46");

        Told(scene).Should().BeEmpty();
    }

    [Fact]
    public async Task BloodUnit_ThatHadLeftBeforeItWasHeld_IsLookedFor()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "09:30", "8");
        await LeaveAsync(scene, "09:10", at: "09:31");

        await scene.JudgeAsync("09:31");

        Told(scene).Should().ContainSingle().Which.Payload.Should().Contain(RedCells.Donation);
    }

    private static Task LeaveAsync(Scene scene, string @out, string at)
    {
        scene.Clock.Now = Scene.At(at);
        return scene.Write(transaction => ContentsEntry.Leave(transaction, scene.Fleet, Fridge, RedCells, Scene.At(@out), scene.Clock.Now));
    }

    private static List<EventRow> Told(Scene scene) =>
        [.. scene.Read(session => EventLog.NewestOfUnit(session, Fridge, 100)).Where(row => row.Kind == EventKinds.LookbackRequired)];
}
