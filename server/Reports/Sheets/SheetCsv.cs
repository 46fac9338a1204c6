using System.Globalization;
using CsvHelper;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>
/// Sheets as one file of comma-separated values (RFC 4180) in UTF-8 with a byte order mark: for each its name, its header, its rows and an empty
/// line. Numbers have a decimal point whatever the language. Texts that are like formulas have an apostrophe in front (<see cref="FormulaGuard"/>).
/// </summary>
internal static class SheetCsv
{
    // Sheets have different numbers of columns, and texts are guarded here, where more is known of them than their first character.
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, ValidateFieldCount = false, Injection = CsvInjection.None };

    /// <summary>Writes sheets one under the other; the stream stays open and need not seek.</summary>
    /// <param name="sheets">The sheets.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancellation">Ends it between two rows; what is written by then is no whole file.</param>
    public static async Task WriteAsync(IEnumerable<Sheet> sheets, Stream stream, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        foreach (var sheet in sheets)
        {
            csv.WriteField(Text(sheet.Name));
            await csv.EndRecordAsync(cancellation);
            foreach (var column in sheet.Columns)
            {
                csv.WriteField(Text(column.Header));
            }

            await csv.EndRecordAsync(cancellation);
            foreach (var row in sheet.Rows)
            {
                foreach (var cell in row)
                {
                    csv.WriteField(Field(cell));
                }

                await csv.EndRecordAsync(cancellation);
            }

            // The writer knows no empty lines: a record without anything would be a pair of quotes.
            await csv.FlushAsync(cancellation);
            await stream.WriteAsync("\r\n"u8.ToArray(), cancellation);
        }
    }

    private static string Field(SheetCell cell) => cell.Kind switch
    {
        CellKind.Empty => "",
        CellKind.Text => Text(cell.Text),
        CellKind.Number => SheetText.Of(cell.Number),
        CellKind.LocalTime => cell.Time.ToString(cell.Time.Millisecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        CellKind.Date => cell.Time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.Kind, "There is no such kind of cell."),
    };

    private static string Text(string text) => FormulaGuard.InCsv(SheetText.Visible(text));
}
