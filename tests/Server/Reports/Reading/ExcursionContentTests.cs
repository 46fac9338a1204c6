using ColdChain.Core.Excursions;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>What is reported of fridge 1, which was out of its limits from 09:02 to 09:34.</summary>
public sealed class ExcursionContentTests
{
    private static readonly string[] OfTheReadings = [TimelineKinds.OutOfRange, TimelineKinds.Alarm, TimelineKinds.Peak, TimelineKinds.Ended, TimelineKinds.Found];

    [Fact]
    public async Task Content_OfAnExcursionThatIsOver_SaysWhatHappened()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        staffed.Clock.Now = Scene.At("14:00");

        var content = Make(staffed);

        (content.Number, content.Place.Unit, content.Place.Zone, content.IsUnfinished).Should().Be(("EX-1", "fridge-1", "Africa/Casablanca", false));
        var (finding, excursion) = (content.Excursion!.Finding, content.Excursion);
        (finding.Side, finding.Peak!.Value.Milli, finding.EndReason).Should().Be((Side.High, 9000, EndReason.InRange));
        (content.From, content.To).Should().Be((finding.Start - TimeSpan.FromHours(4), finding.End!.Value + TimeSpan.FromHours(4)));
        finding.Duration.Should().Be(finding.End.Value - finding.Start).And.Be(finding.Cumulative);
        finding.DegreeMinutes.Should().BeGreaterThan(3 * finding.Duration.TotalMinutes * 0.8).And.BeLessThan(3 * finding.Duration.TotalMinutes);
        excursion.Probes.Select(probe => probe.Probe).Should().Equal("pi-001/load", "pi-001/air");
        excursion.Rules.Should().ContainSingle().Which.Figures.Should().Contain(figure => figure.Name == "limits.high" && figure.Value == 6);
        excursion.Timeline.Select(entry => entry.Kind).Should().Contain(OfTheReadings).And.Contain(TimelineKinds.Held);
        excursion.Timeline.Should().BeInAscendingOrder(entry => entry.At);
        var inside = excursion.BloodUnits.Should().ContainSingle().Subject;
        (inside.Donation, inside.Exposed, inside.LeftBefore, inside.Hold!.State).Should().Be((StaffedScene.Donation, finding.Duration, false, HoldWords.Held));
        excursion.StorageUnitHold!.State.Should().Be(HoldWords.Held);
        excursion.Audit.Should().Contain(entry => entry.Kind == EventKinds.ExcursionOpened && entry.Hash.Length == 64);
    }

    [Fact]
    public async Task Content_MadeLater_IsTheSame()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        staffed.Clock.Now = Scene.At("14:00");
        var first = ReportJson.Write(Make(staffed));

        staffed.Clock.Now += TimeSpan.FromDays(30);

        ReportJson.Write(Make(staffed)).Should().Equal(first);
        ReportJson.Write(ReportJson.Read(first)).Should().Equal(first, "what was read back is what was written");
    }

    [Fact]
    public async Task Content_BeforeItHasSettled_IsUnfinished()
    {
        await using var staffed = await StaffedScene.OpenAsync();

        var content = Make(staffed);

        (content.IsUnfinished, content.To).Should().Be((true, Scene.At("12:00")));
        content.FinishedAt.Should().Be(content.Excursion!.Finding.End + TimeSpan.FromMinutes(260), "the line over the end needs the next sample");
    }

    [Fact]
    public async Task Content_OfADecisionThatWasReopened_TellsBoth()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.PrepareReleaseAsync();
        object[] both = [.. await staffed.SeenAsync("storage-unit"), .. await staffed.SeenAsync("blood-unit")];
        await staffed.PostAsync("badr", "/api/v1/holds/decisions", new { kind = "release", reason = "As proposed.", holds = both, code = staffed.NextCode() }, 200);
        Make(staffed).Excursion!.BloodUnits[0].Hold!.Standing()!.Name.Should().Be("Badr B.");

        await staffed.DeliverLateAsync("pi-001/load", "09:33", "9");

        var excursion = Make(staffed).Excursion!;
        var hold = excursion.BloodUnits[0].Hold!;
        hold.Standing().Should().BeNull();
        hold.Decisions.Should().ContainSingle().Which.ReopenedWhy.Should().NotBeNullOrEmpty();
        excursion.Versions.Should().HaveCountGreaterThan(1);
        excursion.Timeline.Select(entry => entry.Kind).Should().ContainInOrder(TimelineKinds.Step, TimelineKinds.Cause, TimelineKinds.Assessment, TimelineKinds.Decided, TimelineKinds.Reopened);
        excursion.Case.Select(entry => entry.Kind).Should().Equal(CaseKinds.Step, CaseKinds.Cause, CaseKinds.Assessment);
    }

    [Fact]
    public async Task Content_FoundHoursAfter_SaysSo_AndNamesWhoHadLeft()
    {
        var scene = await Scene.OpenAsync();
        await scene.Write(transaction =>
        {
            ContentsStore.TryLeave(transaction, new Core.Readings.StorageUnitId("fridge-1"), StaffedScene.Donation, "RBC", Scene.At("08:00"), Scene.At("08:00"));
        });
        await scene.MeasureAsync("pi-001/load", "06:00", "07:00", "4");
        await scene.MeasureAsync("pi-001/load", "07:05", "07:30", "9");
        await scene.MeasureAsync("pi-001/load", "07:35", "11:55", "4");
        await scene.JudgeAsync("12:00");
        await using var staffed = await StaffedScene.ServeAsync(scene);

        var excursion = Make(staffed).Excursion!;

        excursion.Finding.FoundAfter.Should().BeGreaterThan(TimeSpan.FromHours(4));
        var left = excursion.BloodUnits.Should().ContainSingle().Subject;
        (left.LeftBefore, left.OutAt).Should().Be((true, Scene.At("08:00")));
    }

    [Theory]
    [InlineData("EX-99")]
    [InlineData("SU-nowhere_2026-11")]
    [InlineData("SI-nowhere_2026-11")]
    [InlineData("AL-nowhere_2026-11")]
    [InlineData("SU-fridge-1_2027-11")]
    public async Task Number_OfNothing_IsRefusedWithTheCure(string number)
    {
        await using var staffed = await StaffedScene.OpenAsync();
        ReportNumber.TryParse(number, out var parsed).Should().BeTrue();

        var make = () => staffed.App.Reports(parsed, _ => { }, CancellationToken.None);

        make.Should().Throw<RefusalException>().Which.Cure.Should().NotBeEmpty();
    }

    [Fact]
    public async Task Period_OfASite_GoesThroughItsStorageUnits_AndTellsHowFarItIs()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        var steps = new List<string>();
        ReportNumber.TryParse("SI-rabat_2026-11-22", out var number).Should().BeTrue();

        var content = staffed.App.Reports(number, progress => steps.Add($"{progress.Done}/{progress.Total}"), CancellationToken.None);

        content.Units.Select(unit => unit.Place.Unit).Should().Equal("freezer-1", "fridge-1", "fridge-2", "incubator-1");
        steps.Should().Equal("0/4", "1/4", "2/4", "3/4", "1/1");
        content.Units[1].Findings.Should().ContainSingle(finding => finding.Id == 1 && finding.Dispositions.Undecided == 1);
        (content.IsUnfinished, content.To).Should().Be((true, Scene.At("12:00")));
    }

    private static ReportContent Make(StaffedScene staffed) => staffed.App.Reports(ReportNumber.Excursion(1), _ => { }, CancellationToken.None);
}
