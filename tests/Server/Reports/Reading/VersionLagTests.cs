using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>Found late is said of the first version, and changed late of those after it: neither of the two says anything of the other.</summary>
public sealed class VersionLagTests
{
    [Fact]
    public async Task Excursion_FoundLateAndClosedInTime_WasFoundAsLateAsItsFirstVersion()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "07:00", "4");
        await scene.JudgeAsync("07:01");
        await scene.MeasureAsync("pi-001/load", "07:05", "10:00", "9");
        await scene.JudgeAsync("10:01");
        await scene.MeasureAsync("pi-001/load", "10:05", "10:05", "4");
        await scene.JudgeAsync("10:06");

        var excursion = scene.Excursion(1, Scene.At("16:00"));

        excursion.Finding.Version.Should().BeGreaterThan(1);
        excursion.Finding.FoundAfter.Should().BeGreaterThan(TimeSpan.FromHours(2.9)).And.Be(excursion.Versions[0].FoundAfter);
        excursion.Versions[^1].FoundAfter.Should().BeNull("it was closed as soon as that was measured");
        var unit = scene.Fleet.FindUnit(new StorageUnitId("fridge-1"))!;
        var period = scene.Read(session => new PeriodReader(scene.Fleet, PackSpans.Always(scene.Packs)).Read(session, unit, new LookedAt(Scene.At("06:00"), Scene.At("16:00"), Scene.At("20:00")), CancellationToken.None));
        period.Findings.Should().ContainSingle(finding => finding.Id == 1).Which.FoundAfter.Should().Be(excursion.Finding.FoundAfter);
    }

    [Fact]
    public async Task Excursion_FoundInTimeWhosePeakCameHoursLate_WasChangedLater()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "07:00", "4");
        await scene.MeasureAsync("pi-001/load", "07:05", "07:10", "7");
        await scene.JudgeAsync("07:11");
        await scene.JudgeAsync("07:26");
        await scene.MeasureAsync("pi-001/load", "07:15", "10:00", "12");
        await scene.JudgeAsync("10:01");

        var excursion = scene.Excursion(1, Scene.At("10:02"));

        excursion.Finding.FoundAfter.Should().BeNull();
        excursion.Versions[^1].Peak!.Value.Milli.Should().Be(12_000);
        excursion.Versions[^1].FoundAfter.Should().BeGreaterThan(TimeSpan.FromHours(2));
        excursion.Versions.SkipLast(1).Should().OnlyContain(version => version.FoundAfter == null, "silence shows when it has lasted for the largest gap, and no sooner");
    }

    [Fact]
    public async Task Excursion_WhoseProbeWasSilentAndIsHeardAgain_WasNotChangedLater()
    {
        await using var scene = await Scene.OpenAsync();
        await scene.MeasureAsync("pi-001/load", "06:00", "07:00", "4");
        await scene.MeasureAsync("pi-001/load", "07:05", "07:10", "7");
        await scene.JudgeAsync("07:11");
        await scene.JudgeAsync("07:26");
        await scene.MeasureAsync("pi-001/load", "09:00", "09:00", "4");
        await scene.JudgeAsync("09:01");

        scene.Excursion(1, Scene.At("09:02")).Versions.Should().HaveCountGreaterThan(1).And.OnlyContain(version => version.FoundAfter == null);
    }
}
