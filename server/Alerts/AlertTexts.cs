using System.Globalization;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Alerts;

/// <summary>The words of messages in one language. A message names no blood unit and no person: it may show on a locked screen.</summary>
internal sealed record AlertTexts
{
    private static readonly AlertTexts French = new()
    {
        Culture = CultureInfo.GetCultureInfo("fr"),
        Severities = ["À noter", "Avertissement", "CRITIQUE"],
        OfCause = cause => cause switch
        {
            CauseKind.Power => "secteur coupé",
            CauseKind.Silence => "muet",
            CauseKind.Unit => "hors limites ou température inconnue",
            CauseKind.Condition => "à vérifier",
            CauseKind.Exposure => "poches au-delà de leur tolérance",
            CauseKind.LookBack => "des poches sorties sont à rechercher",
            _ => "personne d’astreinte",
        },
        Conditions = new Dictionary<string, string>
        {
            ["door-open"] = "porte ouverte", ["agitation-stopped"] = "agitation arrêtée", ["agitation-running"] = "agitation en marche", ["air-out"] = "air hors limites",
            ["probe-failed"] = "sonde en panne",
        },
        One = "{0} : {1}, {2}",
        Many = "{0} alarmes, dont {1} critiques",
        Line = "{0} : {1}, {2}, depuis {3}{4} ({5})",
        Now = ", maintenant {0} °C",
        More = "et {0} autres, dont {1} critiques : {2}",
        Acknowledge = "Je m’en charge : {0}",
        List = "Toutes les alarmes : {0}",
        Again = "Il revient jusqu’à ce que quelqu’un s’en charge.",
        Everything = "le serveur n’entend plus personne",
        AtTime = "dd/MM HH:mm",
    };

    private static readonly AlertTexts English = new()
    {
        Culture = CultureInfo.GetCultureInfo("en"),
        Severities = ["Note", "Warning", "CRITICAL"],
        OfCause = cause => cause switch
        {
            CauseKind.Power => "mains lost",
            CauseKind.Silence => "silent",
            CauseKind.Unit => "out of limits, or temperature unknown",
            CauseKind.Condition => "to be looked at",
            CauseKind.Exposure => "blood units beyond what they may go through",
            CauseKind.LookBack => "blood units that left must be looked for",
            _ => "nobody on call",
        },
        Conditions = new Dictionary<string, string>
        {
            ["door-open"] = "door open", ["agitation-stopped"] = "agitation stopped", ["agitation-running"] = "agitation running", ["air-out"] = "air out of limits",
            ["probe-failed"] = "probe failed",
        },
        One = "{0}: {1}, {2}",
        Many = "{0} alarms, {1} of them critical",
        Line = "{0}: {1}, {2}, since {3}{4} ({5})",
        Now = ", now {0} °C",
        More = "and {0} more, {1} of them critical: {2}",
        Acknowledge = "I have it: {0}",
        List = "All alarms: {0}",
        Again = "It comes again until somebody has it.",
        Everything = "the server hears nobody",
        AtTime = "MM-dd HH:mm",
    };

    public required CultureInfo Culture { get; init; }

    public required IReadOnlyList<string> Severities { get; init; }

    public required Func<CauseKind, string> OfCause { get; init; }

    /// <summary>The words of conditions that somebody is told of at night.</summary>
    public required IReadOnlyDictionary<string, string> Conditions { get; init; }

    public required string One { get; init; }

    public required string Many { get; init; }

    public required string Line { get; init; }

    public required string Now { get; init; }

    public required string More { get; init; }

    public required string Acknowledge { get; init; }

    public required string List { get; init; }

    public required string Again { get; init; }

    public required string Everything { get; init; }

    public required string AtTime { get; init; }

    /// <summary>Those of a language; French for one that there are none of.</summary>
    public static AlertTexts Of(string? language) => language == "en" ? English : French;

    /// <summary>What an incident is about.</summary>
    public string Of(Cause cause) => Conditions.GetValueOrDefault(cause.Subject[(cause.Subject.IndexOf(':', StringComparison.Ordinal) + 1)..]) is { } condition && cause.Kind == CauseKind.Condition
        ? condition
        : OfCause(cause.Kind);

    public string Of(Severity severity) => Severities[(int)severity];

    public string Time(Instant at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone).ToString(AtTime, Culture);

    public string Fill(string pattern, params object[] values) => string.Format(Culture, pattern, values);
}
