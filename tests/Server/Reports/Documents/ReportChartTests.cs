using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Documents.Charts;

namespace ColdChain.Server.Tests.Reports.Documents;

public sealed partial class ReportChartTests
{
    [Fact]
    public void Gap_OfALoadProbe_IsHatchedAndNoLineOfItCrossesIt()
    {
        var picture = Draw(Subject());

        var gap = Of(picture, "rect", "gap").Should().ContainSingle().Subject;
        var (left, width) = (Number(gap, "x"), Number(gap, "width"));
        width.Should().BeGreaterThan(10);
        gap.ElementsAfterSelf().First().Attribute("class")!.Value.Should().Be("hatch");
        var pieces = Pieces(Of(picture, "path", "load").Single(line => line.Attribute("data-probe")!.Value == "load-1"));
        pieces.Should().HaveCount(3, "it is broken by the gap, and by the faults behind the excursion");
        pieces.Should().AllSatisfy(piece => (piece.Max() <= left + 0.01 || piece.Min() >= left + width - 0.01).Should().BeTrue("a piece lies on one side of the gap"));
    }

    [Fact]
    public void Time_WithoutALoadProbe_IsHatchedAsUnknown()
    {
        var subject = Subject();
        var late = SampleReports.Start;

        var picture = Draw(subject with { Probes = [.. subject.Probes.Select(probe => probe with { Unknown = [], Mounted = probe.Mounted with { From = late } })] });

        var gap = Of(picture, "rect", "gap").Should().ContainSingle().Subject;
        (Number(gap, "x") + Number(gap, "width")).Should().BeApproximately(Number(Of(Draw(subject), "rect", "excursion").Single(), "x"), 0.5, "the excursion begins where the probe was put in");
    }

    [Fact]
    public void Gap_WhoseLineHasNoBreak_IsNotCrossedEither()
    {
        var probe = SampleProbes.Excursion();
        var unbroken = probe with { Line = [.. probe.Line.Where(point => point.Celsius is not null)] };

        ChartLines.Pieces(unbroken).Should().HaveCount(2).And.AllSatisfy(
            piece => (piece[^1].At <= SampleReports.Gap.From || piece[0].At >= SampleReports.Gap.To).Should().BeTrue());
    }

    [Fact]
    public void Lines_OfLoadAndAirProbes_DifferByMoreThanTheirColour()
    {
        var picture = Draw(Subject());

        Of(picture, "path", "load").Select(line => line.Attribute("stroke-dasharray")!.Value).Should().AllBe("none");
        Of(picture, "path", "air").Single().Attribute("stroke-dasharray")!.Value.Should().Be("4 2.5");
        picture.Descendants("path").Select(path => path.Attribute("transform")).Where(transform => transform is not null).Should().HaveCountGreaterThan(8, "load probes have marks");
    }

    [Fact]
    public void Excursion_InThePicture_IsNamedAndItsPeakIsWritten()
    {
        var picture = Draw(Subject());

        Of(picture, "rect", "excursion").Should().ContainSingle();
        Of(picture, "circle", "peak").Should().ContainSingle();
        Labels(picture).Should().Contain("Trop chaud (n° 12)").And.Contain("9,4\u202f°C · 04:02");
    }

    // The peak lies outside of the picture: what was furthest out within it must not be called the peak.
    [Fact]
    public void Peak_ThatIsNotInThePicture_IsNotWrittenAtAnotherPoint()
    {
        var picture = Draw(Subject() with { Findings = [new ChartFinding(12, Side.High, "load-1", SampleReports.Start, SampleReports.End, Celsius.FromMilli(12_000))] });

        Of(picture, "rect", "excursion").Should().ContainSingle();
        Of(picture, "circle", "peak").Should().BeEmpty();
        Labels(picture).Should().NotContain(label => label.StartsWith("12,0", StringComparison.Ordinal));
    }

    [Fact]
    public void Condition_WhoseEndNobodySaw_IsDrawnToWhereItSurelyWasOver()
    {
        var start = SampleReports.Start;
        ConditionContent unseen = new("mains-lost", "mains", start, null, false);

        var (over, open) = (Ribbon(unseen with { OverBy = start + TimeSpan.FromHours(1) }), Ribbon(unseen));

        Number(over, "width").Should().BeApproximately(Number(Ribbon(unseen with { To = start + TimeSpan.FromHours(1) }), "width"), 0.01);
        (Number(open, "x") + Number(open, "width")).Should().BeApproximately(ChartScale.Right, 0.01, "it goes on");

        static XElement Ribbon(ConditionContent condition) => Of(Draw(Subject() with { Conditions = [condition], Excluded = [] }), "rect", "ribbon").Single();
    }

    [Fact]
    public void Conditions_UnderTheAxis_AreLabelledRibbonsWithTheDoorFirst()
    {
        var labels = Labels(Draw(Subject()));

        labels.Should().ContainInOrder("Porte ouverte", "Coupure de courant", "Air hors limites", "Mesures non comptées");
    }

    [Fact]
    public void Limits_ThatChange_AreTwoBands()
    {
        var unit = SampleReports.UnitPeriod().Content.Units[0];
        var subject = Subject() with { From = SampleUnits.WeekFrom, To = SampleUnits.WeekTo, Probes = unit.Probes, Rules = unit.Rules, Conditions = [], Excluded = [], Findings = [] };

        var bands = Of(Draw(subject), "rect", "band").ToList();

        bands.Should().HaveCount(2);
        (Number(bands[0], "x") + Number(bands[0], "width")).Should().BeApproximately(Number(bands[1], "x"), 0.02);
        Number(bands[0], "height").Should().BeGreaterThan(Number(bands[1], "height"), "the first rule allows more");
    }

