using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Fleet;

public sealed class UnitOverviewsTests
{
    private static readonly StorageUnitId Fridge = new("fridge-2");

    [Fact]
    public async Task Unit_NeverJudged_IsUnknown()
    {
        await using var scene = await Scene.OpenAsync();

        var unit = Overview(scene);

        unit.State.Should().Be(StorageState.Unknown);
        unit.Reasons.Should().Equal("It has never been judged.");
        unit.IsPending.Should().BeTrue();
    }

    [Fact]
    public async Task Unit_JudgedAndInRange_IsShownWithItsCalibratedTemperature()
    {
        await using var scene = await WellAsync();

        var unit = Overview(scene);

        unit.State.Should().Be(StorageState.InRange);
        unit.Reasons.Should().BeEmpty();
        unit.IsPending.Should().BeFalse();
        (unit.Celsius!.Value.Milli, unit.Low!.Value.Milli, unit.High!.Value.Milli).Should().Be((4250, 2000, 6000));
        unit.Age.Should().Be(TimeSpan.FromMinutes(5));
        unit.SiteName.Should().Be("Centre régional de Rabat");
    }

    [Fact]
    public async Task Unit_LateDataNotJudgedYet_IsUnverified()
    {
        await using var scene = await WellAsync();
        await scene.Write(transaction => MarkStore.Append(transaction, Fridge, Scene.At("07:00"), Scene.At("07:05")));

        var unit = Overview(scene);

        unit.State.Should().Be(StorageState.Unverified);
        unit.Reasons.Should().ContainSingle().Which.Should().Contain("07:00:00.000Z").And.Contain("waits to be judged");
    }

    [Fact]
    public async Task Unit_ReadingOfThisMoment_IsPendingYetInRange()
    {
        await using var scene = await WellAsync();
        await scene.Write(transaction => MarkStore.Append(transaction, Fridge, scene.Clock.Now, scene.Clock.Now));

        var unit = Overview(scene);

        unit.State.Should().Be(StorageState.InRange);
        unit.IsPending.Should().BeTrue();
    }

    [Fact]
    public async Task Unit_DeadlinePassedWithoutJudgement_IsUnverified()
    {
        await using var scene = await WellAsync();
        scene.Clock.Now = Scene.At("12:30");

        Overview(scene).State.Should().Be(StorageState.Unverified);
        Overview(scene).Reasons.Should().ContainSingle().Which.Should().Contain("should have been judged again");
    }

    [Fact]
    public async Task Unit_HoleInTheSeqs_IsUnverifiedUntilItIsDeclaredGone()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-002/load", "06:00", "09:00", "4");
        scene.Withhold("pi-002", 3);
        await scene.MeasureAsync("pi-002/load", "09:05", "11:55", "4");
        await scene.JudgeAsync("12:00");

        Overview(scene).State.Should().Be(StorageState.Unverified);
        Overview(scene).Reasons.Should().Equal("Device pi-002 has yet to deliver 3 readings between those it delivered.");

        await scene.DeclareGoneAsync("pi-002", 38, 40);
        Overview(scene).State.Should().Be(StorageState.InRange);
    }

    [Fact]
    public async Task Unit_OutOfRangeWithWorkWaiting_StaysOutOfRange()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => MarkStore.Append(transaction, new StorageUnitId("fridge-1"), Scene.At("07:00"), Scene.At("07:05")));

        Overview(scene, "fridge-1").State.Should().Be(StorageState.OutOfRange);
        Overview(scene, "fridge-1").Reasons.Should().HaveCount(2);
    }

    [Fact]
    public async Task Unit_PeriodOver_IsUnknown()
    {
        await using var scene = await Scene.OpenAsync(SceneFleet.Text.Replace("product: PLT\n", "product: PLT\n        to: 2026-11-22T11:00:00Z\n", StringComparison.Ordinal));
        await scene.MeasureAsync("pi-004/load", "06:00", "10:55", "22");
        await scene.JudgeAsync("11:01");

        Overview(scene, "incubator-1").State.Should().Be(StorageState.Unknown);
        Overview(scene, "incubator-1").Reasons.Should().ContainSingle().Which.Should().Contain("out of use");
    }

    [Fact]
    public async Task Units_AreListedWorstFirst()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        var units = scene.Read(session => UnitOverviews.Read(session, scene.Fleet, scene.Clock.Now));

        units.Select(unit => (unit.Unit.Id.Value, unit.State)).Should().Equal(
            ("fridge-1", StorageState.OutOfRange),
            ("freezer-1", StorageState.Unknown),
            ("incubator-1", StorageState.Unverified),
            ("fridge-2", StorageState.InRange));
        units.Select(unit => unit.Holds).Should().Equal(2, 1, 0, 0);
    }

    private static async Task<Scene> WellAsync()
    {
        var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4.375");
        await scene.JudgeAsync("12:00");
        return scene;
    }

    private static UnitOverview Overview(Scene scene, string unit = "fridge-2") =>
        scene.Read(session => UnitOverviews.Read(session, scene.Fleet, new StorageUnitId(unit), scene.Clock.Now))!;
}
