using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Html;

/// <summary>
/// The words of the pages in one language. French is the neutral language of the resources; a further language is a further resource file
/// and an entry in <see cref="All"/>. Public, like the views, because the classes of Razor components are.
/// </summary>
public sealed partial class Texts
{
    /// <summary>The languages that there are, the first one for whoever asks for none of them.</summary>
    public static readonly IReadOnlyList<Texts> All = [new("fr"), new("en")];

    private static readonly ResourceManager Resources = new(typeof(Texts));

    private Texts(string language) => Culture = CultureInfo.GetCultureInfo(language);

    public CultureInfo Culture { get; }

    /// <summary>The language's code, as in <c>lang</c> attributes and in the query.</summary>
    public string Language => Culture.TwoLetterISOLanguageName;

    /// <summary>The direction of its script, as in <c>dir</c> attributes.</summary>
    public string Direction => Culture.TextInfo.IsRightToLeft ? "rtl" : "ltr";

    /// <summary>The words for a language's code; null when there are none.</summary>
    public static Texts? Find(string? language) => All.FirstOrDefault(texts => texts.Language == language);

    public string Of(StorageState state) => state switch
    {
        StorageState.InRange => StateInRange,
        StorageState.Warning => StateWarning,
        StorageState.Unverified => StateUnverified,
        StorageState.Unknown => StateUnknown,
        StorageState.OutOfRange => StateOutOfRange,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public string Explain(StorageState state) => state switch
    {
        StorageState.InRange => ExplainInRange,
        StorageState.Warning => ExplainWarning,
        StorageState.Unverified => ExplainUnverified,
        StorageState.Unknown => ExplainUnknown,
        StorageState.OutOfRange => ExplainOutOfRange,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public string Of(Side side) => side switch
    {
        Side.High => SideHigh,
        Side.Low => SideLow,
        Side.Unknown => SideUnknown,
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    /// <summary>An excursion or unknown time with its number.</summary>
    public string Numbered(Side side, long id) => Fill(side == Side.Unknown ? UnknownTimeNumber : ExcursionNumber, id);

    /// <summary>What a condition is, for people; its word when this language lacks it.</summary>
    public string Of(ConditionKind kind) => Resources.GetString($"Condition.{ConditionWords.Of(kind)}", Culture) ?? ConditionWords.Of(kind);

    public string Of(FigureStatus status) => status switch
    {
        FigureStatus.Verified => FigureVerified,
        FigureStatus.FromMemory => FigureFromMemory,
        FigureStatus.EngineeringDefault => FigureEngineering,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public string Of(Verdict verdict) => verdict switch
    {
        Verdict.Fine => VerdictFine,
        Verdict.Warn => VerdictWarn,
        Verdict.Hold => VerdictHold,
        Verdict.DiscardProposed => VerdictDiscardProposed,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };

    public string Of(AllowanceKind kind) => kind switch
    {
        AllowanceKind.Limits => AllowanceLimits,
        AllowanceKind.RedLine => AllowanceRedLine,
        AllowanceKind.Band => AllowanceBand,
        AllowanceKind.Agitation => AllowanceAgitation,
        AllowanceKind.Between => AllowanceBetween,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public string Of(ExposureWindow window) => window switch
    {
        ExposureWindow.Lifetime => WindowLifetime,
        ExposureWindow.Leg => WindowLeg,
        ExposureWindow.Day => WindowDay,
        _ => throw new ArgumentOutOfRangeException(nameof(window)),
    };

    public string Of(LocalName name) => Language == "fr" ? name.Fr : name.En;

    /// <summary>What happened, for people; the kind itself when this version does not know it.</summary>
    public string OfEvent(string kind) => Resources.GetString($"Event.{kind}", Culture) ?? kind;

    private string Text([CallerMemberName] string name = "") =>
        Resources.GetString(name, Culture) ?? throw new MissingManifestResourceException($"Texts.resx has no {name}.");
}
