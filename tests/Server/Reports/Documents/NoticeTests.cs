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
        ["left-since"] = () => Of(excursion => excursion with { BloodUnits = [excursion.BloodUnits[1] with { LeftBefore = false, LeftSince = true }] }),
        ["changed-later"] = () => Found(finding => finding with { FoundAfter = null }),
        ["left-out"] = () => Of(excursion => excursion with { ConditionsLeftOut = 3, NotificationsLeftOut = 12 }),
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
            Versions = [],
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
    public async Task Notice_OfAChangeThatCameLate_NamesTheVersionsAndIsLeftToTheOneOfTheDiscovery()
    {
        var changed = Of(excursion => excursion with
        {
            Finding = excursion.Finding with { FoundAfter = null },
            Versions = [excursion.Versions[0] with { FoundAfter = null }, excursion.Versions[1], excursion.Versions[1] with { Version = 3, FoundAfter = TimeSpan.FromHours(9) }],
        });

        Printing.Seen(Printing.PageOne(await Printing.WriteAsync(changed, Printing.English))).Should().Contain("Found in time, changed later: version 2, 3, up to 9\u202fh\u00a000\u202fmin after the readings that show it.");
        Printing.Seen(Printing.PageOne(await Printing.WriteAsync(changed, Printing.French))).Should().Contain("Découvert à temps, modifié après coup\u202f: version 2, 3, jusqu’à 9\u202fh\u00a000\u202fmin après les mesures qui la montrent.");
        Printing.PageOne(await Printing.WriteAsync(SampleReports.Excursion(), Printing.English)).Should().NotContain("data-notice=\"changed-later\"");
    }

    [Fact]
    public async Task BloodUnit_ThatLeftAfterTheDiscovery_IsNotSaidToHaveLeftBefore()
    {
        var seen = Printing.Seen(await Printing.WriteAsync(Cases["left-since"](), Printing.English));

        seen.Should().Contain("Blood units that left after it was found, before all of this was known: M100126000047.")
            .And.Contain("1\u00a0of them left after it was found").And.Contain("left after it was found, before all of this was known, to fridge-9").And.NotContain("left before");
    }

    [Fact]
    public async Task Lists_ThatAreNotWhole_SayHowMuchIsLeftOut()
    {
        var html = await Printing.WriteAsync(Cases["left-out"](), Printing.English);

        Printing.Seen(Printing.PageOne(html)).Should().Contain("Left out here for their number: 3\u00a0conditions, 12\u00a0decisions to tell somebody.");
        Printing.Seen(html).Should().Contain("Left out for their number: 12\u00a0decisions to tell somebody.");
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
