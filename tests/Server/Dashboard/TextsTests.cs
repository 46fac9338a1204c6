using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Resources;
using ColdChain.Core.Alerting;
using ColdChain.Core.Casework;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Html;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Dashboard;

public sealed class TextsTests
{
    private static readonly Texts French = Texts.Find("fr")!;
    private static readonly Texts English = Texts.Find("en")!;

    public static TheoryData<string> Languages => [.. Texts.All.Select(texts => texts.Language)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Language_OfThePages_HasEveryText(string language)
    {
        var words = typeof(Texts).GetProperties().Where(property => property.PropertyType == typeof(string)).Select(property => property.Name)
            .Except([nameof(Texts.Language), nameof(Texts.Direction)]);
        var kinds = typeof(EventKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"Event.{field.GetValue(null)}");

        var conditions = Enum.GetValues<ConditionKind>().Select(kind => $"Condition.{ConditionWords.Of(kind)}");

        string[] stored =
        [
            .. SecuringSteps.All.Select(word => $"Step.{word}"), .. Causes.All.Select(word => $"Cause.{word}"), .. FollowUps.All.Select(word => $"FollowUp.{word}"),
            .. DecisionWords.All.Select(word => $"Decision.{word}"), .. Refusals.All.Select(word => $"Refusal.{word}"), .. Meanings.Words.Select(word => $"Meaning.{word}"),
            "Scan.in", "Scan.out", "Scan.move", $"Answer.{IssueCheck.Yes}", $"Answer.{IssueCheck.No}", $"Answer.{IssueCheck.Unknown}",
        ];

        Keys(language).Should().BeEquivalentTo(words.Concat(kinds).Concat(conditions).Concat(stored).Concat(OfAlarms()).Concat(OfReports()));
    }

    private static IEnumerable<string> OfAlarms() =>
    [
        .. Enum.GetValues<Severity>().Select(severity => $"Severity.{AlertWords.Of(severity)}"),
        .. Enum.GetValues<CauseKind>().Select(kind => $"AlarmCause.{Cause.WordOf(kind)}"),
        .. Enum.GetValues<Duty>().Select(duty => $"Duty.{AlertWords.Of(duty)}"),
        .. Enum.GetValues<AlertChannel>().Select(channel => $"Channel.{AlertWords.Of(channel)}"),
        .. Enum.GetValues<SendReason>().Select(reason => $"Reason.{AlertWords.Of(reason)}"),
        .. typeof(MessageStates).GetFields().Select(field => $"MessageState.{field.GetValue(null)}"),
        .. new[] { "finding", "condition", "silence", "exposure", "look-back", "on-call-gap" }.Select(member => $"Member.{member}"),
    ];

    private static IEnumerable<string> OfReports() =>
    [
        .. ReportTaskWords.All.Select(word => $"ReportTask.{word}"),
        .. ReportStates.All.Select(word => $"ReportState.{word}"),
        .. ReportRefusals.All.Select(word => $"Refusal.{word}"),
        .. Enum.GetValues<SignatureMeaning>().Select(meaning => $"ReportSentence.{ReportSigning.WordOf(meaning)}"),
    ];

    [Theory]
    [InlineData(4_040, "4,0", "4.0")]
    [InlineData(4_050, "4,1", "4.1")]
    [InlineData(-30_250, "\u221230,3", "\u221230.3")]
    [InlineData(6_000, "6,0", "6.0")]
    [InlineData(6_040, "6,040", "6.040")]
    [InlineData(1_999, "1,999", "1.999")]
    [InlineData(6_060, "6,1", "6.1")]
    public void Number_OfATemperature_NeverLooksInRangeWhenItIsNot(int milli, string french, string english)
    {
        var (value, low, high) = (Celsius.FromMilli(milli), Celsius.FromMilli(2_000), Celsius.FromMilli(6_000));

        French.Number(value, low, milli < 0 ? null : high).Should().Be(french);
        English.Number(value, low, milli < 0 ? null : high).Should().Be(english);
    }

    [Theory]
    [InlineData(0, "il y a 0\u202fs")]
    [InlineData(59_999, "il y a 59\u202fs")]
    [InlineData(60_000, "il y a 1\u202fmin")]
    [InlineData(7_199_000, "il y a 1\u202fh")]
    [InlineData(172_800_000, "il y a 2\u202fj")]
    public void Ago_InFrench_IsInOneUnit(int milliseconds, string text) =>
        French.Ago(TimeSpan.FromMilliseconds(milliseconds)).Should().Be(text);

    [Fact]
    public void Limits_WithOneSideOnly_AreSaidInWords()
    {
        French.LimitsOf(Celsius.FromMilli(2_000), Celsius.FromMilli(6_000)).Should().Be("de 2 à 6\u202f°C");
        French.LimitsOf(null, Celsius.FromMilli(-25_000)).Should().Be("au plus \u221225\u202f°C");
        English.LimitsOf(Celsius.FromMilli(500), null).Should().Be("at least 0.5\u202f°C");
    }

    // The neutral resources are French, so they answer for the culture without a name as well.
    private static IEnumerable<string> Keys(string language) =>
        new ResourceManager(typeof(Texts)).GetResourceSet(language == "fr" ? CultureInfo.InvariantCulture : new CultureInfo(language), createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().Select(entry => (string)entry.Key);
}
