using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports;

public sealed class ReportMakerTests
{
    [Theory]
    [InlineData("SU-fridge-1_2026-11-22", 4)]
    [InlineData("SI-rabat_2026-11-22", 4)]
    [InlineData("AL-rabat_2026-11-22", 0)]
    public async Task Period_ThatIsOver_IsFinishedWhenItHasSettled(string text, int hours)
    {
        await using var scene = await Scene.OpenAsync();
        var end = Scene.At("23:00"); // Midnight in Rabat.
        var finished = end + TimeSpan.FromHours(hours);

        Make(scene, text, Scene.At("22:00")).Should().Match<ReportContent>(content => content.IsUnfinished && content.To == Scene.At("22:00"));
        Make(scene, text, finished - TimeSpan.FromMilliseconds(1)).Should().Match<ReportContent>(content => content.IsUnfinished && content.FinishedAt == finished);
        var made = Make(scene, text, finished);

        (made.IsUnfinished, made.To, made.FinishedAt).Should().Be((false, end, finished));
    }

    private static ReportContent Make(Scene scene, string text, Instant now)
    {
        ReportNumber.TryParse(text, out var number).Should().BeTrue();
        scene.Clock.Now = now;
        return new ReportMaker(scene.Store, new FleetView { Current = scene.Fleet }, PackSpans.Always(scene.Packs), scene.Clock).Make(number, _ => { }, CancellationToken.None);
    }
}
