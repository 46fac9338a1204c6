using System.Collections;
using System.Globalization;
using System.Resources;
using ColdChain.Core.Excursions;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Server.Html;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Sheets;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Reports.Sheets;

public sealed class SheetTextsTests
{
    public static TheoryData<string> Languages => [.. Texts.All.Select(texts => texts.Language)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Language_OfSheets_HasEveryTextAndNoOther(string language)
    {
        var texts = typeof(ReportTexts).GetProperties().Select(property => property.Name).Where(name => name.StartsWith("Sheet", StringComparison.Ordinal));
        string[] words =
        [
            .. Of("Kind", Enum.GetNames<ReportKind>()), .. Of("Context", Enum.GetNames<StorageContext>()), .. Of("End", Enum.GetNames<EndReason>()),
            .. Of("Meaning", Enum.GetValues<SignatureMeaning>().Select(ReportSigning.WordOf)), .. Of("Finding", FindingWords.Current, FindingWords.Superseded, FindingWords.Retracted),
            .. Of("Hold", HoldWords.Held, HoldWords.GroundRemoved, HoldWords.Decided), .. Of("Case", "step", "cause", "assessment"), .. Of("Way", "page", "link", "api"),
            .. Of("Excluded", "alarm-test", "fault", "conflict"), .. Of("Change", ChangeKinds.All), .. Of("Timeline", TimelineKinds.All),
        ];

        Keys(language).Should().BeEquivalentTo(texts.Concat(words));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Word_ThatNoLanguageKnows_StandsAsItWasSigned(string language)
    {
        var words = new SheetWords(ReportTexts.Of(Texts.Find(language)!));

        string[] shown = [words.OfTimeline("new-1"), words.OfCondition("new-2"), words.OfExcluded("new-3"), words.OfChannel("new-4"), words.OfReason("new-5"), words.OfVerdict("new-6")];

        shown.Should().Equal("new-1", "new-2", "new-3", "new-4", "new-5", "new-6");
    }

    private static IEnumerable<string> Of(string group, params IEnumerable<string> words) => words.Select(word => $"Sheet{group}.{word}");

    private static IEnumerable<string> Keys(string language)
    {
        // The neutral language of the resources is French.
        var culture = language == "fr" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var resources = new ResourceManager(typeof(ReportTexts)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
        return resources.Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Where(key => key.StartsWith("Sheet", StringComparison.Ordinal));
    }
}
