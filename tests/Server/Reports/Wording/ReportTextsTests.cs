using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using ColdChain.Core.Excursions;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Server.Html;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Reports.Documents;

namespace ColdChain.Server.Tests.Reports.Wording;

public sealed partial class ReportTextsTests
{
    // The texts of sheets have a test of their own; here both languages need only have the same of them.
    private const string OfSheets = "Sheet";

    public static TheoryData<string> Languages => [.. Texts.All.Select(texts => texts.Language)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Language_OfReports_HasEveryText(string language)
    {
        var words = typeof(ReportTexts).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name);

        Keys(language).Where(IsOfDocuments).Should().BeEquivalentTo(words.Where(IsOfDocuments).Concat(Groups()));
    }

    [Fact]
    public void Languages_OfReports_HaveTheSameTexts() => Keys("en").Should().BeEquivalentTo(Keys("fr"));

    [Fact]
    public void French_BeforeDoublePunctuation_HasANarrowSpaceThatDoesNotBreak() =>
        Entries("fr").Should().AllSatisfy(entry => BrokenSpace().IsMatch(entry.Value).Should().BeFalse("'{0}' is '{1}'", entry.Key, entry.Value));

    [Fact]
    public void Texts_InBothLanguages_HaveTheSamePlacesForValues()
    {
        var english = Entries("en").ToDictionary(entry => entry.Key, entry => entry.Value);

        // "once" needs no number.
        Entries("fr").Where(entry => !entry.Key.StartsWith("Count.", StringComparison.Ordinal)).Should().AllSatisfy(
            entry => Places(entry.Value).Should().BeEquivalentTo(Places(english[entry.Key]), "that is so for {0}", entry.Key));
    }

    [Fact]
    public void Sentence_OfASignature_IsInEnglishTheOneThatIsSigned() => Enum.GetValues<SignatureMeaning>().Should().AllSatisfy(
        meaning => Printing.English.SentenceOf(meaning).Should().Be(ReportSigning.SentenceOf(meaning)));

