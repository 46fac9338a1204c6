using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Windows;

namespace ColdChain.Server.Tests.Windows;

/// <summary>What an announced time does to the judgement, and what it must never do.</summary>
public sealed class WindowTests
{
    private static readonly StorageUnitId Fridge1 = new("fridge-1");
    private static readonly ProbeId Load = Probe("pi-001/load");

    [Fact]
    public async Task AlarmTest_OpensNoExcursion_AndItsTimeIsUnknown()
    {
        await using var scene = await AtNineAsync();
        await EnterAsync(scene, WindowKinds.AlarmTest, "09:00", "09:20", Load);

        await scene.MeasureAsync("pi-001/load", "09:05", "09:15", "9");
        await scene.JudgeAsync("09:18");
        State(scene).Should().Be(StorageState.Unverified, "nothing is known of the contents while the probe is warmed");
        await scene.MeasureAsync("pi-001/load", "09:20", "09:30", "4");
        await scene.JudgeAsync("09:31");

        Findings(scene).Should().BeEmpty();
        State(scene).Should().Be(StorageState.Warning, "its air probe has never been heard, and that is all");
        scene.Read(session => ReadingReader.Read(session, [Load], Scene.At("09:05"), Scene.At("09:15"))).Should().HaveCount(3, "what was measured is kept");
    }

    [Fact]
    public async Task SameReadings_WithoutATest_AreAnExcursion()
    {
        await using var scene = await AtNineAsync();

        await scene.MeasureAsync("pi-001/load", "09:05", "09:15", "9");
        await scene.JudgeAsync("09:18");

        Findings(scene).Should().ContainSingle();
    }

    [Fact]
    public async Task Maintenance_SuppressesNothing()
    {
        await using var scene = await AtNineAsync();
        await EnterAsync(scene, WindowKinds.Maintenance, "09:00", "12:00");

        await scene.MeasureAsync("pi-001/load", "09:05", "09:15", "9");
        await scene.JudgeAsync("09:18");

        Findings(scene).Should().ContainSingle();
        scene.Read(session => HoldStore.StandingOnUnit(session, Fridge1)).Should().NotBeEmpty();
    }

    [Fact]
    public async Task AlarmTest_EndsByItself()
    {
        await using var scene = await AtNineAsync();
        await EnterAsync(scene, WindowKinds.AlarmTest, "09:00", "09:20", Load);

        await scene.MeasureAsync("pi-001/load", "09:05", "09:40", "9");
        await scene.JudgeAsync("09:41");

        Findings(scene).Should().ContainSingle().Which.Stretch.Start.Should().Be(Scene.At("09:20"), "the first instant after the test that is warm");
    }

    [Fact]
    public async Task AlarmTest_EndedEarly_CountsWhatComesAfter()
    {
        await using var scene = await AtNineAsync();
        var window = await EnterAsync(scene, WindowKinds.AlarmTest, "09:00", "09:30", Load);
        await scene.MeasureAsync("pi-001/load", "09:05", "09:10", "9");
        await scene.JudgeAsync("09:12");
        await scene.Write(transaction => WindowEntry.End(transaction, scene.Fleet, Fridge1, window, "Amina", scene.Clock.Now));

        await scene.MeasureAsync("pi-001/load", "09:15", "09:20", "9");
        await scene.JudgeAsync("09:21");

        Findings(scene).Should().ContainSingle().Which.Stretch.Start.Should().Be(Scene.At("09:15"));
        scene.Read(session => WindowStore.Find(session, Fridge1, window))!.To.Should().Be(Scene.At("09:30"), "what was entered is never rewritten");
    }

    [Fact]
    public async Task AlarmTest_OfOneProbe_LeavesTheOthersJudged()
    {
        await using var scene = await AtNineAsync(SceneFleet.Text.Replace("{ id: pi-001/air, role: air }", "{ id: pi-001/second, role: load }", StringComparison.Ordinal));
        await scene.MeasureAsync("pi-001/second", "06:00", "09:00", "4");
        await EnterAsync(scene, WindowKinds.AlarmTest, "09:00", "09:20", Load);

        await scene.MeasureAsync("pi-001/load", "09:05", "09:10", "9");
        await scene.MeasureAsync("pi-001/second", "09:05", "09:10", "8");
        await scene.JudgeAsync("09:11");

        Findings(scene).Should().ContainSingle().Which.Probe.Should().Be(Probe("pi-001/second"));
    }

    [Fact]
    public async Task Readings_ThatComeLate_AreJudgedByTheTestOfTheirTime()
    {
        await using var scene = await AtNineAsync();
        await EnterAsync(scene, WindowKinds.AlarmTest, "09:00", "09:10", Load);
        await scene.MeasureAsync("pi-001/load", "09:10", "11:00", "4");
        await scene.JudgeAsync("11:01");

        await scene.MeasureAsync("pi-001/load", "09:05", "09:05", "9");
        await scene.JudgeAsync("11:02");

        Findings(scene).Should().BeEmpty();
    }

