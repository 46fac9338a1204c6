using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using CsvHelper;

namespace ColdChain.Server.Quarantine;

/// <summary>A line of the list: a blood unit and where it is.</summary>
/// <param name="Line">The line in the file, from 1; the header is line 1.</param>
/// <param name="BloodUnit">The blood unit; null on a line that only names a storage unit, which says that it is empty or nothing more.</param>
/// <param name="Unit">The storage unit.</param>
internal sealed record StockRow(int Line, BloodUnit? BloodUnit, StorageUnitId Unit);

/// <summary>Reads a list of stock with the header <c>donation,product,unit</c>. What is wrong on any line is told with its line; nothing is guessed.</summary>
internal static class StockCsv
{
    /// <summary>The most lines of one list: the stock of a large centre.</summary>
    public const int RowsMax = 10_000;

    private const int ReasonLengthMax = 200; // A reason repeats what the file says, however long that is.
    private static readonly CsvReaderOptions Options = new() { TrimWhitespace = true, TrackLineNumbers = true, SkipEmptyLines = true };
    private static readonly string[] Columns = ["donation", "product", "unit"];

    /// <summary>The lines that can be read; what is wrong with the others goes into <paramref name="faults"/>.</summary>
    public static List<StockRow> Read(string text, StockFaults faults)
    {
        var rows = new List<StockRow>();
        using var csv = CsvReader.Create(new StringReader(text), Options, leaveOpen: false);
        try
        {
            csv.ReadHeader();
            if (!csv.Headers.ToArray().SequenceEqual(Columns))
            {
                faults.Add(1, $"the header is '{ShownText.Of(string.Join(',', csv.Headers.ToArray()))}'", "write donation,product,unit");
                return rows;
            }

            while (csv.Read())
            {
                Row(csv, rows, faults);
            }
        }
        catch (CsvFormatException fault)
        {
            faults.Add(fault.LineNumber, fault.Message.TrimEnd('.'), "close each quoted field, and write a quote inside one twice");
        }

        if (rows.Count is 0 or > RowsMax)
        {
            faults.Add(1, $"there are {rows.Count} lines that can be read below the header", $"write 1 to {RowsMax}; for an empty storage unit, a line with its id alone, such as ,,fridge-1");
        }

        return rows;
    }

    private static void Row(CsvReader csv, List<StockRow> rows, StockFaults faults)
    {
        var line = (int)csv.LineNumber;
        var fields = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
        if (fields.Length != Columns.Length)
        {
            faults.Add(line, $"{fields.Length} fields instead of {Columns.Length}", "write one field for each column of the header");
        }
        else if (!StorageUnitId.TryParse(fields[2], out var unit))
        {
            faults.Add(line, $"unit '{ShownText.Of(fields[2], ReasonLengthMax)}' is no id of a storage unit", "write one that GET /api/v1/units lists");
        }
        else if (fields[0].Length + fields[1].Length == 0)
        {
            rows.Add(new StockRow(line, null, unit));
        }
        else
        {
            faults.Try(line, () => rows.Add(new StockRow(line, BloodUnit.Parse(fields[0], fields[1]), unit)));
        }
    }
}

/// <summary>All that is wrong with a list: told together, so that it is corrected once.</summary>
internal sealed class StockFaults
{
    private const int ToldMax = 100;

    private readonly List<(long Line, string Text)> _faults = [];

    public bool Any => _faults.Count > 0;

    public void Add(long line, string reason, string cure) => _faults.Add((line, $"Line {line}: {ShownText.Of(reason)}; {cure}."));

    /// <summary>Does something for a line; a refusal of it is a fault of that line.</summary>
    public void Try(long line, Action act)
    {
        try
        {
            act();
        }
        catch (RefusalException refusal) when (refusal.Kind != RefusalKind.Forbidden)
        {
            Add(line, refusal.Reason, refusal.Cure);
        }
    }

    /// <exception cref="RefusalException">There are faults.</exception>
    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new RefusalException(RefusalKind.Invalid, "lines", $"{_faults.Count} lines of the list are wrong, and nothing was entered", "correct all that 'lines' names, and send the whole list again")
            {
                Lines = [.. _faults.OrderBy(fault => fault.Line).Take(ToldMax).Select(fault => fault.Text)],
            };
        }
    }
}
