using System.Globalization;
using System.Text.RegularExpressions;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Tests.Shared;

/// <summary>One sample of the logger, and whether the logger itself marked it as out of limits.</summary>
public sealed record LoggedSample(Instant At, Celsius Value, bool MarkedOut);

/// <summary>What the logger totalled for one calendar day and one side: whole minutes out, and when its alarm of that day was due.</summary>
public sealed record LoggedDay(DateOnly Day, Side Side, int MinutesOut, TimeOnly? AlarmAt);

/// <summary>The export of a real refrigerator logger: its samples, and its own judgement of them.</summary>
public sealed record FridgeTag(IReadOnlyList<LoggedSample> Samples, IReadOnlyList<LoggedDay> Days)
{
    /// <summary>Where the recording lies, beside the project; it is read in place and never copied.</summary>
    public static string Path => System.IO.Path.Combine(
        Repository.Root, "..", "shared", "data", "fridge-tag-2l", "130500109088_202206081014.txt");

    /// <summary>Reads the recording.</summary>
    /// <exception cref="FileNotFoundException">The data folder is not beside the project.</exception>
    public static FridgeTag Read()
    {
        var lines = File.ReadAllLines(Path);
        var data = Array.IndexOf(lines, "Data:");
        return new FridgeTag([.. lines.Skip(data + 2).TakeWhile(line => line.StartsWith('\t')).Select(Sample)], [.. DailyTotals(lines[..data])]);
    }

    private static LoggedSample Sample(string line)
    {
        var fields = line.Split('\t');
        Celsius.TryParse(fields[2], out var value).Should().BeTrue(line);
        return new LoggedSample(At(fields[1]), value, fields.Length > 3 && fields[3] == "x");
    }

    private static IEnumerable<LoggedDay> DailyTotals(string[] header)
    {
        DateOnly? day = null;
        Side? side = null;
        foreach (var line in header)
        {
            if (Regex.Match(line, @"^  Date: (\d{4}-\d\d-\d\d)$") is { Success: true } date)
            {
                day = DateOnly.ParseExact(date.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            }

            side = line switch { "   0:" => Side.Low, "   1:" => Side.High, _ => side };
            if (day is not null && side is not null && Regex.Match(line, @"^    t Acc: (\d+)(?:, TS A: (\d\d:\d\d))?") is { Success: true } total)
            {
                var alarm = total.Groups[2].Success ? TimeOnly.ParseExact(total.Groups[2].Value, "HH:mm", CultureInfo.InvariantCulture) : (TimeOnly?)null;
                yield return new LoggedDay(day.Value, side.Value, int.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture), alarm);
            }
        }
    }

    private static Instant At(string text) => Instant.From(DateTimeOffset.ParseExact(
        text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal));
}
