using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Reports.Sheets;

namespace ColdChain.Server.Tests.Reports.Sheets;

public sealed class ReportSheetsTests
{
    [Fact]
    public void Sheets_OfAnExcursion_AreAllThereWithSomethingInEach()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English);

        sheets.Select(sheet => sheet.Name).Should().Equal(
            "Summary", "Signatures", "Excursion", "Versions of the excursion", "Figures by probe", "Rules", "Figures of the rules", "Excluded samples", "Unknown time", "Conditions",
            "Timeline", "Notifications", "Acknowledgements", "Blood units", "Holds and decisions", "Exceeded allowances", "Case", "Extract of the audit trail", "Drawn lines");
        sheets.Should().OnlyContain(sheet => sheet.Rows.Any());
    }

    [Theory]
    [InlineData(ReportKind.UnitPeriod)]
    [InlineData(ReportKind.SitePeriod)]
    public void Sheets_OfAPeriod_AreAllThereWithSomethingInEach(ReportKind kind)
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(kind), SheetSamples.French);

        sheets.Select(sheet => sheet.Name).Should().Equal(
            "Synthèse", "Signatures", "Enceintes", "Excursions et temps inconnu", "Chiffres par sonde", "Règles", "Valeurs des règles", "Mesures non comptées", "Temps inconnu", "Changements", "Courbes");
        sheets.Should().OnlyContain(sheet => sheet.Rows.Any());
    }

    [Fact]
    public void Sheets_OfASite_NameTheStorageUnitOfEachRow()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.SitePeriod), SheetSamples.English);

        Column(sheets, "Figures by probe", "Storage unit id").Should().Equal("fridge-1", "fridge-2");
        Column(sheets, "Storage units", "GIAI").Should().Equal("not recorded", "6130001FRIDGE2");
    }

    [Fact]
    public void Sheets_OfAlarms_AreAllThereWithTheTotalLast()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Alarms), SheetSamples.English);

        sheets.Select(sheet => sheet.Name).Should().Equal("Summary", "Signatures", "Alarms by source", "Yardsticks", "Most frequent alarms");
        Column(sheets, "Alarms by source", "Source").Should().Equal("fridge-1", "Total");
        Column(sheets, "Alarms by source", "Alarms").Should().Equal(5m, 7m);
        Column(sheets, "Alarms by source", "Median time to acknowledge (min)").Should().Equal("nobody", 2.5m);
        Value(sheets, "Number of storage units").Should().Be(41m);
        Value(sheets, "Site").Should().Be("All sites");
    }

    [Theory]
    [InlineData(ReportKind.Excursion)]
    [InlineData(ReportKind.UnitPeriod)]
    [InlineData(ReportKind.SitePeriod)]
    [InlineData(ReportKind.Alarms)]
    public void Rows_OfEverySheet_HaveACellForEachColumn(ReportKind kind)
    {
        foreach (var sheet in ReportSheets.Of(SheetSamples.Of(kind), SheetSamples.French))
        {
            sheet.Rows.Should().OnlyContain(row => row.Count == sheet.Columns.Count, "it is {0}", sheet.Name);
            sheet.Columns.Select(column => column.Header).Should().OnlyHaveUniqueItems("it is {0}", sheet.Name);
        }
    }

    [Fact]
    public void Summary_OfASignedReport_SaysWhatItIsAndWhatItIsWorth()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        var sheets = ReportSheets.Of(document, SheetSamples.French);

        Value(sheets, "Numéro du rapport").Should().Be("EX-12");
        Value(sheets, "Portée du rapport").Should().Be("Aide à la décision, non validée (decision support, not validated)");
        Value(sheets, "GIAI").Should().Be("non renseigné");
        Value(sheets, "Révision (0\u202f: brouillon)").Should().Be(1m);
        Value(sheets, "État du rapport").Should().Be("signé, pas encore approuvé");
        Value(sheets, "SHA-256 du contenu").Should().Be(document.Sha256);
        Value(sheets, "Début inclus").Should().Be(new DateTime(2026, 11, 27, 12, 30, 0, DateTimeKind.Unspecified));
        Column(sheets, "Synthèse", "UTC").Should().Contain("2026-11-27T11:30:00.000Z");
    }

    [Fact]
    public void Summary_SaysOfTheTimeLookedAt_WhatPageOneSays()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        var sheets = ReportSheets.Of(document, SheetSamples.English);

        var known = KnownTime.Of(document)!.Value;

        known.Unknown.Should().BePositive("some of it is unknown");
        Value(sheets, "Coverage of the period looked at, in %").Should().Be(Math.Round((decimal)known.Percent, 6));
        Value(sheets, "Unknown time of the period looked at, in minutes").Should().Be(decimal.Round((decimal)known.Unknown.TotalMinutes, 4));
        Value(sheets, "Longest unknown time at a stretch, in minutes").Should().Be(decimal.Round((decimal)known.Longest.TotalMinutes, 4));
    }

    [Fact]
    public void Summary_OfADraft_SaysThatItIsOne()
    {
        var document = SheetSamples.Of(ReportKind.Excursion) with { Revision = 0, Signatures = [] };

        Value(ReportSheets.Of(document, SheetSamples.English), "State of the report").Should().Be("draft, not signed");
    }

    [Fact]
    public void Summary_OfAVoidReport_SaysSoAndThatNoSignatureCounts()
    {
        var document = SheetSamples.Of(ReportKind.Excursion) with { VoidAt = SheetSamples.Noon, VoidReason = "readings came late" };
        var sheets = ReportSheets.Of(document, SheetSamples.English);

        Value(sheets, "State of the report").Should().BeOfType<string>().Which.Should().StartWith("VOID");
        Value(sheets, "Why it is void").Should().Be("readings came late");
        Column(sheets, "Signatures", "Counts for this content").Should().Equal("no");
        Column(ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English), "Signatures", "Counts for this content").Should().Equal("yes");
    }

    [Fact]
    public void Summary_OfAZoneThatTheMachineLacks_ShowsUtcAndSaysSo()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        document = document with { Content = document.Content with { Place = SheetSamples.Place() with { Zone = "Mars/Olympus" } } };
        var sheets = ReportSheets.Of(document, SheetSamples.English);

        Value(sheets, "Time zone").Should().Be("Mars/Olympus → UTC");
        Value(sheets, "From, included").Should().Be(new DateTime(2026, 11, 27, 11, 30, 0, DateTimeKind.Unspecified));
        Sheet(sheets, "Timeline").Columns[0].Header.Should().Be("Time (UTC)");
    }

    [Fact]
    public void Summary_OfAlarmsThatWereRecordedFromWithinThePeriodOn_SaysFromWhen()
    {
        var document = SheetSamples.Of(ReportKind.Alarms);
        var alarms = document.Content.Alarms! with { RecordedFrom = SheetSamples.At("2026-11-27T12:00:00.000Z") };

        var sheets = ReportSheets.Of(document with { Content = document.Content with { Alarms = alarms } }, SheetSamples.English);

        Value(sheets, "Recorded from (rates are of the time since then)").Should().Be(new DateTime(2026, 11, 27, 13, 0, 0, DateTimeKind.Unspecified));
        Column(ReportSheets.Of(document, SheetSamples.English), "Summary", "What").Should().NotContain("Recorded from (rates are of the time since then)");
    }

    [Fact]
    public void Signals_ThatThereAreNot_AreNotMonitoredAndNeverNone()
    {
        var document = SheetSamples.Of(ReportKind.UnitPeriod);
        var unit = document.Content.Units[0] with { MainsLost = null, DoorOpen = new CountContent(0, TimeSpan.Zero) { Unknown = TimeSpan.FromMinutes(90) } };

        var sheets = ReportSheets.Of(document with { Content = document.Content with { Units = [unit] } }, SheetSamples.English);

        Column(sheets, "Storage units", "Losses of mains").Should().Equal("not monitored");
        Column(sheets, "Storage units", "Time without mains (min)").Should().Equal("not monitored");
        Column(sheets, "Storage units", "Unknown state of the door (min)").Should().Equal(90m);
    }

    [Fact]
    public void Times_ThatAreTooMany_AreOneLineBehindTheOthers()
    {
        var document = SheetSamples.Of(ReportKind.UnitPeriod);
        var unit = document.Content.Units[0];
        var rest = unit.Excluded[0] with { Runs = 900, Total = TimeSpan.FromMinutes(30), Samples = 1_000 };
        unit = unit with { Probes = [unit.Probes[0] with { UnknownLeftOut = new LeftOutContent(7, TimeSpan.FromMinutes(12)) }], Excluded = [unit.Excluded[0], rest] };

        var sheets = ReportSheets.Of(document with { Content = document.Content with { Units = [unit] } }, SheetSamples.English);

        Column(sheets, "Unknown time", "Times").Should().EndWith(7m);
        Column(sheets, "Unknown time", "Duration (min)").Should().EndWith(12m);
        Column(sheets, "Unknown time", "From, included (Africa/Casablanca)").Should().EndWith("shorter times, together");
        Column(sheets, "Excluded samples", "Times").Should().Equal(1m, 900m);
        Column(sheets, "Excluded samples", "Duration in all (min)").Should().Equal(1m, 30m);
    }

    [Fact]
    public void Finding_WithoutAnEnd_SaysThatItWasNotSeen()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English);

        Column(sheets, "Excursion", "End (Africa/Casablanca)").Should().Equal("end not seen");
        Column(sheets, "Excursion", "End (UTC)").Should().Equal([null]);
        Column(sheets, "Excursion", "Area beyond the limit (°C·min)").Should().Equal(10.25m);
        Column(sheets, "Rules", "Lower limit, included (°C)").Should().Equal("none");
        Column(sheets, "Figures of the rules", "Reliability").Should().Equal("read in the text", "from memory, unverified");
    }

    [Fact]
    public void Holds_WithAndWithoutADecision_HaveALineEach()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English);

        Column(sheets, "Holds and decisions", "Donation number").Should().Equal("the storage unit itself", "=1+W1234567890");
        Column(sheets, "Holds and decisions", "Decision").Should().Equal("not decided", "Discard");
        Column(sheets, "Blood units", "Decision").Should().Equal("not decided");
        Column(sheets, "Blood units", "Went to").Should().Equal("not known");
    }

    [Fact]
    public void Excursion_InItsSheet_CitesTheRuleThatJudgedIt()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English);

        Column(sheets, "Excursion", "Rule pack").Should().Equal("ma-blood");
        Column(sheets, "Excursion", "Lower limit, included (°C)").Should().Equal("none");
        Column(sheets, "Excursion", "Upper limit, included (°C)").Should().Equal(5.5m);
    }

    [Fact]
    public void Lists_ThatAreNotWhole_SayInTheSummaryHowMuchIsLeftOut()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.French);

        Value(sheets, "Circonstances omises en raison de leur nombre").Should().Be(2m);
        Value(sheets, "Notifications omises en raison de leur nombre").Should().Be(7m);
    }

    [Fact]
    public void Condition_WhoseEndNobodySaw_SaysFromWhenOnItWasOver()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English);

        Column(sheets, "Conditions", "End (Africa/Casablanca)").Should().Equal("end not seen");
        Column(sheets, "Conditions", "Over at the latest at (UTC)").Should().Equal("2026-11-27T11:34:00.000Z");
    }

    [Fact]
    public void BloodUnit_ThatLeftAfterTheDiscovery_IsToldFromOneThatHadLeftBefore()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        var excursion = document.Content.Excursion!; // The sample is one.
        document = document with { Content = document.Content with { Excursion = excursion with { BloodUnits = [excursion.BloodUnits[0] with { LeftBefore = false, LeftSince = true }] } } };

        var sheets = ReportSheets.Of(document, SheetSamples.English);

        Column(sheets, "Blood units", "Left before it was found").Should().Equal("no");
        Column(sheets, "Blood units", "Left after it was found, before all was known").Should().Equal("yes");
        Column(sheets, "Blood units", "Went to").Should().Equal("not known");
    }

    [Fact]
    public void Words_OfStepsCausesAndConditions_AreThoseOfThePages()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.French);

        Column(sheets, "Traitement", "Objet").Should().Equal(SheetSamples.French.Common.OfStep("door-closed"), SheetSamples.French.Common.OfCause("door-open"));
        Column(sheets, "Circonstances", "Circonstance").Should().Equal(SheetSamples.French.Common.Of(Core.Excursions.ConditionKind.DoorOpen));
        Column(sheets, "Mesures non comptées", "Motif").Should().Equal("Mesures contradictoires");
    }

    [Fact]
    public void Allowances_ThatWereExceeded_AreSaidInWords()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        var excursion = document.Content.Excursion!;
        var bloodUnit = excursion.BloodUnits[0] with { Exceeded = [new(9, "band 6..10 24h", "hold", false, SheetSamples.Noon), new(10, "between-stays", "warn", false, SheetSamples.Noon)] };
        document = document with { Content = document.Content with { Excursion = excursion with { BloodUnits = [bloodUnit] } } };

        Column(ReportSheets.Of(document, SheetSamples.French), "Tolérances dépassées", "Tolérance").Should().Equal("tolérance 6..10 24h", "entre deux enceintes");
    }

    [Fact]
    public void Message_OfWhichThePersonOpenedTheAlarm_IsNotSaidToHaveArrived()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        var excursion = document.Content.Excursion!;
        var failed = excursion.Notifications[0] with { AcceptedAt = null, DeliveredAt = null, SeenAt = SheetSamples.Noon, State = "seen" };
        document = document with { Content = document.Content with { Excursion = excursion with { Notifications = [failed, failed with { AcceptedAt = SheetSamples.Noon }] } } };

        var sheets = ReportSheets.Of(document, SheetSamples.English);

        Column(sheets, "Notifications", "Last state of the message").Should().Equal("not confirmed", "accepted");
        Column(sheets, "Notifications", "Delivered at (UTC)").Should().Equal([null, null]);
        Column(sheets, "Notifications", "Alarm opened by the person at (UTC)").Should().NotContainNulls();
    }

    [Theory]
    [InlineData(null, 8_000, "none", 8.0)]
    [InlineData(null, null, 2.0, 6.0)]
    public void Rule_WithOrWithoutLimitsOfAir_SaysWhichOnesJudgedAir(int? airLow, int? airHigh, object low, object high)
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        var excursion = document.Content.Excursion!;
        var rule = excursion.Rules[0] with { Low = SheetSamples.Degrees(2_000), High = SheetSamples.Degrees(6_000), AirLow = Milli(airLow), AirHigh = Milli(airHigh) };
        document = document with { Content = document.Content with { Excursion = excursion with { Rules = [rule] } } };

        var sheets = ReportSheets.Of(document, SheetSamples.English);

        Column(sheets, "Rules", "Lower limit of air, included (°C)").Select(AsDouble).Should().Equal(low);
        Column(sheets, "Rules", "Upper limit of air, included (°C)").Select(AsDouble).Should().Equal(high);
    }

    // The hour from 2 to 3 is twice on the clock when it is put back: UTC alone tells the two apart.
    [Fact]
    public void Times_WhenClocksArePutBack_AreToldApartByUtc()
    {
        var document = SheetSamples.Of(ReportKind.Excursion);
        TimelineContent[] timeline = [new(SheetSamples.At("2026-10-25T00:30:00.000Z"), TimelineKinds.Alarm, "", ""), new(SheetSamples.At("2026-10-25T01:30:00.000Z"), TimelineKinds.Ended, "", "")];
        document = document with
        {
            Content = document.Content with { Place = SheetSamples.Place() with { Zone = "Europe/Paris" }, Excursion = document.Content.Excursion! with { Timeline = timeline } },
        };

        var sheets = ReportSheets.Of(document, SheetSamples.English);

        var wall = new DateTime(2026, 10, 25, 2, 30, 0, DateTimeKind.Unspecified);
        Column(sheets, "Timeline", "Time (Europe/Paris)").Should().Equal(wall, wall);
        Column(sheets, "Timeline", "Time (UTC)").Should().Equal("2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z");
    }

    [Fact]
    public void Report_WithoutWhatItIsAbout_IsRefusedWithItsNumber()
    {
        var document = SheetSamples.Document(SheetSamples.Content(ReportKind.Excursion));

        var sheets = () => ReportSheets.Of(document, SheetSamples.English);

        sheets.Should().Throw<ArgumentException>().WithMessage("*EX-12*");
    }

    private static Core.Readings.Celsius? Milli(int? milli) => milli is { } known ? SheetSamples.Degrees(known) : null;

    private static object? AsDouble(object? value) => value is decimal number ? (double)number : value;

    private static Sheet Sheet(IReadOnlyList<Sheet> sheets, string name) => sheets.Single(sheet => sheet.Name == name);

    private static IEnumerable<object?> Column(IReadOnlyList<Sheet> sheets, string name, string header)
    {
        var sheet = Sheet(sheets, name);
        var place = sheet.Columns.Select(column => column.Header).ToList().IndexOf(header);
        place.Should().BeGreaterThanOrEqualTo(0, "{0} has a column {1}", name, header);
        return sheet.Rows.Select(row => Plain(row[place])).ToList();
    }

    private static object? Value(IReadOnlyList<Sheet> sheets, string what) => Plain(sheets[0].Rows.Single(row => row[0].Text == what)[1]);

    private static object? Plain(SheetCell cell) => cell.Kind switch
    {
        CellKind.Empty => null,
        CellKind.Text => cell.Text,
        CellKind.Number => cell.Number,
        _ => cell.Time,
    };
}
