using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Quarantine;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>What a report says of the blood that was inside during its excursion, and what it leaves to other reports.</summary>
public sealed class BloodUnitsTests
{
    [Fact]
    public async Task BloodUnit_ReleasedAndIssuedBeforeMoreWasKnown_DidNotLeaveBeforeTheDiscovery()
    {
        await using var staffed = await StaffedScene.OpenAsync();
        await staffed.PrepareReleaseAsync();
        object[] both = [.. await staffed.SeenAsync("storage-unit"), .. await staffed.SeenAsync("blood-unit")];
        await staffed.PostAsync("badr", "/api/v1/holds/decisions", new { kind = "release", reason = "As proposed.", holds = both, code = staffed.NextCode() }, 200);
        var left = Instant.Now(staffed.Clock);
        await staffed.Store.WriteAsync(
            WritePriority.Decision, transaction => ContentsStore.TryLeave(transaction, new StorageUnitId("fridge-1"), StaffedScene.Donation, "RBC", left, left), CancellationToken.None);
        staffed.Clock.Now += TimeSpan.FromMinutes(1);

        await staffed.DeliverLateAsync("pi-001/load", "09:33", "9");

        var excursion = staffed.App.Reports(ReportNumber.Excursion(1), _ => { }, CancellationToken.None).Excursion!;
        var unit = excursion.BloodUnits.Should().ContainSingle().Subject;
        unit.Hold!.Decisions.Should().ContainSingle().Which.SignedAt.Should().BeLessThanOrEqualTo(left).And.BeGreaterThan(excursion.Finding.DiscoveredAt);
        (unit.LeftBefore, unit.LeftSince).Should().Be((false, true));
    }

    [Fact]
    public async Task Exposures_ThatBeganAfterWhatTheReportLooksAt_AreNoPartOfIt()
    {
        await using var scene = await StaffedScene.AfterAnExcursionAsync();
        var now = Scene.At("12:00") + TimeSpan.FromDays(40);
        var before = scene.Report(1, now);
        await scene.Write(transaction =>
        {
            Expose(transaction, before.To - TimeSpan.FromMinutes(1), "band 6..10 24h");
            Expose(transaction, Scene.At("12:00") + TimeSpan.FromDays(30), "limits ..2|6..");
        });

        var after = scene.Report(1, now);

        Since(after).Except(Since(before)).Should().Equal(before.To - TimeSpan.FromMinutes(1));
    }

    private static IEnumerable<Instant> Since(ReportContent report) => report.Excursion!.BloodUnits.Single().Exceeded.Select(exceeded => exceeded.Since);

    private static void Expose(StoreTransaction transaction, Instant since, string allowance) => ExposureStore.Insert(transaction, new ExposureRow
    {
        Donation = StaffedScene.Donation, Product = "RBC", Unit = new StorageUnitId("fridge-2"), Allowance = allowance, Verdict = ExposureWords.Hold, OnlyPossible = false, Since = since, Detail = "{}",
        DiscoveredAt = since, UpdatedAt = since,
    });
}
