using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Reports.Desk;

public sealed class ReportHeadTests
{
    [Fact]
    public async Task Period_ThatIsOver_IsNoDraftBeforeItHasSettled()
    {
        await using var desk = await DeskScene.OpenAsync();
        var end = Scene.At("23:00"); // Midnight in Rabat.

        StateOf("SU-fridge-1_2026-11-22", end + TimeSpan.FromMinutes(239)).Should().Be((ReportStates.Unfinished, end + TimeSpan.FromHours(4)));
        StateOf("SU-fridge-1_2026-11-22", end + TimeSpan.FromMinutes(240)).Should().Be((ReportStates.Draft, end + TimeSpan.FromHours(4)));
        StateOf("AL-rabat_2026-11-22", end).Should().Be((ReportStates.Draft, end));

        (string State, Instant? Until) StateOf(string text, Instant now) => Read(desk, text, now);
    }

    [Fact]
    public async Task Excursion_ThatWasTakenBackWhileItWasOpen_IsOver()
    {
        var scene = await Scene.OpenAsync(); // The desk ends it.
        await scene.MeasureAsync("pi-001/load", "06:00", "06:30", "4");
        await scene.JudgeAsync("11:00");
        await scene.MeasureAsync("pi-001/load", "06:35", "11:00", "4");
        await scene.JudgeAsync("11:05");
        await using var desk = await DeskScene.OpenAsync(scene);
        var settled = Scene.At("11:05") + ExcursionContentReader.SettledAfter;

        Read(desk, "EX-1", settled).Should().Be((ReportStates.Draft, settled));
        Read(desk, "EX-1", settled - TimeSpan.FromMilliseconds(1)).State.Should().Be(ReportStates.Unfinished);
    }

    private static (string State, Instant? Until) Read(DeskScene desk, string text, Instant now)
    {
        ReportNumber.TryParse(text, out var number).Should().BeTrue();
        var head = desk.Store.Read(session => ReportHead.Read(session, desk.Scene.Fleet, desk.Tasks, number, now))!; // There is such a place.
        return (head.State, head.Until);
    }
}
