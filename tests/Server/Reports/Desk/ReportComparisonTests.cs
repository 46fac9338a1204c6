using System.Text;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;

namespace ColdChain.Server.Tests.Reports.Desk;

public sealed class ReportComparisonTests
{
    private static readonly ReportContent Excursion = MadeReports.Excursion();

    [Fact]
    public void Content_ThatIsTheSame_HasNoDifferences() => ReportComparison.Differences(ReportJson.Write(Excursion), MadeReports.Excursion()).Should().BeEmpty();

    [Fact]
    public void Content_ThatWouldBeAnother_NamesItsMembers()
    {
        var hold = new HoldContent { Id = 2, Since = Excursion.From, PlacedAt = Excursion.To, State = "held", Decisions = [] };

        ReportComparison.Differences(ReportJson.Write(Excursion), MadeReports.Excursion(version: 2, hold)).Should().Equal("excursion.finding.version", "excursion.bloodUnits[0].hold");
    }

    [Fact]
    public void Names_OfPlaces_DoNotCount()
    {
        var month = MadeReports.Period("SU-fridge-1_2026-10");
        var renamed = month.Place with { UnitName = "Fridge by the door", SiteName = "Rabat" };

        ReportComparison.Differences(ReportJson.Write(month), month with { Place = renamed, Units = [month.Units[0] with { Place = renamed }] }).Should().BeEmpty();
        ReportComparison.Differences(ReportJson.Write(month), MadeReports.Period("SU-fridge-1_2026-10", doorOpen: 1) with { Place = renamed }).Should().Equal("units[0].doorOpen.count");
    }

    [Fact]
    public void Place_IsComparedButForItsNames()
    {
        var month = MadeReports.Period("SU-fridge-1_2026-10");
        ReportContent At(PlaceContent place) => month with { Place = place, Units = [month.Units[0] with { Place = place }] };

        ReportComparison.Differences(ReportJson.Write(month), At(month.Place with { Giai = "80041234567890", UnitName = "Fridge by the door" })).Should().Equal("place.giai", "units[0].place.giai");
        ReportComparison.Differences(ReportJson.Write(month), At(month.Place with { Site = "fes", SiteName = "Fès" })).Should().Equal("place.site", "units[0].place.site");
        ReportComparison.Differences(ReportJson.Write(month), At(month.Place with { Zone = "Europe/Paris" })).Should().Equal("place.zone", "units[0].place.zone");
    }

    [Fact]
    public void Names_OfSourcesOfAlarms_DoNotCount()
    {
        var figures = new AlarmFiguresContent { Count = 3, PerWeek = 3, Chattering = 0, Acknowledged = 3, Stale = 0 };
        AlarmsContent Alarms(string name, int count) => new()
        {
            Sources = [new SourceAlarmsContent("storage-unit", "fridge-1", name, figures with { Count = count })], Total = figures, StorageUnits = 1, Yardsticks = [], TopSources = [new("storage-unit", "fridge-1")],
        };
        var stored = Excursion with { Excursion = null, Alarms = Alarms("Fridge 1", 3) };

        ReportComparison.Differences(ReportJson.Write(stored), stored with { Alarms = Alarms("Fridge by the door", 3) }).Should().BeEmpty();
        ReportComparison.Differences(ReportJson.Write(stored), stored with { Alarms = Alarms("Fridge by the door", 4) }).Should().Equal("alarms.sources[0].figures.count");
    }

    [Fact]
    public void Sources_OfOneId_AreTheSameWhenNothingHasChanged()
    {
        var figures = new AlarmFiguresContent { Count = 3, PerWeek = 3, Chattering = 0, Acknowledged = 3, Stale = 0 };
        AlarmsContent Alarms(string unit) => new()
        {
            Sources = [new SourceAlarmsContent("site", "rabat", "Centre régional", figures), new SourceAlarmsContent("storage-unit", "rabat", unit, figures)],
            Total = figures, StorageUnits = 1, Yardsticks = [], TopSources = [],
        };
        var stored = Excursion with { Excursion = null, Alarms = Alarms("Fridge of Rabat") };

        ReportComparison.Differences(ReportJson.Write(stored), stored).Should().BeEmpty();
        ReportComparison.Differences(ReportJson.Write(stored), stored with { Alarms = Alarms("Fridge by the door") }).Should().BeEmpty();
    }

    [Fact]
    public void Form_OfAnotherVersion_IsNotCompared() =>
        ReportComparison.Differences(Encoding.UTF8.GetBytes($$"""{"form":{{ReportContent.CurrentForm + 1}},"whatever":1}"""), Excursion).Should().BeNull();

    [Fact]
    public void Reason_OfMany_NamesSomeAndCountsTheRest() => ReportComparison.ReasonOf([.. Enumerable.Range(1, 15).Select(number => $"m{number}")])
        .Should().StartWith("Its content would be another one now: m1, m2,").And.EndWith("m12 and 3 more");
}
