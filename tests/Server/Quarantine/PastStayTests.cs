using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Quarantine;

/// <summary>A blood unit that was moved is as well as all of its storage.</summary>
public sealed class PastStayTests
{
    private static readonly BloodUnit Platelets = new("W000026100002", "PLT");
    private static readonly BloodUnit Moved = new("W000026100004", "RBC");
    private static readonly StorageUnitId Fridge1 = new("fridge-1");
    private static readonly StorageUnitId Fridge2 = new("fridge-2");

    [Fact]
    public async Task Earlier_JudgedAndWell_IsYes()
    {
        await using var scene = await MovedAsync(left: "08:00");

        Ask(scene, Moved).Should().BeEquivalentTo(new { Answer = "yes", Unit = Fridge2 });
    }

    [Fact]
    public async Task Earlier_WhereOtherLimitsWereJudged_IsUnknown()
    {
        var platelets = new BloodUnit("W000026100005", "PLT");
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => transaction.Execute(
            "INSERT INTO contents (unit, donation, product, in_at, out_at, entered_at) VALUES ($unit, $donation, $product, $in, $out, $in)",
            ("$unit", Fridge2),
            ("$donation", platelets.Donation),
            ("$product", platelets.Product),
            ("$in", Scene.At("07:00")),
            ("$out", Scene.At("08:00"))));

