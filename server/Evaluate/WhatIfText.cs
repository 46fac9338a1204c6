using System.Globalization;
using System.Text;

namespace ColdChain.Server.Evaluate;

/// <summary>The opinion for a person at a terminal: every line says that it is one.</summary>
internal static class WhatIfText
{
    private const string Mark = "what if: ";

    public static string Write(WhatIfReport report)
    {
        var text = new StringBuilder(WhatIfReport.Label).AppendLine();
        Line(text, $"{report.Unit} from {report.From} to {report.To ?? "now"}, judged by {report.By}");
        foreach (var line in report.Findings)
        {
            Line(text, $"{line.Probe} {line.Side}: {Found(line.Found)}; {WouldBe(line.WhatIf)}");
        }

        Line(text, $"{report.Findings.Count(line => line.Found is not null)} found, {report.Findings.Count(line => line.WhatIf is not null)} would have been found");
        return text.Append(Mark).Append("decision support, not validated").ToString();
    }

    private static string Found(FoundLine? found) => found is null ? "not found" : $"found {Told(found)}, finding {found.Finding} version {found.Version}";

    private static string WouldBe(FoundLine? whatIf) => whatIf is null ? "would not have been found" : $"would have been found {Told(whatIf)}";

    private static string Told(FoundLine line)
    {
        var peak = line.PeakCelsius is null ? "" : string.Create(CultureInfo.InvariantCulture, $", peak {line.PeakCelsius} °C, {line.DegreeMinutes:0.##} °C·min");
        return string.Create(CultureInfo.InvariantCulture, $"{line.Start} to {line.End ?? "not seen"}, {line.Minutes:0.#} min{peak}, by {line.RulePack} {line.RuleVersion}");
    }

    private static void Line(StringBuilder text, FormattableString line) => text.Append(Mark).AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
