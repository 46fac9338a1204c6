using ColdChain.Core.Readings;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Exposure;

/// <summary>The time between two stays counts also when the second one is entered the moment it begins.</summary>
public sealed class BenchTests
{
    private static readonly BloodUnit RedCells = new("W000026123456", "RBC");

    [Fact]
    public async Task TimeBetweenStays_EnteredTheMomentTheSecondBegins_IsHeldAMomentLater()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.JudgeAsync("11:31");
        await scene.Write(transaction => ContentsEntry.Leave(transaction, scene.Fleet, new StorageUnitId("fridge-1"), RedCells, Scene.At("07:00"), scene.Clock.Now));
        await scene.Write(transaction => ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, new NewStay(new StorageUnitId("fridge-2"), RedCells, Scene.At("11:31"), null) { IsFact = true }, scene.Clock.Now)); // Nothing is known of that fridge: it is on hold.
        await scene.JudgeAsync("11:31");

        await scene.JudgeAsync(Scene.At("11:31") + TimeSpan.FromMilliseconds(1));

        scene.Read(session => ExposureStore.Current(session, RedCells.Donation, RedCells.Product)).Should().ContainSingle(row => row.Allowance == "between-stays")
            .Which.Since.Should().Be(Scene.At("07:00"), "four hours without a place are allowed, and these are four and a half");
    }
}
