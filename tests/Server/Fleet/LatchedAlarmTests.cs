using System.Net;
using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Fleet;

/// <summary>An alarm that is over stays to be seen until a person deals with it.</summary>
public sealed class LatchedAlarmTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");

    [Fact]
    public async Task Excursion_ThatHasEnded_StaysLatchedWhileTheUnitIsInRange()
    {
        await using var scene = await AfterAnExcursionAsync();

        var unit = Overview(scene);

        unit.State.Should().Be(StorageState.InRange);
        unit.AlarmLatched!.Since.Should().Be(Scene.At("09:02"));
        unit.AlarmLatched.Excursions.Should().Equal(1);
        Finding(scene).Stretch.Duration.Should().Be(TimeSpan.FromMinutes(31), "latching changes nothing of it");
        scene.Read(session => UnitOverviews.Read(session, scene.Fleet, scene.Clock.Now))
            .Where(one => one.State == StorageState.InRange).Select(one => one.Unit.Id.Value).Should().Equal("fridge-1", "fridge-2");
    }

    [Fact]
    public async Task Excursion_ThatGoesOn_IsNotLatchedYet()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        Overview(scene).AlarmLatched.Should().BeNull();
        Overview(scene, "freezer-1").AlarmLatched.Should().BeNull("unknown time is no alarm of a temperature");
    }

    [Fact]
    public async Task Decision_OnTheStorageUnit_EndsIt_AndOneOnABloodUnitDoesNot()
    {
        await using var scene = await AfterAnExcursionAsync();

        await SignAsync(scene, HoldWords.BloodUnit);
        Overview(scene).AlarmLatched.Should().NotBeNull();
        await SignAsync(scene, HoldWords.StorageUnit);

        Overview(scene).AlarmLatched.Should().BeNull();
        Overview(scene).State.Should().Be(StorageState.InRange);
    }

    [Fact]
    public async Task SecondExcursion_LeavesTheLatchAtTheFirst()
    {
        await using var scene = await AfterAnExcursionAsync();
        await scene.MeasureAsync("pi-001/load", "12:05", "12:10", "9");
        await scene.MeasureAsync("pi-001/load", "12:15", "12:25", "4");
        await scene.JudgeAsync("12:30");

        Overview(scene).AlarmLatched!.Since.Should().Be(Scene.At("09:02"));
        Overview(scene).AlarmLatched!.Excursions.Should().HaveCount(2);
    }

    [Fact]
    public async Task Api_TellsSinceWhenAndBecauseOfWhat()
    {
        await using var scene = await AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        var unit = (await server.GetAsync("/api/v1/units/fridge-1"))["unit"]!;

        unit["state"]!.GetValue<string>().Should().Be("in-range");
        unit["alarmLatched"]!.ToJsonString().Should().Be("""{"since":"2026-11-22T09:02:00.000Z","excursions":[1]}""");
    }

    [Theory]
    [InlineData("/?lang=fr", "Alarme de 10:02, terminée et non traitée")]
    [InlineData("/units/fridge-1?lang=en", "Alarm of 10:02, over and not dealt with")]
    public async Task Pages_ShowIt(string path, string words)
    {
        await using var scene = await AfterAnExcursionAsync();
        await using var server = await scene.ServeAsync();

        var page = WebUtility.HtmlDecode(await (await server.AskAsync(path)).Content.ReadAsStringAsync());

        page.Should().Contain("class=\"latched\"").And.Contain(words);
    }

    private static async Task<Scene> AfterAnExcursionAsync()
    {
        var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.MeasureAsync("pi-001/load", "09:05", "09:30", "9");
        await scene.MeasureAsync("pi-001/load", "09:35", "11:55", "4");
        await scene.MeasureAsync("pi-001/air", "06:00", "11:55", "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        return scene;
    }

    private static Task SignAsync(Scene scene, string kind) => scene.Write(transaction =>
    {
        var hold = HoldStore.OfUnit(transaction, Fridge).Single(hold => hold.Kind == kind);
        var version = FindingStore.Find(transaction, hold.FindingId)!.Finding.Version; // A hold refers to its finding.
        DecisionStore.Sign(transaction, hold, new DecisionRow(0, hold.Id, DecisionKind.Release, "Dr. A", scene.Clock.Now, "short", hold.FindingId, version, null));
    });

    private static Finding Finding(Scene scene) => scene.Read(session => FindingStore.Current(session, Fridge)).Single().Finding;

    private static UnitOverview Overview(Scene scene, string unit = "fridge-1") =>
        scene.Read(session => UnitOverviews.Read(session, scene.Fleet, new StorageUnitId(unit), scene.Clock.Now))!;
}
