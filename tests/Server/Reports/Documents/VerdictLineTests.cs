using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Documents;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Tests.Reports.Documents;

public sealed class VerdictLineTests
{
    private static readonly Instant From = SampleUnits.WeekFrom;
    private static readonly Instant To = SampleUnits.WeekTo;

    [Fact]
    public void Verdict_OfTheSample_SaysSideTimePeakBloodAndCoverage()
    {
        Of(SampleReports.Excursion(), Printing.English).Should().Be(
            "Too warm for 3\u202fh\u00a012\u202fmin, up to 9.4\u202f°C against a limit of 6\u202f°C; 2\u00a0blood units inside (1\u00a0discarded, 1\u00a0held without a decision, 1\u00a0of them had left before it was found); "
            + "coverage 93.3\u202f% of the period looked at: nobody knows for 45\u202fmin.");
        Of(SampleReports.Excursion(), Printing.French).Should().Be(
            "Trop chaud pendant 3\u202fh\u00a012\u202fmin, jusqu’à 9,4\u202f°C pour une limite de 6\u202f°C\u202f; 2\u00a0poches à l’intérieur (1\u00a0mise au rebut, 1\u00a0en quarantaine sans décision, dont 1\u00a0sortie avant la découverte)\u202f; "
            + "couverture de 93,3\u202f% de la période examinée\u202f: température inconnue pendant 45\u202fmin.");
    }

    [Theory]
    [InlineData(0, "Always in range; coverage 100\u202f%")]
    [InlineData(1, "In range as long as the temperature is known: coverage 99.99\u202f%, nobody knows for less than 1\u202fs")]
    [InlineData(7_200_000, "In range as long as the temperature is known: coverage 98.8\u202f%, nobody knows for 2\u202fh\u00a000\u202fmin")]
    [InlineData(604_800_000, "Nothing is known: coverage 0\u202f%, nobody knows for 168\u202fh\u00a000\u202fmin")]
    public void Verdict_OfAWeekWithoutFindings_NeverSaysInRangeWithoutTheCoverage(long unknownMilliseconds, string text) =>
        OfUnit(Quiet([Span(unknownMilliseconds)])).Should().Be(text);

    [Fact]
    public void Verdict_OfEveryKindOfPeriod_SaysTheCoverageWhereItSaysInRange()
    {
        UnitPeriodContent[] units =
        [
            Quiet([]), Quiet([Span(60_000)]), Short(), SampleReports.UnitPeriod().Content.Units[0],
            Quiet([Span(20_000_000)]) with { Findings = [SampleReports.UnitPeriod().Content.Units[0].Findings[1]] },
        ];
        foreach (var unit in units)
        {
            new VerdictLine(Printing.French).OfUnit(unit, From, To).Should().MatchRegex("couverture de \\d");
            OfUnit(unit).Should().MatchRegex("coverage \\d");
        }
    }

    [Fact]
    public void Verdict_OfTimeOutTooShortForAnExcursion_DoesNotSayInRange() =>
        OfUnit(Short()).Should().Be("No excursion; out of range for 3\u202fmin at the worst probe, each time for less than the alarm delay; coverage 100\u202f%");

    [Fact]
    public void Verdict_WhenOneOfTwoLoadProbesIsUnknown_CountsThatAsUnknown()
    {
        var second = SampleUnits.Quiet().Probes[0] with { Probe = "load-8", Unknown = [Span(3_600_000)] };

        OfUnit(SampleUnits.Quiet() with { Probes = [SampleUnits.Quiet().Probes[0], second] }).Should().Contain("nobody knows for 1\u202fh\u00a000\u202fmin");
    }

    [Fact]
    public void Verdict_WhenOneProbeIsDeadAndTheOtherWasTooWarm_SaysWhatIsKnown()
    {
        var (probe, day) = (SampleUnits.Quiet().Probes[0], To - From);
        var warm = probe with { Figures = probe.Figures with { High = TimeSpan.FromHours(5), InRange = day - TimeSpan.FromHours(5) } };
        var dead = probe with { Probe = "load-8", Unknown = [new SpanContent(From, To)], Figures = probe.Figures with { InRange = TimeSpan.Zero, Unknown = day, LongestGap = day } };
        var unit = SampleUnits.Quiet() with { Probes = [warm, dead] };
        var excursion = SampleReports.UnitPeriod().Content.Units[0].Findings[0] with { Dispositions = new DispositionsContent(0, 0, 0, 0, 0) };

        OfUnit(unit with { Findings = [excursion] }).Should().Be(
            "1\u00a0excursion; out of range for 5\u202fh\u00a000\u202fmin at the worst probe; coverage 0\u202f%: nobody knows for 168\u202fh\u00a000\u202fmin");
        OfUnit(unit).Should().StartWith("No excursion; out of range for 5\u202fh", "it is no excursion where the rule says so, and was out of range all the same");
        Of(SampleReports.Draft(SampleReports.SitePeriod().Content with { Units = [unit with { Findings = [excursion] }, SampleUnits.Quiet()] }, To), Printing.English).Should().StartWith("2\u00a0storage units: 1\u00a0excursion;");
    }

