using ColdChain.Core.Rules;
using ColdChain.Server.Html;

namespace ColdChain.Server.Commands;

/// <summary>Rules as a plain text: what is cited, what is proposed, and every figure with its source. What nobody has read is marked.</summary>
internal static class RulesTable
{
    public static string Write(RulePack pack, IReadOnlyList<StorageRule> rules, Texts texts)
    {
        var isFrench = texts.Language == "fr";
        var text = new List<string>();
        text.Add($"{pack.Id} {pack.Version}: {texts.Of(pack.Name)}");
        text.Add($"{texts.RuleStatus}: {pack.Status}");
        text.Add($"{texts.RuleFingerprint}: {pack.Hash}");
        text.Add(isFrench ? $"Applicable : {Dates(pack)}" : $"Effective: {Dates(pack)}");
        if (pack.Base is { } below)
        {
            text.Add(isFrench ? $"Complète : {below.Id} {below.Version}" : $"Extends: {below.Id} {below.Version}");
        }

        foreach (var rule in rules)
        {
            text.Add("");
            Append(text, rule, texts, isFrench);
        }

        text.Add("");
        text.Add(texts.Intended);
        return string.Join(Environment.NewLine, text);
    }

    private static void Append(List<string> text, StorageRule rule, Texts texts, bool isFrench)
    {
        var context = rule.Context.ToString().ToLowerInvariant();
        text.Add($"{rule.Product} ({context}): {texts.Of(rule.Name)}{(rule.IsEnabled ? "" : isFrench ? " [désactivé]" : " [off]")}");
        text.Add(isFrench
            ? $"  Proposé hors limites : {Word(rule.OnBreach, isFrench)} ; tolérance dépassée : {Word(rule.OnExceeding, isFrench)}"
            : $"  Proposed outside the limits: {Word(rule.OnBreach, isFrench)}; beyond a tolerance: {Word(rule.OnExceeding, isFrench)}");
        foreach (var band in rule.Bands)
        {
            text.Add(isFrench
                ? $"  {band.Key} : {(band.AnyTemperature ? "quelle que soit la température" : Ranges(band))}, par {Word(band.Window, isFrench)} ; dépassé : {Word(band.OnExceeding, isFrench)}"
                : $"  {band.Key}: {(band.AnyTemperature ? "whatever the temperature" : Ranges(band))}, per {Word(band.Window, isFrench)}; beyond it: {Word(band.OnExceeding, isFrench)}");
        }

        if (rule.Notes.Length > 0)
        {
            text.Add($"  {rule.Notes}");
        }

        AppendFigures(text, rule, texts, isFrench);
    }

    private static void AppendFigures(List<string> text, StorageRule rule, Texts texts, bool isFrench)
    {
        string[] head = [texts.Figure, isFrench ? "Mesure" : "Value", texts.FigureConfidence, texts.FigureSource];
        List<string[]> rows = [head, .. rule.Figures.Select(figure => new[] { figure.Name, Value(figure, texts), Status(figure, texts), figure.Source })];
        var widths = Enumerable.Range(0, head.Length - 1).Select(column => rows.Max(row => row[column].Length)).ToList();
        foreach (var row in rows)
        {
            text.Add($"  {string.Join("  ", row.Select((cell, column) => column < widths.Count ? cell.PadRight(widths[column]) : cell))}");
        }
    }

    private static string Dates(RulePack pack) => pack.EffectiveTo is { } end ? $"{pack.EffectiveFrom} – {end}" : $"{pack.EffectiveFrom} –";

    private static string Status(Figure figure, Texts texts) =>
        figure.Status == FigureStatus.FromMemory ? $"! {texts.Of(figure.Status)}" : texts.Of(figure.Status);

    private static string Ranges(ExposureBand band) => string.Join(" + ", band.Ranges.Select(range => (range.From, range.To) switch
    {
        ({ } from, { } to) => $"{from}..{to} °C",
        ({ } from, null) => $">= {from} °C",
        (null, { } to) => $"<= {to} °C",
        _ => throw new InvalidOperationException("A range without a bound was let into a pack."),
    }));

    // What a figure measures is said by its last key.
    private static string Value(Figure figure, Texts texts)
    {
        var isFrench = texts.Language == "fr";
        var number = figure.Value.ToString(texts.Culture);
        var key = figure.Name[(figure.Name.LastIndexOf('.') + 1)..];
        return key switch
        {
            "required" => (figure.Value != 0, isFrench) switch { (true, true) => "oui", (true, false) => "yes", (false, true) => "non", _ => "no" },
            "maxCount" => number,
            _ when key.EndsWith("econds", StringComparison.Ordinal) => Duration(TimeSpan.FromSeconds((double)figure.Value), isFrench),
            _ => $"{number} °C",
        };
    }

    private static string Duration(TimeSpan time, bool isFrench) =>
        time >= TimeSpan.FromDays(2) && time.Ticks % TimeSpan.TicksPerDay == 0 ? $"{time.TotalDays} {(isFrench ? "j" : "d")}"
        : time >= TimeSpan.FromHours(1) && time.Ticks % TimeSpan.TicksPerHour == 0 ? $"{time.TotalHours} h"
        : time.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{time.TotalMinutes} min"
        : $"{time.TotalSeconds} s";

    private static string Word(RuleAction action, bool isFrench) => (action, isFrench) switch
    {
        (RuleAction.Use, false) => "use allowed",
        (RuleAction.Assess, false) => "assess",
        (RuleAction.Quarantine, false) => "quarantine",
        (RuleAction.ProposeDiscard, false) => "discard proposed",
        (RuleAction.Use, true) => "utilisation permise",
        (RuleAction.Assess, true) => "évaluer",
        (RuleAction.Quarantine, true) => "quarantaine",
        (RuleAction.ProposeDiscard, true) => "mise au rebut proposée",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static string Word(ExposureWindow window, bool isFrench) => (window, isFrench) switch
    {
        (ExposureWindow.Lifetime, false) => "life of the blood unit",
        (ExposureWindow.Leg, false) => "transport",
        (ExposureWindow.Day, false) => "any 24 hours",
        (ExposureWindow.Lifetime, true) => "vie de la poche",
        (ExposureWindow.Leg, true) => "transport",
        (ExposureWindow.Day, true) => "24 heures quelconques",
        _ => throw new ArgumentOutOfRangeException(nameof(window)),
    };
}