    [Theory]
    [InlineData("Europe/Paris", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z", "UTC+01:00, puis UTC+02:00 à partir du 2026-03-29 01:00:00Z, puis UTC+01:00 à partir du 2026-10-25 01:00:00Z")]
    [InlineData("Africa/Casablanca", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z", "UTC+01:00, puis UTC+00:00 à partir du 2026-02-15 02:00:00Z, puis UTC+01:00 à partir du 2026-03-22 02:00:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-28T23:00:00Z", "2026-03-31T23:00:00Z", "UTC+00:00, puis UTC+01:00 à partir du 2026-03-22 02:00:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-28T23:00:00Z", "2026-03-22T02:00:00Z", "UTC+00:00")]
    [InlineData("America/St_Johns", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "UTC\u221203:30")]
    [InlineData("Europe/Paris", "2026-07-01T00:00:00Z", "2026-07-01T00:00:00Z", "UTC+02:00")]
    public void Offsets_WithinATime_AreAllNamedWithWhenTheyChange(string zone, string from, string to, string text) =>
        Printing.French.Offsets(TimeZoneInfo.FindSystemTimeZoneById(zone), SampleReports.At(from), SampleReports.At(to)).Should().Be(text);

    [Theory]
    [InlineData(0, "0\u202fs")]
    [InlineData(400, "moins de 1\u202fs")]
    [InlineData(59_999, "59\u202fs")]
    [InlineData(90_000, "1\u202fmin\u00a030\u202fs")]
    [InlineData(120_000, "2\u202fmin")]
    [InlineData(11_527_000, "3\u202fh\u00a012\u202fmin")]
    [InlineData(2_678_400_000, "744\u202fh\u00a000\u202fmin")]
    public void Span_OfATime_IsNeverNothingWhenItLasted(long milliseconds, string text) => Printing.French.Span(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(text);

    [Theory]
    [InlineData(100, "100\u202f%")]
    [InlineData(99.999_9, "99,99\u202f%")]
    [InlineData(97.3, "97,3\u202f%")]
    [InlineData(0.004, "0\u202f%")]
    public void Percent_BelowTheWhole_IsNeverWrittenAsTheWhole(double percent, string text) => Printing.French.Percent(percent).Should().Be(text);

    [Theory]
    [InlineData(0, "0\u00a0poche à l’intérieur", "0\u00a0blood units inside")]
    [InlineData(1, "1\u00a0poche à l’intérieur", "1\u00a0blood unit inside")]
    [InlineData(2, "2\u00a0poches à l’intérieur", "2\u00a0blood units inside")]
    public void Counted_InBothLanguages_HasItsForm(int count, string french, string english)
    {
        Printing.French.Counted("inside", count).Should().Be(french);
        Printing.English.Counted("inside", count).Should().Be(english);
    }

    [Fact]
    public void Words_OfConditionsChannelsAndAllowances_AreSaidInTheLanguage()
    {
        Printing.French.OfExcluded("probe-spike").Should().Be("Pic de mesure");
        Printing.French.OfExcluded("fault").Should().Be("Défaut de mesure");
        Printing.French.OfChannel("voice").Should().Be("Appel");
        Printing.French.OfReason("no-address").Should().Be("pas d’adresse");
        Printing.French.OfAllowance("band 6..10 24h").Should().Be("tolérance 6..10 24h");
        Printing.French.OfDetail(TimelineKinds.Peak, "9.412").Should().Be("9,412\u202f°C");
        Printing.French.OfCondition("of-another-version").Should().Be("of-another-version");
    }

    private static IEnumerable<string> Groups() =>
    [
        .. TimelineKinds.All.Select(kind => $"Timeline.{kind}"),
        .. ChangeKinds.All.Select(kind => $"Change.{kind}"),
        .. AlarmSourceKinds.All.Select(kind => $"SourceKind.{kind}"),
        .. new[] { "alarm-test", "in-doubt", "fault", "conflict" }.Select(word => $"Excluded.{word}"),
        .. Enum.GetValues<SignatureMeaning>().Select(meaning => $"Signature.{ReportSigning.WordOf(meaning)}"),
        .. Enum.GetNames<StorageContext>().Select(name => $"Context.{name.ToLowerInvariant()}"),
        .. new[] { "current", "superseded", "retracted" }.Select(word => $"Status.{word}"),
        .. new[] { "held", "ground-removed", "decided" }.Select(word => $"HoldState.{word}"),
        .. Enum.GetValues<Verdict>().Select(verdict => $"Verdict.{VerdictWords.Of(verdict)}"),
        .. new[] { "page", "link", "api" }.Select(word => $"Way.{word}"),
        .. new[] { "limits", "red-line", "band", "agitation", "between-stays" }.Select(word => $"Allowance.{word}"),
        .. ReportTexts.CountWords.SelectMany(word => new[] { $"Count.{word}.one", $"Count.{word}.many" }),
        .. Enum.GetNames<ReportKind>().Select(name => $"Kind.{name}"),
        .. Enum.GetNames<EndReason>().Select(name => $"End.{name}"),
        .. new[] { "step", "cause", "assessment" }.Select(kind => $"Case.{kind}"),
        "Yardstick.alarms-per-day",
    ];

    private static bool IsOfDocuments(string key) => !key.StartsWith(OfSheets, StringComparison.Ordinal);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value[..2]).Distinct();

    private static IEnumerable<string> Keys(string language) => Entries(language).Select(entry => entry.Key);

    private static List<(string Key, string Value)> Entries(string language) =>
        [.. new ResourceManager(typeof(ReportTexts)).GetResourceSet(language == "fr" ? CultureInfo.InvariantCulture : new CultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().Select(entry => ((string)entry.Key, (string)entry.Value!))]; // Each is a text.

    // Before punctuation and between a number and its unit.
    [GeneratedRegex("[^\u202f][;!?»%]|[^\u202f\\w]:|\\w:\\s|«[^\u202f]|[\\d}] (?:min|h|s|°C)\\b")]
    private static partial Regex BrokenSpace();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Place();
}