    [Fact]
    public void Verdict_OfUnknownTimesThatAreNotToldOneByOne_NeverCountsThemAsKnown()
    {
        var probe = SampleUnits.Quiet().Probes[0];
        ProbeContent Untold(string id, double hours) => probe with { Probe = id, UnknownLeftOut = new LeftOutContent(50, TimeSpan.FromHours(hours)), Figures = probe.Figures with { Unknown = TimeSpan.FromHours(hours) } };

        OfUnit(SampleUnits.Quiet() with { Probes = [Untold("load-7", 10), Untold("load-8", 20)] }).Should().Contain("nobody knows for 30\u202fh\u00a000\u202fmin", "they may have been unknown one after the other");
        OfUnit(SampleUnits.Quiet() with { Probes = [Untold("load-7", 100), Untold("load-8", 120)] }).Should().StartWith("Nothing is known: coverage 0\u202f%");
    }

    [Fact]
    public void Verdict_OfAFindingThatWasTakenBack_SaysWhatIsOutstanding()
    {
        var takenBack = SampleReports.UnitPeriod().Content.Units[0].Findings[0] with { Status = "retracted", Dispositions = new DispositionsContent(40, 0, 0, 0, 40) };
        var unit = SampleUnits.Quiet() with { Findings = [takenBack] };

        OfUnit(unit).Should().Be("Always in range; coverage 100\u202f%; 1\u00a0finding retracted or superseded; decisions outstanding: 40\u00a0held without a decision");
        OfUnit(unit with { Findings = [takenBack with { IsUnitUndecided = true, Dispositions = new DispositionsContent(0, 0, 0, 0, 0) }] }).Should().EndWith(
            "decisions outstanding: 1\u00a0storage unit held without a decision");
        OfUnit(unit with { Probes = [] }).Should().EndWith("decisions outstanding: 40\u00a0held without a decision");
        Of(SampleReports.Draft(SampleReports.SitePeriod().Content with { Units = [unit] }, To), Printing.French).Should().EndWith(
            "1\u00a0constat annulé ou remplacé\u202f; décisions à prendre\u202f: 40\u00a0en quarantaine sans décision.");
    }

    [Fact]
    public void Verdict_OfAnAirProbeThatIsUnknown_CountsNothingOfIt()
    {
        var air = SampleUnits.Quiet().Probes[0] with { Probe = "air-7", Role = ProbeRole.Air, Unknown = [Span(3_600_000)] };

        OfUnit(SampleUnits.Quiet() with { Probes = [SampleUnits.Quiet().Probes[0], air] }).Should().Be("Always in range; coverage 100\u202f%");
    }

    [Fact]
    public void Verdict_WhileNoLoadProbeStoodThere_CountsThatAsUnknown()
    {
        var probe = SampleUnits.Quiet().Probes[0] with { Mounted = new SpanContent(From + TimeSpan.FromHours(24), To) };

        OfUnit(SampleUnits.Quiet() with { Probes = [probe] }).Should().Contain("nobody knows for 24\u202fh\u00a000\u202fmin");
    }

    [Fact]
    public void Verdict_OfAStorageUnitOutOfUse_SaysNothingOfItsTemperature() =>
        OfUnit(SampleUnits.Quiet() with { Probes = [] }).Should().Be("Out of use: no probe was in place, and nothing is said of the temperature");

