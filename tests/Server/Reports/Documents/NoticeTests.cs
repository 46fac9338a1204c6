using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Tests.Reports.Documents;

public sealed class NoticeTests
{
    private static readonly Dictionary<string, Func<ReportDocument>> Cases = new()
    {
        ["found-later"] = SampleReports.Excursion,
        ["reopened"] = SampleReports.Excursion,
        ["outstanding"] = SampleReports.Excursion,
        ["left-before"] = SampleReports.Excursion,
        ["unknown"] = SampleReports.Excursion,
        ["excluded"] = SampleReports.Excursion,
        ["unverified"] = SampleReports.Excursion,
        ["calibration"] = SampleReports.Excursion,
        ["statement"] = SampleReports.Excursion,
        ["draft"] = SampleReports.UnitPeriod,
        ["void"] = () => SampleReports.Excursion() with { VoidAt = SampleReports.To, VoidReason = "more is known" },
        ["unfinished"] = () => With(content => content with { IsUnfinished = true }),
        ["retracted"] = () => Found(finding => finding with { Status = "retracted" }),
        ["superseded"] = () => Found(finding => finding with { Status = "superseded", SupersededBy = 14 }),
        ["conflict"] = () => Found(finding => finding with { IsConflict = true }),
        ["declared-lost"] = () => Found(finding => finding with { IsDeclaredLost = true }),
        ["end-not-seen"] = () => Found(finding => finding with { End = null, EndReason = EndReason.Unknown }),
        ["unit-held"] = () => Of(excursion => excursion with { StorageUnitHold = excursion.StorageUnitHold! with { Decisions = [] } }), // The sample has one.
        ["recorded-from"] = () => SampleReports.Alarms() with
        {
            Content = SampleReports.Alarms().Content with { Alarms = SampleReports.Alarms().Content.Alarms! with { RecordedFrom = SampleReports.Start } },
        },
        ["nobody"] = () => Of(excursion => excursion with { Acknowledgements = [] }),
        ["no-probe"] = () => Of(excursion => excursion with
        {
            Probes = [.. excursion.Probes.Select(probe => probe with { Mounted = new SpanContent(SampleReports.Start, SampleReports.To) })],
        }),
    };

    public static TheoryData<string> Words => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Notice_OfWhatTheReaderMustKnow_IsOnPageOneInBothLanguages(string word)
    {
        foreach (var texts in new[] { Printing.French, Printing.English })
        {
            Printing.PageOne(await Printing.WriteAsync(Cases[word](), texts)).Should().Contain($"data-notice=\"{word}\"");
        }
    }

    [Fact]
    public async Task Notices_OfAnExcursionWithoutAnyOfThat_AreNone()
    {
        var plain = Of(excursion => excursion with
        {
            Finding = excursion.Finding with { FoundAfter = null },
            Rules = [.. excursion.Rules.Select(rule => rule with { Figures = [] })],
            Probes = [excursion.Probes[0] with { Unknown = [], Figures = excursion.Probes[0].Figures with { Unknown = TimeSpan.Zero, LongestGap = TimeSpan.Zero } }],
            Excluded = [],
            BloodUnits = [],
        });

        var html = await Printing.WriteAsync(plain, Printing.English);

        html.Should().NotContain("data-part=\"notices\"");
        Printing.Seen(html).Should().Contain("temperature known for all of the period looked at (coverage 100\u202f%)");
    }

    [Fact]
    public async Task Notices_OfTheSample_SayHowMuchAndWhy()
    {
        var seen = Printing.Seen(Printing.PageOne(await Printing.WriteAsync(SampleReports.Excursion(), Printing.French)));

        seen.Should().Contain("Découvert après coup\u202f: 5\u202fh\u00a040\u202fmin après les mesures qui le montrent.")
            .And.Contain("Défaut de mesure\u202f: 3\u00a0mesures (load-1), Pic de mesure\u202f: 1\u00a0mesure (load-2)")
            .And.Contain("Poches sorties avant la découverte\u202f: M100126000047.")
            .And.Contain("Décisions à prendre\u202f: M100126000047.")
            .And.Contain("load-2 (non renseigné), air-1 (à étalonner au plus tard le 2026-11-03)")
            .And.Contain("redLine.high");
    }

    [Fact]
    public async Task Void_OnPageOne_SaysWhenAndWhyAndThatNoSignatureCounts()
    {
        var html = await Printing.WriteAsync(SampleReports.Excursion() with { VoidAt = SampleReports.At("2026-11-28T10:00:00Z"), VoidReason = "the excursion has version 3 <b>" }, Printing.French);

        Printing.PageOne(html).Should().Contain("the excursion has version 3 &lt;b&gt;").And.Contain("28/11/2026 11:00:00 (2026-11-28 10:00:00Z)");
        html.Split("ne compte plus</span>").Should().HaveCount(4, "there are three signatures");
    }

    [Fact]
    public async Task Notices_OfASite_AreOfAllItsStorageUnits()
    {
        var page = Printing.PageOne(await Printing.WriteAsync(SampleReports.SitePeriod(), Printing.English));

        page.Should().Contain("data-notice=\"found-later\"").And.Contain("data-notice=\"outstanding\"").And.Contain("data-notice=\"unknown\"").And.Contain("data-notice=\"excluded\"");
    }

    [Fact]
    public async Task BloodUnits_MoreThanALineHolds_AreCounted()
    {
        var many = Of(excursion => excursion with
        {
            BloodUnits = [.. Enumerable.Range(0, 30).Select(number => excursion.BloodUnits[1] with { Donation = $"M1001260001{number:00}" })],
        });

        Printing.Seen(Printing.PageOne(await Printing.WriteAsync(many, Printing.English))).Should().Contain("M100126000107 and 22\u00a0more").And.NotContain("M100126000108");
    }

    [Theory]
    [InlineData(9, "M100126000107 et 1\u00a0autre.")]
    [InlineData(10, "M100126000107 et 2\u00a0autres.")]
    public async Task BloodUnits_JustMoreThanALineHolds_AreCountedInTheirForm(int count, string text)
    {
        var many = Of(excursion => excursion with
        {
            BloodUnits = [.. Enumerable.Range(0, count).Select(number => excursion.BloodUnits[1] with { Donation = $"M1001260001{number:00}" })],
        });

        Printing.Seen(Printing.PageOne(await Printing.WriteAsync(many, Printing.French))).Should().Contain(text);
    }

    private static ReportDocument Found(Func<FindingContent, FindingContent> change) => Of(excursion => excursion with { Finding = change(excursion.Finding) });

    private static ReportDocument Of(Func<ExcursionContent, ExcursionContent> change) => With(content => content with { Excursion = change(content.Excursion!) }); // The sample is one.

    private static ReportDocument With(Func<ReportContent, ReportContent> change) =>
        SampleReports.Signed(change(SampleReports.Excursion().Content), Instant.Max(SampleReports.To, SampleReports.At("2026-11-27T09:15:00Z")));
}
