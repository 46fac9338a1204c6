using System.Resources;
using System.Runtime.CompilerServices;
using ColdChain.Server.Html;

namespace ColdChain.Server.Reports.Wording;

/// <summary>
/// The words of reports in one language, beside those that they share with the pages (<see cref="Common"/>): numbers, times, kinds of conditions,
/// causes, steps, channels. A further language is a further resource file here and there. Public, because the classes of Razor components are.
/// </summary>
public sealed partial class ReportTexts
{
    private static readonly ResourceManager Resources = new(typeof(ReportTexts));

    private ReportTexts(Texts common) => Common = common;

    /// <summary>The words that the pages have as well, in the same language.</summary>
    public Texts Common { get; }

    /// <summary>The languages that there are, as those of the pages.</summary>
    public static IReadOnlyList<ReportTexts> All { get; } = [.. Texts.All.Select(texts => new ReportTexts(texts))];

    /// <summary>The words of a language.</summary>
    public static ReportTexts Of(Texts common) => All.First(texts => texts.Common.Language == common.Language);

    private string Text([CallerMemberName] string name = "") =>
        Resources.GetString(name, Common.Culture) ?? throw new MissingManifestResourceException($"ReportTexts.resx has no {name}.");

    // The word itself when this version does not know it.
    private string Word(string group, string word) => Resources.GetString($"{group}.{word}", Common.Culture) ?? word;
}