    [Fact]
    public void Scale_OfACalmFridge_ShowsSixDegreesAtLeast()
    {
        var probe = SampleProbes.Second() with { Line = [new PointContent(SampleReports.From, Celsius.FromMilli(4_000)), new PointContent(SampleReports.To, Celsius.FromMilli(4_010))] };

        var scale = ChartScale.Of(SampleReports.From, SampleReports.To, [probe], []);

        (scale.HighMilli - scale.LowMilli).Should().Be(ChartScale.SpanMinMilli);
        scale.LowMilli.Should().BeLessThan(4_000);
    }

    [Fact]
    public void Picture_OfNothingMeasured_IsDrawnWithoutLines()
    {
        var picture = Draw(Subject() with { Probes = [SampleProbes.Excursion() with { Line = [], Unknown = [new SpanContent(SampleReports.From, SampleReports.To)] }], Findings = [] });

        Of(picture, "rect", "gap").Should().ContainSingle();
        Of(picture, "path", "load").Single().Attribute("d")!.Value.Should().BeEmpty();
    }

    [Fact]
    public void Names_OfManyExcursions_AreShortenedOrLeftOutBeforeTheyOverlap()
    {
        var findings = Enumerable.Range(1, 12).Select(id => new ChartFinding(id, Side.High, "load-1", SampleReports.Start + TimeSpan.FromMinutes(8 * id), SampleReports.Start + TimeSpan.FromMinutes((8 * id) + 2), null));

        var labels = Labels(Draw(Subject() with { Findings = [.. findings] })).Where(label => label.Contains("n°", StringComparison.Ordinal)).ToList();

        labels[0].Should().Be("Trop chaud (n° 1)");
        labels.Count.Should().BeInRange(2, 11);
        labels.Should().Contain(label => label.StartsWith("n°", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_InThePicture_AreEncoded()
    {
        var probe = SampleProbes.Second() with { Probe = "\"><script>" };

        new ReportChart(Printing.French).Draw(Subject() with { Probes = [probe], Findings = [] }).Should().NotContain("<script>");
    }

    [Theory]
    [InlineData("2026-11-26T00:10:00Z", "2026-11-26T06:10:00Z", "Africa/Casablanca", "01:30|02:00")]
    [InlineData("2026-11-25T21:12:30Z", "2026-11-26T08:24:37Z", "Asia/Kathmandu", "03:00|04:00")]
    [InlineData("2026-11-22T23:00:00Z", "2026-11-29T23:00:00Z", "Africa/Casablanca", "23/11|24/11")]
    public void Axis_OfAZone_HasRoundMarks(string from, string to, string zone, string first)
    {
        var marks = TimeAxis.Marks(SampleReports.At(from), SampleReports.At(to), TimeZoneInfo.FindSystemTimeZoneById(zone), 12, ("dd/MM", CultureInfo.InvariantCulture));

        marks.Count.Should().BeInRange(4, 13);
        string.Join('|', marks.Take(2).Select(mark => mark.Time.Length > 0 ? mark.Time : mark.Day)).Should().Be(first);
    }

    [Fact]
    public void Axis_OverAChangeOfTheClocks_GoesOnInLocalTime()
    {
        var marks = TimeAxis.Marks(SampleReports.At("2026-10-24T22:00:00Z"), SampleReports.At("2026-10-25T04:00:00Z"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), 7, ("dd/MM", CultureInfo.InvariantCulture));

        marks.Select(mark => mark.Time).Should().Equal("00:00", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00");
    }

    [Fact]
    public void Axis_OfAYear_HasMonths()
    {
        var marks = TimeAxis.Marks(SampleReports.At("2025-12-31T23:00:00Z"), SampleReports.At("2026-12-31T23:00:00Z"), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), 12, ("dd/MM", CultureInfo.InvariantCulture));

        marks.Should().HaveCount(13);
        marks[0].Day.Should().Be("Jan");
    }

    private static ChartSubject Subject()
    {
        var excursion = SampleReports.Excursion().Content.Excursion!; // The sample is one.
        return new ChartSubject
        {
            Id = "chart",
            From = SampleReports.From,
            To = SampleReports.To,
            Zone = TimeZoneInfo.FindSystemTimeZoneById(SampleReports.Zone),
            Probes = excursion.Probes,
            Rules = excursion.Rules,
            Conditions = excursion.Conditions,
            Excluded = excursion.Excluded,
            Findings = [new ChartFinding(12, Side.High, "load-1", SampleReports.Start, SampleReports.End, Celsius.FromMilli(9_412))],
        };
    }

    private static XElement Draw(ChartSubject subject) => XElement.Parse(new ReportChart(Printing.French).Draw(subject));

    private static IEnumerable<XElement> Of(XElement picture, string name, string look) => picture.Descendants(name).Where(element => element.Attribute("class")?.Value == look);

    private static IEnumerable<string> Labels(XElement picture) => picture.Descendants("text").Select(text => text.Value);

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);

    private static List<List<double>> Pieces(XElement line) =>
        [.. line.Attribute("d")!.Value.Split('M', StringSplitOptions.RemoveEmptyEntries).Select(piece => Abscissas().Matches(piece).Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList())];

    [GeneratedRegex(@"(?:^|L)([\d.]+) ")]
    private static partial Regex Abscissas();
}
