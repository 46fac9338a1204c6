using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using CsvHelper;

namespace ColdChain.Server.Evaluate;

/// <summary>One row of the file: a sample of a probe.</summary>
/// <param name="Line">The line in the file, from 1; the header is line 1.</param>
/// <param name="Probe">The probe's name, as written.</param>
/// <param name="Role">Its role.</param>
/// <param name="Sample">The sample.</param>
internal sealed record CsvReading(int Line, string Probe, ProbeRole Role, Sample Sample);

/// <summary>
/// Reads a CSV file with the header <c>time,probe,role,celsius[,quality]</c>. A row that is not beyond doubt is an error naming its line;
/// nothing is guessed. Rows of a signal (role <c>door</c>, <c>mains</c> or <c>agitation</c>) have no temperature: they are left out, and counted.
/// </summary>
internal static class ReadingsCsv
{
    private const int ErrorsMax = 20;
    private const int ReasonLengthMax = 200; // A reason repeats what the file says, however long that is.
    private static readonly CsvReaderOptions Options = new() { TrimWhitespace = true, TrackLineNumbers = true, SkipEmptyLines = true };
    private static readonly string[] Required = ["time", "probe", "role", "celsius"];

    /// <summary>Reads all rows.</summary>
    /// <exception cref="ConfigurationException">The header or rows have errors: the first twenty are named.</exception>
    public static IReadOnlyList<CsvReading> Read(TextReader text, out int signalRows)
    {
        signalRows = 0;
        var errors = new List<string>();
        var rows = new List<CsvReading>();
        using var csv = CsvReader.Create(text, Options, leaveOpen: true);
        try
        {
            var columns = Header(csv);
            while (errors.Count < ErrorsMax && csv.Read())
            {
                signalRows += Row(csv, columns, rows, errors);
            }
        }
        catch (CsvFormatException fault)
        {
            errors.Add(Text(fault.LineNumber, fault.Message.TrimEnd('.'), "Close each quoted field, and write a quote inside one twice"));
        }

        errors.AddRange(RoleContradictions(rows));
        errors.AddRange(rows.Count + errors.Count == 0 ? [Text(2, "there is no reading of a temperature", "Write at least one row below the header")] : []);
        return errors.Count == 0 ? rows : throw new ConfigurationException(errors);
    }

    private static int Header(CsvReader csv)
    {
        csv.ReadHeader();
        var header = csv.Headers.ToArray();
        var fits = header.Take(Required.Length).SequenceEqual(Required) && (header.Length == 4 || (header.Length == 5 && header[4] == "quality"));
        return fits
            ? header.Length
            : throw new ConfigurationException([Text(1, $"the header is '{ShownText.Of(string.Join(',', header))}'", "Write time,probe,role,celsius, and quality after it if there is one")]);
    }

    // How many rows of a signal it was: none or one.
    private static int Row(CsvReader csv, int columns, List<CsvReading> rows, List<string> errors)
    {
        var line = (int)csv.LineNumber;
        var fields = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
        if (fields.Length != columns)
        {
            errors.Add(Text(line, $"{fields.Length} fields instead of {columns}", "Write one field for each column of the header"));
            return 0;
        }

        if (fields[2] is "door" or "mains" or "agitation")
        {
            return 1;
        }

        var before = errors.Count;
        if (!Instant.TryParse(fields[0], out var at))
        {
            errors.Add(Text(line, $"time '{ShownText.Of(fields[0])}' is not ISO 8601 with a zone", "Write it like 2026-03-01T12:00:00Z or 2026-03-01T13:00:00+01:00"));
        }

        if (fields[1].Length == 0)
        {
            errors.Add(Text(line, "the probe has no name", "Give every row the name of its probe"));
        }

        var role = Role(fields[2], line, errors);
        var sample = Sample(fields, at, line, errors);
        if (errors.Count == before)
        {
            rows.Add(new CsvReading(line, fields[1], role, sample));
        }

        return 0;
    }

    private static ProbeRole Role(string text, int line, List<string> errors)
    {
        if (text is not ("load" or "air"))
        {
            errors.Add(Text(line, $"role '{ShownText.Of(text)}' is neither load nor air", "Write load for a buffered probe, air for one in the air"));
        }

        return text == "air" ? ProbeRole.Air : ProbeRole.Load;
    }

    private static Sample Sample(string[] fields, Instant at, int line, List<string> errors)
    {
        var quality = fields.Length > 4 ? fields[4] : "";
        if (quality is not ("" or "good" or "fault"))
        {
            errors.Add(Text(line, $"quality '{ShownText.Of(quality)}' is not known", "Write good, fault, or nothing"));
        }

        if (fields[3].Length == 0)
        {
            return Core.Excursions.Sample.Fault(at);
        }

        if (!Celsius.TryParse(fields[3], out var value))
        {
            errors.Add(Text(line, $"celsius '{ShownText.Of(fields[3])}' is not a temperature", "Write degrees with a point, like 4.25, or leave it empty for a fault"));
        }

        return quality == "fault" ? Core.Excursions.Sample.Fault(at) : Core.Excursions.Sample.Good(at, value);
    }

    private static IEnumerable<string> RoleContradictions(List<CsvReading> rows) =>
        from probe in rows.GroupBy(row => row.Probe)
        let other = probe.FirstOrDefault(row => row.Role != probe.First().Role)
        where other is not null
        select Text(other.Line, $"probe {ShownText.Of(probe.Key)} is {Word(other.Role)} here and {Word(probe.First().Role)} on line {probe.First().Line}", "Give one probe one role");

    private static string Text(long line, string reason, string cure) => $"Line {line}: {ShownText.Of(reason, ReasonLengthMax)}. {cure}.";

    private static string Word(ProbeRole role) => role == ProbeRole.Load ? "load" : "air";
}