        IsUnknown(scene, platelets, "limits of RBC, which are not within those of PLT");
    }

    [Fact]
    public async Task Earlier_BeforeItsStorageWasSupervised_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => transaction.Execute(
            "UPDATE contents SET in_at = $in WHERE donation = 'W000026100001'", ("$in", Scene.At("05:00"))));

        IsUnknown(scene, new BloodUnit("W000026100001", "RBC"), "it was not supervised");
    }

    [Fact]
    public async Task Earlier_LateDataNotJudgedYet_IsUnknown()
    {
        await using var scene = await MovedAsync(left: "08:00");
        await scene.Write(transaction => MarkStore.Append(transaction, Fridge1, Scene.At("07:00"), Scene.At("07:05")));

        IsUnknown(scene, Moved, "not wholly judged");
    }

    [Theory]
    [InlineData("08:05", "unknown")]
    [InlineData("11:05", "unknown")]
    [InlineData("11:06", "yes")]
    public async Task Earlier_LateDataOfAfterItLeft_IsUnknownAsLongAsItMayReachBack(string at, string answer)
    {
        await using var scene = await MovedAsync(left: "07:05");
        await scene.Write(transaction => MarkStore.Append(transaction, Fridge1, Scene.At(at), Scene.At(at)));

        Ask(scene, Moved).Answer.Should().Be(answer);
    }

    [Theory]
    [InlineData("12:00", "yes")]
    [InlineData(null, "no")]
    public async Task Earlier_AlreadySilentWhenItLeft_IsUnknownUntilItSpeaksOrTheSilenceIsAFinding(string? speaksAt, string answer)
    {
        await using var scene = await QuietMorningAsync(until: "11:40");
        await MoveAsync(scene, left: "11:42");
        IsUnknown(scene, Moved, "may still tell of the time when it left");

        if (speaksAt is not null)
        {
            await scene.MeasureAsync("pi-001/load", speaksAt, "15:40", "4");
        }

        await scene.MeasureAsync("pi-002/load", "12:00", "15:40", "4");
        await scene.JudgeAsync("15:41");
        Ask(scene, Moved).Answer.Should().Be(answer);
    }

    [Theory]
    [InlineData("4", "yes")]
    [InlineData("12", "no")]
    public async Task Earlier_NoSampleSinceItLeft_IsUnknownUntilTheNextOne(string celsius, string answer)
    {
        await using var scene = await QuietMorningAsync(until: "11:55");
        await MoveAsync(scene, left: "11:57");
        IsUnknown(scene, Moved, "may still tell of the time when it left");

        await scene.MeasureAsync("pi-001/load", "12:00", "12:00", celsius);
        await scene.JudgeAsync("12:01");
        Ask(scene, Moved).Answer.Should().Be(answer);
    }

    [Theory]
    [InlineData("4", "yes")]
    [InlineData("9", "no")]
    public async Task Earlier_OutOfRangeForLessThanTheAlarmDelayWhenItLeft_IsUnknownUntilThatEnds(string celsius, string answer)
    {
        await using var scene = await QuietMorningAsync(until: "11:40", rule => rule with { LoadDelay = TimeSpan.FromHours(1) });
        await scene.MeasureAsync("pi-001/load", "11:45", "11:55", "9");
        await scene.JudgeAsync("12:00");
        await MoveAsync(scene, left: "11:50");
        IsUnknown(scene, Moved, "may still tell of the time when it left");

        await scene.MeasureAsync("pi-001/load", "12:00", "12:50", celsius);
        await scene.MeasureAsync("pi-002/load", "12:00", "12:50", "4");
        await scene.JudgeAsync("12:51");
        Ask(scene, Moved).Answer.Should().Be(answer);
    }

    [Fact]
    public async Task Earlier_ProbeReplacedAfterASilenceThatTheRuleAllows_IsYesOnceTheNewOneSpeaks()
    {
        await using var scene = await Scene.OpenAsync(SceneFleet.WithFridge1Until("11:45", "pi-004/spare"));
        await scene.MeasureAsync("pi-001/load", "06:00", "11:20", "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        await MoveAsync(scene, left: "11:30");
        IsUnknown(scene, Moved, "may still tell of the time when it left");

        await scene.MeasureAsync("pi-004/spare", "11:50", "12:00", "4");
        await scene.JudgeAsync("12:01");
        Ask(scene, Moved).Answer.Should().Be("yes");
    }

    [Theory]
    [InlineData("11:35", "yes")]
    [InlineData("11:00", "unknown")]
    public async Task Earlier_StorageUnitClosedSince_IsYesWhenItWasKnownToTheEnd(string until, string answer)
    {
        await using var scene = await Scene.OpenAsync(SceneFleet.WithFridge1Until("11:40"));
        await scene.MeasureAsync("pi-001/load", "06:00", until, "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        await MoveAsync(scene, left: "11:38");

        Ask(scene, Moved).Answer.Should().Be(answer);
    }

    [Fact]
    public async Task Earlier_SilentWhenItLeft_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => ContentsEntry.Leave(
            transaction, scene.Fleet, new StorageUnitId("incubator-1"), Platelets, Scene.At("11:50"), scene.Clock.Now));

        IsUnknown(scene, Platelets, "may still tell of the time when it left");
    }

    [Fact]
    public async Task Earlier_SilenceBecameAFinding_IsNo()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => ContentsEntry.Leave(
            transaction, scene.Fleet, new StorageUnitId("incubator-1"), Platelets, Scene.At("11:50"), scene.Clock.Now));
        await scene.JudgeAsync("16:00");

        Ask(scene, Platelets).Answer.Should().Be("no");
    }

    [Fact]
    public async Task Earlier_HoleOfThatTime_IsUnknown()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "07:00", "4");
        scene.Withhold("pi-001", 5);
        await scene.MeasureAsync("pi-001/load", "07:05", "11:55", "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        await MoveAsync(scene, left: "08:00");

        IsUnknown(scene, Moved, "Device pi-001 has yet to deliver readings that may be of that time.");
    }

    [Fact]
    public async Task Earlier_HoleAfterItLeft_IsYes()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "09:00", "4");
        scene.Withhold("pi-001", 5);
        await scene.MeasureAsync("pi-001/load", "09:05", "11:55", "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        await MoveAsync(scene, left: "08:00");

        Ask(scene, Moved).Answer.Should().Be("yes");
    }

    /// <summary>Both fridges are well; of the first one nothing is heard after an instant, and it is noon.</summary>
    private static async Task<Scene> QuietMorningAsync(string until, Func<StorageRule, StorageRule>? rule = null)
    {
        var scene = await Scene.OpenAsync(rule: rule);
        await scene.MeasureAsync("pi-001/load", "06:00", until, "4");
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        return scene;
    }

    private static async Task<Scene> MovedAsync(string left)
    {
        var scene = await SceneFleet.AtNoonAsync();
        await MoveAsync(scene, left);
        return scene;
    }

    private static async Task MoveAsync(Scene scene, string left)
    {
        await EnterAsync(scene, new NewStay(Fridge1, Moved, Scene.At("06:30"), Scene.At(left)));
        await EnterAsync(scene, new NewStay(Fridge2, Moved, Scene.At(left), null));
        await scene.AddUpAsync();
    }

    private static Task EnterAsync(Scene scene, NewStay stay) =>
        scene.Write(transaction => ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, stay, scene.Clock.Now));

    private static IssueAnswer Ask(Scene scene, BloodUnit bloodUnit) =>
        scene.Read(session => IssueCheck.Ask(session, scene.Fleet, scene.Packs, scene.Placements, bloodUnit, scene.Store.Health, scene.Clock.Now));

    private static void IsUnknown(Scene scene, BloodUnit bloodUnit, string because)
    {
        var answer = Ask(scene, bloodUnit);
        answer.Answer.Should().Be("unknown");
        answer.Reasons.Should().Contain(reason => reason.Contains(because, StringComparison.Ordinal));
    }
}
