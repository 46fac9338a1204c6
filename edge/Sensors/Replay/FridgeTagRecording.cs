using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Sensors.Replay;

/// <summary>
/// The text export of a Berlinger Fridge-tag logger: a block of <c>name: value</c> lines, then <c>Data:</c>, a heading, and one line a
/// sample with a tab before each of date and time (in the header's zone), degrees, and <c>x</c> for outside the logger's own limits. The
/// section ends with the first line that does not begin with a tab (the signature).
/// </summary>
internal static class FridgeTagRecording
{
    public const string Signature = "Device:";

    private const string Section = "Data:";
    private const string Zone = "Zone:";
    private const string Unit = "Temp unit:";

    public static IEnumerable<(int Line, RecordedSample Sample)> Parse(string file, string[] lines)
    {
        var section = Array.IndexOf(lines, Section);
        if (section < 0)
        {
            throw new RecordingException(
                file, lines.Length, $"there is no line '{Section}'", "export the logger with its data, not only the report");
        }

        var offset = ReadZone(file, lines.AsSpan(0, section));
        RequireCelsius(file, lines.AsSpan(0, section));
        const int headings = 1;
        for (var i = section + 1 + headings; i < lines.Length && lines[i].StartsWith('\t'); i++)
        {
            yield return (i + 1, ParseLine(file, i + 1, lines[i], offset));
        }
    }

    private static RecordedSample ParseLine(string file, int line, string text, TimeSpan offset)
    {
        var fields = text.Split('\t');
        if (fields is not (["", _, _] or ["", _, _, "x"]))
        {
            throw new RecordingException(file, line, $"'{ShownText.Of(text)}' is not date and time, degrees and at most an x", "export the logger again");
        }

        // The first and the last year of the calendar have no room for a zone.
        if (!DateTime.TryParseExact(fields[1], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Year is < 2 or > 9998)
        {
            throw new RecordingException(file, line, $"'{ShownText.Of(fields[1])}' is not a date and time", "it must have the form 2022-05-02 04:44");
        }

        return Celsius.TryParse(fields[2], out var value)
            ? new RecordedSample(Instant.From(new DateTimeOffset(local, offset)), value)
            : throw new RecordingException(file, line, $"'{ShownText.Of(fields[2])}' is not a temperature", "it must be degrees with a point");
    }

    // The logger writes the zone as hours with two decimals that are minutes in its manual; only whole hours are unambiguous.
    private static TimeSpan ReadZone(string file, ReadOnlySpan<string> header)
    {
        var (line, value) = Find(file, header, Zone);
        return decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var hours)
            && hours is >= -14 and <= 14 && decimal.IsInteger(hours)
            ? TimeSpan.FromHours((int)hours)
            : throw new RecordingException(
                file, line, $"the zone '{ShownText.Of(value)}' is not a whole number of hours", "convert the file to CSV with the times in UTC");
    }

    private static void RequireCelsius(string file, ReadOnlySpan<string> header)
    {
        if (Find(file, header, Unit) is (var line, not "C" and var unit))
        {
            throw new RecordingException(file, line, $"the unit '{ShownText.Of(unit)}' is not C", "set the logger to Celsius and export again");
        }
    }

    private static (int Line, string Value) Find(string file, ReadOnlySpan<string> header, string name)
    {
        for (var i = 0; i < header.Length; i++)
        {
            var text = header[i].Trim();
            if (text.StartsWith(name, StringComparison.Ordinal))
            {
                return (i + 1, text[name.Length..].Trim());
            }
        }

        throw new RecordingException(file, header.Length, $"the header has no line '{name}'", "export the logger again");
    }
}
