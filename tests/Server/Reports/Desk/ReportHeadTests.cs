using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Desk;
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

        (string State, Instant? Until) StateOf(string text, Instant now)
        {
            ReportNumber.TryParse(text, out var number).Should().BeTrue();
            var head = desk.Store.Read(session => ReportHead.Read(session, desk.Scene.Fleet, desk.Tasks, number, now))!; // There is such a place.
            return (head.State, head.Until);
        }
    }
}
