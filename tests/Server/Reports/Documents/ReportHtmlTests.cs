using System.Text.RegularExpressions;
using ColdChain.Server.Audit;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Tests.Reports.Documents;

public sealed partial class ReportHtmlTests
{
    private static readonly Dictionary<string, Func<ReportDocument>> Samples = new()
    {
        ["excursion"] = SampleReports.Excursion,
        ["site"] = SampleReports.SitePeriod,
        ["unit"] = SampleReports.UnitPeriod,
        ["alarms"] = SampleReports.Alarms,
    };

    public static TheoryData<string, string> All
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var sample in Samples.Keys)
            {
                all.Add(sample, "fr");
                all.Add(sample, "en");
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Document_OfEverySample_NeedsNothingElseAndRunsNothing(string sample, string language)
    {
        var html = await WriteAsync(sample, language);

        html.Should().StartWith("<!DOCTYPE html>\n<html").And.Contain($"lang=\"{language}\" dir=\"ltr\"").And.Contain("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
        html.Should().NotContainAny("<script", "src=", "href=", "url(", "@import", "http:", "https:", "javascript:");
        Components().IsMatch(html).Should().BeFalse("every component is written, and none left as its name");
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Document_OfEverySample_SaysNumberHashStatementAndHowToVerifyIt(string sample, string language)
    {
        var document = Samples[sample]();

        var seen = Printing.Seen(await WriteAsync(sample, language));

        seen.Should().Contain(document.Content.Number).And.Contain(document.Sha256).And.Contain("Africa/Casablanca");
        seen.Contains("dotnet ColdChain.Server.dll verify-bundle", StringComparison.Ordinal).Should().Be(sample is not ("site" or "alarms"), "of those there is no bundle");
        seen.Contains($".zip --key {AnchorKey.PublicFileName}", StringComparison.Ordinal).Should().Be(sample is not ("site" or "alarms"), "without a key, the origin is not checked");
        seen.Should().Contain(language == "fr" ? "Aide à la décision, non validée." : "Decision support, not validated.");
    }

    [Theory]
    [InlineData("en", "Lost mains: not monitored", "Door open beyond its delay: never while the state was known; state unknown for 2\u202fh\u00a000\u202fmin", "Door open beyond its delay: state unknown for 2\u202fh\u00a000\u202fmin")]
    [InlineData("fr", "Coupures de courant\u202f: non surveillé", "jamais tant que l’état était connu\u202f; état inconnu pendant 2\u202fh\u00a000\u202fmin", "Porte ouverte au-delà du délai\u202f: état inconnu pendant 2\u202fh\u00a000\u202fmin")]
    public async Task DoorAndMains_ThatNobodyKnows_AreNeverCalledNever(string language, string notMonitored, string partly, string wholly)
    {
        var unknown = new CountContent(0, TimeSpan.Zero) { Unknown = TimeSpan.FromHours(2) };

        (await SeenAsync(unknown with { Known = TimeSpan.FromHours(1) })).Should().Contain(notMonitored).And.Contain(partly);
        (await SeenAsync(unknown)).Should().Contain(wholly);

        async Task<string> SeenAsync(CountContent door)
        {
            var unit = SampleUnits.Quiet() with { MainsLost = null, DoorOpen = door };
            var html = await Printing.WriteAsync(SampleReports.Draft(SampleReports.UnitPeriod().Content with { Units = [unit] }, SampleUnits.WeekTo), language == "fr" ? Printing.French : Printing.English);
            return Regex.Replace(Printing.Seen(html[html.IndexOf("data-part=\"door-power\"", StringComparison.Ordinal)..]), "[ \n]+", " ");
        }
    }

    [Theory]
    [InlineData("fr", "BROUILLON")]
    [InlineData("en", "DRAFT")]
    public async Task Draft_InItsLanguage_SaysSoOnThePageAndInTheMarginOfEachPage(string language, string word)
    {
        var html = await WriteAsync("unit", language);

        Printing.Seen(html).Should().Contain(word);
        html.Should().Contain($"@top-center {{ content: \"{word}\"; }}");
        (await WriteAsync("excursion", language)).Should().NotContain(word);
    }

    [Theory]
    [InlineData("fr", "pas de taux")]
    [InlineData("en", "no rate")]
    public async Task Rates_OfAlarms_AreNotTold_OfLessThanADay(string language, string words)
    {
        var sample = SampleReports.Alarms();
        var alarms = sample.Content.Alarms!; // The sample is of alarms.
        var brief = alarms with { Total = alarms.Total with { PerWeek = null }, Yardsticks = [alarms.Yardsticks[0] with { Found = null }] };

        var seen = Printing.Seen(await Printing.WriteAsync(sample with { Content = sample.Content with { Alarms = brief } }, language == "fr" ? Printing.French : Printing.English));

        Regex.Count(seen, words).Should().Be(3, "the verdict, the totals and the yardstick say so");
        seen.Should().NotContain("dépassé").And.NotContain("exceeded").And.NotContain("✓");
    }

    [Fact]
    public async Task KeyFigures_OfAProbeThatWasCalibratedAnew_HaveTheKineticMeanOfEachMounting()
    {
        var document = SampleReports.Excursion();
        var excursion = document.Content.Excursion!; // The sample is one.
        var probe = excursion.Probes[0];
        var half = SampleReports.Start + TimeSpan.FromHours(1);
        ProbeContent[] two =
        [
            probe with { Mounted = new SpanContent(SampleReports.From, half), Figures = probe.Figures with { MeanKinetic = 5.11 } },
            probe with { Mounted = new SpanContent(half, SampleReports.To), Figures = probe.Figures with { MeanKinetic = 7.22 } },
        ];

        var html = await Printing.WriteAsync(document with { Content = document.Content with { Excursion = excursion with { Probes = two } } }, Printing.English);

        var figure = Printing.Seen(Printing.PageOne(html).Split("data-figure=\"mean-kinetic\"")[1].Split("</div>")[0]);
        figure.Should().Contain("5.11\u202f°C").And.Contain("7.22\u202f°C").And.Contain("one for each mounting");
        Printing.Seen(Printing.PageOne(await Printing.WriteAsync(document, Printing.English))).Should().NotContain("one for each mounting");
    }

    [Fact]
    public async Task Margin_OfEachPage_HasNumberRevisionHashCommandAndPage()
    {
        var document = SampleReports.Excursion();

        var html = await Printing.WriteAsync(document, Printing.English);

        html.Should().Contain(@"@top-left { content: ""EX\2d 12\20 \b7 \20 Revision\20 2""; }");
        html.Should().Contain($@"""SHA\2d 256\20 {document.Sha256[..16]}\2026 """);
        html.Should().Contain(@"""dotnet\20 ColdChain\2e Server\2e dll\20 verify\2d bundle\20 BUNDLE\2e zip\20 \2d \2d key\20 audit\2d key\2e pub\2e pem""").And.Contain(@"""page\20 "" counter(page) "" / "" counter(pages)");
    }

    [Fact]
    public async Task Text_OfPeopleAndDevices_IsEncoded()
    {
        var html = await WriteAsync("excursion", "fr");

        html.Should().Contain("&lt;script&gt;alert(1)&lt;/script&gt;").And.NotContain(SampleReports.Script);
        Printing.Seen(html).Should().Contain(SampleReports.Formula);
        (await WriteAsync("alarms", "en")).Should().Contain("&lt;script&gt;").And.NotContain(SampleReports.Script);
    }

    [Fact]
    public async Task Excursion_InFrench_HasItsPartsInTheirOrder()
    {
        var html = await WriteAsync("excursion", "fr");

        string[] parts =
            ["head", "verdict", "notices", "figures", "chart", "page-two", "timeline", "probes", "rules", "excluded", "notifications", "blood-units", "case", "versions", "signatures", "rule-figures", "audit", "verification"];
        Parts().Matches(html).Select(match => match.Groups[1].Value).Should().Equal(parts);
    }

    [Fact]
    public async Task Excursion_InFrench_TellsWhatHappenedInWords()
    {
        var seen = Squeezed(Printing.Seen(await WriteAsync("excursion", "fr")));

        seen.Should().Contain("26/11/2026 04:02:30 2026-11-26 03:02:30Z Valeur extrême · 9,412\u202f°C")
            .And.Contain("après 5:43")
            .And.Contain("non prévenu\u202f: prise en charge")
            .And.Contain("hors des limites ..2|6..\u202f: à mettre en quarantaine")
            .And.Contain("tolérance 6..10 24h\u202f: mise au rebut proposée (possible, non certain)")
            .And.Contain("Salma Benali ( s.benali )")
            .And.Contain("J’ai préparé ce rapport et je déclare qu’il est complet.")
            .And.Contain("I prepared this report and say that it is complete.")
            .And.Contain("de mémoire, non vérifiée");
    }

    [Fact]
    public async Task Value_ThatIsNotRecorded_IsSaidToBeSo()
    {
        var seen = Squeezed(Printing.Seen(await WriteAsync("excursion", "en")));

        seen.Should().Contain("GIAI not recorded").And.Contain("Certificate LNE-2026-0417 not recorded LNE-2025-1188").And.Contain("Uncertainty (k = 2) ± 0.15\u202f°C not recorded ± 0.30\u202f°C");
    }

    [Fact]
    public async Task Signature_ThatIsMissing_LeavesLinesToWriteOn()
    {
        var html = await WriteAsync("site", "en");

        html.Should().Contain("data-meaning=\"prepared\" data-signed=\"true\"").And.Contain("data-meaning=\"reviewed\" data-signed=\"false\"").And.Contain("data-meaning=\"approved\" data-signed=\"false\"");
        html.Split("class=\"blank\"").Should().HaveCount(7);
    }

    [Fact]
    public async Task Signature_BoundToAnotherContent_SaysSo()
    {
        var document = SampleReports.Excursion();
        document = document with { Signatures = [document.Signatures[0] with { Sha256 = new string('0', 64) }] };

        Printing.Seen(await Printing.WriteAsync(document, Printing.English)).Should().Contain("this signature is bound to another content (0000000000000000…)");
    }

    [Fact]
    public async Task Signature_InAZoneThatTheMachineLacks_IsShownInUtcUnderThatName()
    {
        var document = SampleReports.Excursion();
        document = document with { Signatures = [document.Signatures[0] with { Zone = "Nowhere/At_All" }] };

        Squeezed(Printing.Seen(await Printing.WriteAsync(document, Printing.English))).Should().Contain("27 Nov 2026 09:35:00 2026-11-27 09:35:00Z UTC").And.NotContain("Nowhere");
    }

    [Fact]
    public async Task Rules_ThatChangedWithinThePeriod_HaveTheirTimes()
    {
        var seen = Squeezed(Printing.Seen(await WriteAsync("unit", "fr")));

        seen.Should().Contain("23/11/2026 00:00:00 2026-11-22 23:00:00Z → 25/11/2026 09:00:00 2026-11-25 08:00:00Z de 2 à 8\u202f°C");
        seen.Should().Contain("Porte ouverte au-delà du délai\u202f: 3\u00a0fois, 41\u202fmin en tout");
    }

    [Fact]
    public async Task Place_WhoseZoneNobodyKnows_IsShownInUtc()
    {
        var document = SampleReports.UnitPeriod();
        var place = document.Content.Place with { Zone = "Nowhere/At_All" };

        var seen = Squeezed(Printing.Seen(await Printing.WriteAsync(document with { Content = document.Content with { Place = place } }, Printing.English)));

        seen.Should().Contain("22 Nov 2026 23:00:00 2026-11-22 23:00:00Z").And.Contain("UTC (UTC+00:00)");
    }

    // A bundle that somebody signs with a key of his own is right by that key.
    [Fact]
    public async Task Verification_OfABundle_NamesTheKeyThatTheReaderBrings_AndWhichOneItIs()
    {
        var seen = Squeezed(Printing.Seen(await WriteAsync("excursion", "en")));

        seen.Should().Contain("dotnet ColdChain.Server.dll verify-bundle BUNDLE.zip --key audit-key.pub.pem").And.Contain("never from the bundle:").And.Contain(Printing.Key.Sha256);
    }

    [Theory]
    [InlineData("alarms", "There is no bundle of a report of alarms.")]
    [InlineData("site", "There is no bundle of a site or of a year.")]
    public async Task Verification_WithoutABundle_SaysWhy(string sample, string sentence) => Printing.Seen(await WriteAsync(sample, "en")).Should().Contain(sentence);

    [Fact]
    public async Task Message_ThatFailed_IsNotSaidToBeDelivered_WhenThePersonOpenedTheAlarm()
    {
        var document = SampleReports.Excursion();
        var excursion = document.Content.Excursion!;
        var failed = excursion.Notifications[0] with { AcceptedAt = null, DeliveredAt = null, SeenAt = SampleReports.At("2026-11-26T07:01:00Z"), State = "seen" };
        document = document with { Content = document.Content with { Excursion = excursion with { Notifications = [failed] } } };

        var seen = Squeezed(Printing.Seen(await Printing.WriteAsync(document, Printing.French)));

        seen.Should().Contain("2026-11-26 06:52:42Z sans confirmation sans confirmation alarme consultée le 26/11/2026 08:01:00 2026-11-26 07:01:00Z");
    }

    [Theory]
    [InlineData(9_101, false)]
    [InlineData(9_172, true)]
    public async Task Entries_OfTheAuditTrail_AreSaidToShareALine_OnlyWhereTheyDo(long next, bool isSaid)
    {
        var document = SampleReports.Excursion();
        var excursion = document.Content.Excursion!;
        document = document with { Content = document.Content with { Excursion = excursion with { Audit = [.. excursion.Audit, excursion.Audit[^1] with { Id = next }] } } };

        Printing.Seen(await Printing.WriteAsync(document, Printing.English)).Contains("share a line", StringComparison.Ordinal).Should().Be(isSaid);
    }

    [Fact]
    public async Task Rule_WithLimitsOfAir_SaysThem()
    {
        var document = SampleReports.UnitPeriod();
        var unit = document.Content.Units[0];
        var rules = unit.Rules.Select(rule => rule with { AirLow = Core.Readings.Celsius.FromMilli(1_500), AirHigh = Core.Readings.Celsius.FromMilli(8_000) }).ToList();
        document = document with { Content = document.Content with { Units = [unit with { Rules = rules }] } };

        Squeezed(Printing.Seen(await Printing.WriteAsync(document, Printing.French))).Should().Contain("air\u202f: de 1,5 à 8\u202f°C");
        Printing.Seen(await WriteAsync("unit", "fr")).Should().NotContain("air\u202f: de");
    }

    private static Task<string> WriteAsync(string sample, string language) => Printing.WriteAsync(Samples[sample](), language == "fr" ? Printing.French : Printing.English);

    private static string Squeezed(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex("</?[A-Z]")]
    private static partial Regex Components();

    [GeneratedRegex("data-part=\"([^\"]*)\"")]
    private static partial Regex Parts();

    [GeneratedRegex("[ \n\r\t]+")]
    private static partial Regex Spaces();
}
