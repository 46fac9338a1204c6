using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Sensors.Replay;

/// <summary>
/// A CSV file with the columns <c>time,celsius</c>: ISO 8601 with its zone, degrees with a point; an empty temperature is a fault.
/// </summary>
internal static class CsvRecording
{
    public const string Header = "time,celsius";

    public static IEnumerable<(int Line, RecordedSample Sample)> Parse(string file, string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            yield return (i + 1, ParseLine(file, i + 1, lines[i]));
        }
    }

    private static RecordedSample ParseLine(string file, int line, string text)
    {
        var fields = text.Split(',');
        if (fields.Length != 2)
        {
            throw new RecordingException(
                file, line, $"'{ShownText.Of(text)}' has {fields.Length} field(s) instead of 2",
                "write time and temperature with one comma between them");
        }

        if (!Instant.TryParse(fields[0], out var at))
        {
            throw new RecordingException(
                file, line, $"'{ShownText.Of(fields[0])}' is not a time with its zone", "write ISO 8601, for example 2026-11-22T10:30:00Z");
        }

        if (fields[1].Length == 0)
        {
            return new RecordedSample(at, null);
        }

        return Celsius.TryParse(fields[1], out var value)
            ? new RecordedSample(at, value)
            : throw new RecordingException(
                file, line, $"'{ShownText.Of(fields[1])}' is not a temperature",
                "write degrees Celsius with a point, for example 4.25, or nothing for a fault");
    }
}
