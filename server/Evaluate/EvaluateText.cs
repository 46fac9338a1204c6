using System.Globalization;
using System.Text;

namespace ColdChain.Server.Evaluate;

/// <summary>The answer for a person at a terminal.</summary>
internal static class EvaluateText
{
    public static string Write(EvaluateReport report)
    {
        var text = new StringBuilder();
        Line(text, $"{report.Excursions.Count} excursion(s)");
        foreach (var e in report.Excursions)
        {
            Line(text, $"  {e.Probe} {e.Side}: {e.Start} to {e.End ?? $"not seen ({e.EndReason})"}, {e.DurationSeconds / 60:0.#} min, peak {e.PeakCelsius} °C, {e.DegreeMinutes:0.##} °C·min, alarm {e.AlarmedAt}");
        }

        Line(text, $"{report.Unknown.Count} unknown interval(s)");
        foreach (var unknown in report.Unknown)
        {
            Line(text, $"  {unknown.Probe}: {unknown.Start} to {unknown.End}");
        }

        foreach (var p in report.Probes)
        {
            Line(text, $"{p.Probe}: {p.Samples} samples, {p.Faults} faults, {p.Min} to {p.Max} °C, mean kinetic {p.MeanKineticCelsius:0.##} °C (informational), known {p.CoveragePercent:0.##} % of the time");
            Line(text, $"  {p.InRangeSeconds / 60:0.#} min in range, {p.LowSeconds / 60:0.#} below, {p.HighSeconds / 60:0.#} above, {p.UnknownSeconds / 60:0.#} unknown; longest gap {p.LongestGapSeconds / 60:0.#} min");
        }

        if (report.SignalRowsLeftOut > 0)
        {
            Line(text, $"{report.SignalRowsLeftOut} row(s) of signals left out: this command judges temperatures");
        }

        return text.Append("Decision support, not validated.").ToString();
    }

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