    [Fact]
    public void Verdict_OfASite_AddsUpItsStorageUnits()
    {
        Of(SampleReports.SitePeriod(), Printing.French).Should().StartWith("2\u00a0enceintes\u202f: 1\u00a0excursion, 1\u00a0temps inconnu\u202f; hors limites pendant 1\u202fh\u00a014\u202fmin à la sonde la plus touchée\u202f; couverture de 99,35\u202f%\u202f: température inconnue pendant 2\u202fh\u00a010\u202fmin");
        var quiet = SampleReports.SitePeriod().Content with { Units = [SampleUnits.Quiet(), SampleUnits.Quiet() with { Probes = [] }] };
        Of(SampleReports.Draft(quiet, To), Printing.English).Should().Be("2\u00a0storage units: always in range; coverage 100\u202f%; 1\u00a0storage unit out of use.");
    }

    [Fact]
    public void Verdict_OfAPeriodThatGoesOn_CountsWhatIsOverOnly()
    {
        var content = SampleReports.UnitPeriod().Content;
        var now = From + TimeSpan.FromHours(48);
        var unit = SampleUnits.Quiet() with { Probes = [SampleUnits.Quiet().Probes[0] with { Mounted = new SpanContent(From, now) }] };

        Of(SampleReports.Draft(content with { IsUnfinished = true, Units = [unit] }, now), Printing.English).Should().Be("Always in range; coverage 100\u202f%.");
        Of(SampleReports.Draft(content with { Units = [unit] }, now), Printing.English).Should().Contain("nobody knows for 120\u202fh\u00a000\u202fmin");
    }

    [Fact]
    public void Verdict_OfAnExcursionThatGoesOnOrWhoseEndNobodySaw_SaysSo()
    {
        Found(finding => finding with { End = null, EndReason = EndReason.Open }).Should().StartWith("Too warm for 3\u202fh\u00a012\u202fmin so far (not over), up to");
        Found(finding => finding with { End = null, EndReason = EndReason.Unknown }).Should().StartWith("Too warm for at least 3\u202fh\u00a012\u202fmin (end not seen), up to");
        Found(finding => finding with { Side = Side.Unknown, Peak = null }).Should().StartWith("Temperature unknown for 3\u202fh\u00a012\u202fmin;");
        Found(finding => finding with { Side = Side.Low, Peak = Celsius.FromMilli(1_960) }).Should().StartWith("Too cold for 3\u202fh\u00a012\u202fmin, down to 1.960\u202f°C against a limit of 2\u202f°C");
        Found(finding => finding with { Status = "retracted" }).Should().StartWith("Finding retracted by late data. It said: Too warm");
        Found(finding => finding with { Status = "superseded", SupersededBy = 14 }).Should().StartWith("Finding superseded by no.\u00a014. It said: Too warm");
    }

    [Fact]
    public void Verdict_OfAnExcursion_NamesTheLimitItWasJudgedBy_AndNotTheOneInForceWhenItBegan()
    {
        var cited = new CitedRuleContent("eu-edqm", "2026.3", "abc", "RBC", Celsius.FromMilli(2_000), Celsius.FromMilli(5_500));

        Found(finding => finding with { Rule = cited, Peak = Celsius.FromMilli(5_520) }).Should().Contain("up to 5.520\u202f°C against a limit of 5.5\u202f°C");
        Found(finding => finding with { Rule = cited with { Low = null, High = null } }).Should().StartWith("Too warm for 3\u202fh\u00a012\u202fmin, peak 9.4\u202f°C;");
    }

    private static string Found(Func<FindingContent, FindingContent> change)
    {
        var content = SampleReports.Excursion().Content;
        var excursion = content.Excursion!; // The sample is one.
        return Of(SampleReports.Draft(content with { Excursion = excursion with { Finding = change(excursion.Finding) } }, To), Printing.English);
    }

    private static UnitPeriodContent Quiet(IReadOnlyList<SpanContent> unknown) => SampleUnits.Quiet() with { Probes = [SampleUnits.Quiet().Probes[0] with { Unknown = unknown }] };

    private static UnitPeriodContent Short()
    {
        var probe = SampleUnits.Quiet().Probes[0];
        return SampleUnits.Quiet() with { Probes = [probe with { Figures = probe.Figures with { High = TimeSpan.FromMinutes(2), Low = TimeSpan.FromMinutes(1) } }] };
    }

    private static SpanContent Span(long milliseconds) => new(From, new Instant(From.Milliseconds + milliseconds));

    private static string OfUnit(UnitPeriodContent unit) => new VerdictLine(Printing.English).OfUnit(unit, From, To);

    private static string Of(ReportDocument document, ReportTexts texts) => new VerdictLine(texts).Of(document);
}
