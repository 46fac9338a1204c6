using System.Collections;
using System.Globalization;
using System.Resources;
using ColdChain.Server.Html;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Tests.Reports.Sheets;

public sealed class SheetTextsTests
{
    public static TheoryData<string> Languages => [.. Texts.All.Select(texts => texts.Language)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Language_OfSheets_HasEveryTextAndNoOther(string language)
    {
        var texts = typeof(ReportTexts).GetProperties().Select(property => property.Name).Where(name => name.StartsWith("Sheet", StringComparison.Ordinal));

        Keys(language).Should().BeEquivalentTo(texts);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Word_ThatNoLanguageKnows_StandsAsItWasSigned(string language)
    {
        var words = ReportTexts.Of(Texts.Find(language)!);

        string[] shown = [words.OfTimeline("new-1"), words.OfCondition("new-2"), words.OfExcluded("new-3"), words.OfChannel("new-4"), words.OfReason("new-5"), words.OfVerdict("new-6")];

        shown.Should().Equal("new-1", "new-2", "new-3", "new-4", "new-5", "new-6");
    }

    private static IEnumerable<string> Keys(string language)
    {
        // The neutral language of the resources is French.
        var culture = language == "fr" ? CultureInfo.InvariantCulture : CultureInfo.GetCultureInfo(language);
        var resources = new ResourceManager(typeof(ReportTexts)).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
        return resources.Cast<DictionaryEntry>().Select(entry => (string)entry.Key).Where(key => key.StartsWith("Sheet", StringComparison.Ordinal));
    }
}