    [Fact]
    public async Task AlarmTest_EnteredWithinTenMinutes_TakesTheGroundAndLeavesTheHold()
    {
        await using var scene = await AtNineAsync();
        await scene.MeasureAsync("pi-001/load", "09:05", "09:05", "9");
        await scene.JudgeAsync("09:06");
        Findings(scene).Should().ContainSingle();

        await EnterAsync(scene, WindowKinds.AlarmTest, "09:00", "09:20", Load, at: "09:07");
        await scene.MeasureAsync("pi-001/load", "09:20", "09:25", "4");
        await scene.JudgeAsync("09:26");

        Findings(scene).Should().BeEmpty();
        scene.Read(session => HoldStore.StandingOnUnit(session, Fridge1)).Should().OnlyContain(hold => hold.State == HoldWords.GroundRemoved, "only a person lifts it");
    }

    [Fact]
    public async Task Entering_IsToldInTheLog()
    {
        await using var scene = await AtNineAsync();
        var window = await EnterAsync(scene, WindowKinds.Maintenance, "09:00", "12:00");
        await scene.Write(transaction => WindowEntry.End(transaction, scene.Fleet, Fridge1, window, "Amina", scene.Clock.Now));

        var told = scene.Read(session => EventLog.NewestOfUnit(session, Fridge1, 2));
        told.Select(row => row.Kind).Should().Equal(EventKinds.WindowEnded, EventKinds.WindowEntered);
        told[1].Payload.Should().Contain("maintenance: Quarterly (Youssef)");
    }

    /// <summary>Kind, from, to, probe, reason; and what is wrong with it at 09:01.</summary>
    [Theory]
    [InlineData("alarm-test", "08:50", "09:10", "pi-001/load", "x", "2026-11-22T08:50:00.000Z is more than 10 minutes ago (it is 2026-11-22T09:01:00.000Z), and no excursion becomes a test afterwards")]
    [InlineData("alarm-test", "09:01", "09:32", "pi-001/load", "x", "is not within 30 minutes after 2026-11-22T09:01:00.000Z")]
    [InlineData("alarm-test", "09:01", "09:20", null, "x", "an alarm test is of one probe, and 'probe' is missing")]
    [InlineData("alarm-test", "09:01", "09:20", "pi-002/load", "x", "'pi-002/load' does not stand in storage unit fridge-1 at 2026-11-22T09:01:00.000Z")]
    [InlineData("maintenance", "09:00", "17:01", null, "x", "is not within 480 minutes after 2026-11-22T09:00:00.000Z")]
    [InlineData("maintenance", "09:00", "09:00", null, "x", "2026-11-22T09:00:00.000Z is not within 480 minutes after 2026-11-22T09:00:00.000Z")]
    [InlineData("maintenance", "06:30", "08:30", null, "x", "2026-11-22T08:30:00.000Z is past (it is 2026-11-22T09:01:00.000Z)")]
    [InlineData("maintenance", "09:00", "10:00", "pi-001/load", "x", "a maintenance window is of the whole storage unit, and 'pi-001/load' is a probe")]
    [InlineData("maintenance", "09:00", "10:00", null, " ", "'reason' is missing")]
    public async Task Window_ThatCannotBeMeant_IsRefusedAndNothingIsStored(string kind, string from, string to, string? probe, string reason, string expected)
    {
        await using var scene = await AtNineAsync();
        scene.Clock.Now = Scene.At("09:01");
        var window = new NewWindow(Fridge1, kind, probe is null ? null : Probe(probe), Scene.At(from), Scene.At(to), reason, "Youssef");

        var enter = () => scene.Write(transaction => WindowEntry.Enter(transaction, scene.Fleet, window, scene.Clock.Now));

        (await enter.Should().ThrowAsync<RefusalException>()).Which.Reason.Should().Contain(expected);
        scene.Read(session => WindowStore.Newest(session, Fridge1, 10)).Should().BeEmpty();
    }

    [Fact]
    public async Task End_OfWhatIsOver_IsRefused()
    {
        await using var scene = await AtNineAsync();
        var window = await EnterAsync(scene, WindowKinds.Maintenance, "09:00", "10:00");
        scene.Clock.Now = Scene.At("10:00");

        var end = () => scene.Write(transaction => WindowEntry.End(transaction, scene.Fleet, Fridge1, window, "Amina", scene.Clock.Now));

        (await end.Should().ThrowAsync<RefusalException>()).Which.Kind.Should().Be(RefusalKind.Conflict);
    }

    private static async Task<Scene> AtNineAsync(string fleet = SceneFleet.Text)
    {
        var scene = await Scene.OpenAsync(fleet);
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        await scene.JudgeAsync("09:00");
        return scene;
    }

    private static async Task<long> EnterAsync(Scene scene, string kind, string from, string to, ProbeId? probe = null, string? at = null)
    {
        scene.Clock.Now = Scene.At(at ?? from);
        var id = 0L;
        await scene.Write(transaction => id = WindowEntry.Enter(
            transaction, scene.Fleet, new NewWindow(Fridge1, kind, probe, Scene.At(from), Scene.At(to), "Quarterly", "Youssef"), scene.Clock.Now).Id);
        return id;
    }

    private static StorageState State(Scene scene) => scene.Read(session => UnitOverviews.Read(session, scene.Fleet, Fridge1, scene.Clock.Now))!.State;

    private static List<Finding> Findings(Scene scene) =>
        [.. scene.Read(session => FindingStore.Current(session, Fridge1)).Where(row => row.Status == FindingWords.Current).Select(row => row.Finding)];

    private static ProbeId Probe(string text) => ProbeId.TryParse(text, out var probe) ? probe : throw new FormatException(text);
}
