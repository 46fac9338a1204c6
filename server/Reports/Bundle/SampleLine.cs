using System.Globalization;
using System.Text.RegularExpressions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>The lines of <c>samples.csv</c>. Temperatures are degrees with at most three decimals, empty where there is none.</summary>
internal static partial class SampleLine
{
    public const string Header = "probe,role,at,measured,calibrated,counts";

    private const decimal Thousand = 1000;

    /// <summary>The line of a sample.</summary>
    /// <exception cref="ArgumentException">The sample has no such line: a word of it is none.</exception>
    public static string Of(BundleSample sample)
    {
        var measured = (long?)sample.MeasuredMilli;
        var line = $"{sample.Probe},{sample.Role},{sample.At},{Text(measured)},{Text(measured + sample.OffsetMilli)},{sample.Counts}";
        return ProblemOf(line) is { } problem ? throw new ArgumentException($"The sample '{line}' {problem}.", nameof(sample)) : line;
    }

    /// <summary>What is wrong with a line; null when nothing is.</summary>
    public static string? ProblemOf(string line) => line.Split(',') is not [var probe, var role, var at, var measured, var calibrated, var counts] ? "does not have six columns"
        : !ProbeId.TryParse(probe, out _) ? "names no probe"
        : role is not ("load" or "air") ? "has a role that is neither load nor air"
        : !Instant.TryParse(at, out var instant) || instant.ToString() != at ? "has no instant"
        : measured.Length == 0 != (calibrated.Length == 0) || !IsTemperature(measured) || !IsTemperature(calibrated) ? "has no temperatures"
        : !Word().IsMatch(counts) ? "does not say in a word whether it counts"
        : null;

    private static string Text(long? milli) => milli is null ? "" : (milli.Value / Thousand).ToString("0.###", CultureInfo.InvariantCulture);

    private static bool IsTemperature(string text) => text.Length == 0
        || (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
            && degrees.ToString("0.###", CultureInfo.InvariantCulture) == text);

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex Word();
}
