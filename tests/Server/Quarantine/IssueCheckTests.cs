using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Quarantine;

public sealed class IssueCheckTests
{
    private static readonly BloodUnit InFridge1 = new("W000026123456", "RBC");
    private static readonly BloodUnit InFridge2 = new("W000026100001", "RBC");
    private static readonly BloodUnit InIncubator = new("W000026100002", "PLT");
    private static readonly StorageUnitId Fridge1 = new("fridge-1");
    private static readonly StorageUnitId Fridge2 = new("fridge-2");

    [Fact]
    public async Task Storage_JudgedAndWell_IsYes()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        var answer = Ask(scene, InFridge2);

        answer.Answer.Should().Be("yes");
        answer.Reasons.Should().BeEmpty();
        answer.Unit.Should().Be(Fridge2);
        answer.UnverifiedFigures.Should().BeEmpty();
    }

    [Fact]
    public async Task Held_IsNoAndTellsEverythingElseToo()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        var answer = Ask(scene, InFridge1);

        answer.Answer.Should().Be("no");
        answer.Reasons[0].Should().StartWith("It is on hold since 2026-11-22T09:02:00.000Z because of finding");
        answer.Reasons.Should().Contain(reason => reason.Contains("outside its limits", StringComparison.Ordinal))
            .And.Contain(reason => reason.StartsWith("Storage unit fridge-1: It is on hold", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GroundRemoved_IsStillNo()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => ContentsEntry.Leave(transaction, scene.Fleet, Fridge1, InFridge1, Scene.At("08:00"), scene.Clock.Now));

        var answer = Ask(scene, InFridge1);

        answer.Answer.Should().Be("no");
        answer.Reasons[0].Should().Contain("a person has yet to lift it");
    }

    [Fact]
    public async Task Stranger_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        IsUnknown(scene, new BloodUnit("W000026999999", "RBC"), "nobody has entered it");
        IsUnknown(scene, InFridge2 with { Product = "WB" }, "nobody has entered it");
    }

    [Fact]
    public async Task InNoStorageUnitNow_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => ContentsEntry.Leave(transaction, scene.Fleet, Fridge2, InFridge2, Scene.At("11:00"), scene.Clock.Now));

        IsUnknown(scene, InFridge2, "in no storage unit now");
    }

    [Fact]
    public async Task StorageUnit_NeverJudged_IsUnknown()
    {
        await using var scene = await Scene.OpenAsync();
        scene.Clock.Now = Scene.At("07:00");

        IsUnknown(scene, InFridge2, "never been judged");
    }

    [Fact]
    public async Task StorageUnit_Silent_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();

        IsUnknown(scene, InIncubator, "Nothing has been heard of a deciding probe since 2026-11-22T11:30:00.000Z");
    }

    [Fact]
    public async Task StorageUnit_OutOfRangeBeforeTheAlarmDelay_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => SetStatus(transaction, Fridge2, "out-of-range"));

        IsUnknown(scene, InFridge2, "outside its limits");
    }

    [Fact]
    public async Task StorageUnit_OnHold_IsUnknownThoughInRangeAgain()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.MeasureAsync("pi-001/load", "12:00", "12:30", "4");
        await scene.MeasureAsync("pi-001/air", "12:00", "12:30", "4");
        await scene.JudgeAsync("12:30");
        await EnterAsync(scene, "fridge-1", new BloodUnit("W000026100003", "RBC"), "12:20", isFact: true); // Another system says so.
        await scene.AddUpAsync();

        var answer = IsUnknown(scene, new BloodUnit("W000026100003", "RBC"), "Storage unit fridge-1: It is on hold");
        answer.Reasons.Should().HaveCount(1);
    }

    [Fact]
    public async Task Mark_OfThisMoment_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await scene.Write(transaction => MarkStore.Append(transaction, Fridge2, scene.Clock.Now, scene.Clock.Now));

        IsUnknown(scene, InFridge2, "Ask again in a moment");
    }

    [Fact]
    public async Task Deadline_Overdue_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        scene.Clock.Now = Scene.At("13:00");

        IsUnknown(scene, InFridge2, "should have been judged again");
    }

    [Fact]
    public async Task Clock_SetBackBehindTheReadings_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        scene.Clock.Now = Scene.At("11:44");

        IsUnknown(scene, InFridge2, "The server's clock says 2026-11-22T11:44:00.000Z, and it holds readings of later than that: set it right.");

        scene.Clock.Now = Scene.At("11:45");
        Ask(scene, InFridge2).Answer.Should().Be("yes", "a device may be ahead by ten minutes");
    }

    [Fact]
    public async Task Hole_InTheSeqs_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        scene.Withhold("pi-002", 2);
        await scene.MeasureAsync("pi-002/load", "12:00", "12:00", "4.375");
        await scene.JudgeAsync("12:01");

        IsUnknown(scene, InFridge2, "yet to deliver 2 readings");
    }

    [Fact]
    public async Task Product_WithOtherLimitsThanItsStorageUnit_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        var platelets = new BloodUnit("W000026100003", "PLT");
        await EnterAsync(scene, "fridge-2", platelets, "11:00");

        IsUnknown(scene, platelets, "limits of RBC, which are not within those of PLT");
    }

    [Theory]
    [InlineData(60, 15, 240)]
    [InlineData(0, 30, 240)]
    [InlineData(0, 15, 480)]
    public async Task Product_WhoseStorageUnitIsJudgedMorePatiently_IsUnknown(int delayMinutes, int gapMinutes, int unknownMinutes)
    {
        StorageRule OfUnit(StorageRule rule) => rule.Product != "RBC" ? rule : rule with
        {
            LoadDelay = TimeSpan.FromMinutes(delayMinutes), MaxGap = TimeSpan.FromMinutes(gapMinutes), UnknownLimit = TimeSpan.FromMinutes(unknownMinutes),
        };
        await using var scene = await Scene.OpenAsync(rule: OfUnit);
        await scene.MeasureAsync("pi-002/load", "06:00", "11:55", "4");
        await scene.JudgeAsync("12:00");
        var wholeBlood = new BloodUnit("W000026100003", "WB");
        await EnterAsync(scene, "fridge-2", wholeBlood, "11:00");

        IsUnknown(scene, wholeBlood, "RBC, which lets more time pass than that of WB");
    }

    [Fact]
    public async Task Earlier_DeviceOfAnEarlierPeriodOwesReadingsOfThen_IsUnknown()
    {
        await using var scene = await Scene.OpenAsync(SceneFleet.WithFridge1Until("09:00", "pi-004/spare"));
        await scene.MeasureAsync("pi-001/load", "06:00", "08:00", "4");
        scene.Withhold("pi-001", 5);
        await scene.MeasureAsync("pi-001/load", "08:30", "08:55", "4");
        await scene.MeasureAsync("pi-004/spare", "09:00", "11:55", "4");
        await scene.JudgeAsync("12:00");

        IsUnknown(scene, InFridge1, "Device pi-001 has yet to deliver readings that may be of that time.");
    }

    [Fact]
    public async Task RecordStore_Failing_IsUnknown()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        var failing = scene.Store.Health.AfterFailure("disk full", scene.Clock.Now);

        var answer = scene.Read(session => IssueCheck.Ask(session, scene.Fleet, scene.Packs, scene.Placements, InFridge2, failing, scene.Clock.Now));

        answer.Answer.Should().Be("unknown");
        answer.Reasons.Should().Equal("The record store cannot commit at present: disk full.");
    }

    [Fact]
    public async Task Figures_FromMemory_AreListed()
    {
        await using var scene = await SceneFleet.AtNoonAsync();
        await EnterAsync(scene, "freezer-1", new BloodUnit("W000026100003", "PFF"), "11:59");

        Ask(scene, new BloodUnit("W000026100003", "PFF")).UnverifiedFigures.Should().Contain(item => item.Figure.Name == "limits.high" && item.Figure.Value == -20);
    }

    // The rules that come with the product have no delay, so that out of range is a hold at once: here is the state that another rule gives.
    private static void SetStatus(StoreTransaction transaction, StorageUnitId unit, string status)
    {
        var row = UnitStateStore.Find(transaction, unit)!; // It was judged.
        UnitStateStore.TrySave(transaction, row with { Version = row.Version + 1, Status = status });
    }

    private static Task EnterAsync(Scene scene, string unit, BloodUnit bloodUnit, string from, bool isFact = false) => scene.Write(transaction =>
        ContentsEntry.Enter(transaction, scene.Fleet, scene.Packs, new NewStay(new StorageUnitId(unit), bloodUnit, Scene.At(from), null) { IsFact = isFact }, scene.Clock.Now));

    private static IssueAnswer Ask(Scene scene, BloodUnit bloodUnit) =>
        scene.Read(session => IssueCheck.Ask(session, scene.Fleet, scene.Packs, scene.Placements, bloodUnit, scene.Store.Health, scene.Clock.Now));

    private static IssueAnswer IsUnknown(Scene scene, BloodUnit bloodUnit, string because)
    {
        var answer = Ask(scene, bloodUnit);
        answer.Answer.Should().Be("unknown");
        answer.Reasons.Should().Contain(reason => reason.Contains(because, StringComparison.Ordinal));
        return answer;
    }
}
