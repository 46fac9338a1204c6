using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>A report of what was taken back while it was open ends as well: nothing is found out about it any more.</summary>
public sealed class TakenBackTests
{
    private static readonly TimeSpan Around = TimeSpan.FromHours(4);
    private static readonly Instant MonthsLater = Scene.At("12:00") + TimeSpan.FromDays(60);

    [Fact]
    public async Task UnknownTime_RetractedWhileItWasOpen_IsOverFourHoursAfter()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "06:30", "4");
        await scene.JudgeAsync("11:00");
        await scene.MeasureAsync("pi-001/load", "06:35", "11:00", "4");
        await scene.JudgeAsync("11:05");
        await PutInAsync(scene, "W000026999999", Scene.At("12:00") + TimeSpan.FromDays(30));

        var report = scene.Report(1, MonthsLater);

        var finding = report.Excursion!.Finding;
        (finding.Status, finding.End, finding.ExposureEnd).Should().Be((FindingWords.Retracted, null, Scene.At("11:05")));
        (report.IsUnfinished, report.To, report.FinishedAt).Should().Be((false, Scene.At("11:05") + Around, Scene.At("11:05") + ExcursionContentReader.SettledAfter));
        report.Excursion.BloodUnits.Select(unit => unit.Donation).Should().Equal("W000026123456");
        scene.Report(1, MonthsLater + TimeSpan.FromDays(1)).Should().BeEquivalentTo(report);
    }

    [Fact]
    public async Task Excursion_SupersededWhileItWasOpen_IsOverFourHoursAfter()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "06:30", "4");
        await scene.MeasureAsync("pi-001/load", "06:35", "07:00", "9");
        await scene.JudgeAsync("07:01");
        await scene.MeasureAsync("pi-001/load", "08:00", "08:30", "9");
        await scene.JudgeAsync("08:31");
        await scene.MeasureAsync("pi-001/load", "07:05", "07:55", "9");
        await scene.JudgeAsync("08:32");

        var report = scene.Report(2, MonthsLater);

        var finding = report.Excursion!.Finding;
        (finding.Status, finding.SupersededBy, finding.End, finding.ExposureEnd).Should().Be((FindingWords.Superseded, 1, null, Scene.At("08:32")));
        (report.IsUnfinished, report.To).Should().Be((false, Scene.At("08:32") + Around));
        scene.Report(1, MonthsLater).IsUnfinished.Should().BeTrue("the one that continues it is not over");
    }

    private static Task PutInAsync(Scene scene, string donation, Instant at) =>
        scene.Write(transaction => ContentsStore.TryEnter(transaction, new ContentsRow(0, new StorageUnitId("fridge-1"), donation, "RBC", at, null, at, null)));
}
