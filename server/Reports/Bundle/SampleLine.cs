using System.Text.RegularExpressions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Reading;

namespace ColdChain.Server.Reports.Bundle;

/// <summary>A sample as a bundle tells of it.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Measured">The temperature as measured; null for none.</param>
/// <param name="IsFault">True when the probe was asked and gave no temperature.</param>
internal readonly record struct ReadSample(ProbeId Probe, Instant At, Celsius? Measured, bool IsFault);

/// <summary>The lines of <c>samples.csv</c>. Temperatures are degrees with at most three decimals, empty where there is none.</summary>
internal static partial class SampleLine
{
    public const string Header = "probe,role,at,measured,calibrated,counts";

    /// <summary>The line of a sample.</summary>
    /// <exception cref="ArgumentException">The sample has no such line: a word of it is none.</exception>
    public static string Of(BundleSample sample)
    {
        int? calibrated = sample.MeasuredMilli is { } milli ? JudgedSample.Calibrated(milli, sample.OffsetMilli) : null;
        var line = $"{sample.Probe},{sample.Role},{sample.At},{Text(sample.MeasuredMilli)},{Text(calibrated)},{sample.Counts}";
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

    /// <summary>Reads a line; false with what is wrong with it.</summary>
    public static bool TryRead(string line, out ReadSample sample, out string problem)
    {
        (sample, problem) = (default, ProblemOf(line) ?? "");
        if (problem.Length > 0)
        {
            return false;
        }

        var cells = line.Split(',');
        _ = ProbeId.TryParse(cells[0], out var probe) & Instant.TryParse(cells[2], out var at); // Nothing is wrong with either.
        sample = new ReadSample(probe, at, Celsius.TryParse(cells[3], out var measured) ? measured : null, cells[5] == CountsAs.Fault);
        return true;
    }

    private static string Text(int? milli) => milli is { } known ? Celsius.FromMilli(known).ToString() : "";

    // There is one way to write each.
    private static bool IsTemperature(string text) => text.Length == 0 || (Celsius.TryParse(text, out var celsius) && celsius.ToString() == text);

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex Word();
}
