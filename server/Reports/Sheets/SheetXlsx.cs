using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>
/// Sheets as a workbook (ECMA-376): one worksheet for each, its header frozen; numbers are numbers, times are serial dates of the local time, and
/// every text is an inline string, so that nothing is a formula. Each row is written and forgotten. The same sheets give the same bytes.
/// </summary>
internal static class SheetXlsx
{
    /// <summary>The most rows of a worksheet, its header included. What is longer goes on in a further one.</summary>
    public const int RowsMax = 1_048_576;

    // Serial dates count from here. Before March 1900 programs disagree, since one of them once took 1900 for a leap year.
    private static readonly DateTime SerialStart = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
    private static readonly DateTime FirstSerial = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private const int SerialDecimals = 10; // Hundred-thousandths of a second.

    /// <summary>Writes a workbook; the stream stays open and need not seek, since the workbook is put together in a temporary file, which is gone afterwards.</summary>
    /// <param name="sheets">The sheets, at least one.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="drafts">Where that file lies.</param>
    /// <param name="cancellation">Ends it between two rows, or while it is copied; what is written by then is no whole file.</param>
    public static async Task WriteAsync(IEnumerable<Sheet> sheets, Stream stream, DraftFolder drafts, CancellationToken cancellation)
    {
        await using var file = drafts.NewFile();
        Write(sheets, file, RowsMax, cancellation);
        file.Position = 0;
        await file.CopyToAsync(stream, cancellation);
    }

    /// <summary>Writes a workbook.</summary>
    /// <param name="sheets">The sheets, at least one.</param>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="rowsMax">The most rows of a worksheet, its header included; at least two.</param>
    /// <param name="cancellation">Ends it between two rows.</param>
    public static void Write(IEnumerable<Sheet> sheets, Stream stream, int rowsMax, CancellationToken cancellation)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var names = new List<string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in sheets)
        {
            using var rows = sheet.Rows.GetEnumerator();
            var isMore = rows.MoveNext();
            do
            {
                names.Add(SheetText.NameOf(sheet.Name, taken));
                using var part = XlsxPackage.Part(zip, XlsxPackage.SheetPath(names.Count));
                using var writer = OpenXmlWriter.Create(part, XlsxPackage.Utf8);
                isMore = WriteSheet(writer, sheet.Columns, rows, isMore, rowsMax, cancellation);
            }
            while (isMore);
        }

        XlsxPackage.WriteRest(zip, names);
    }

    // True when there are more rows than the worksheet takes.
    private static bool WriteSheet(
        OpenXmlWriter writer, IReadOnlyList<SheetColumn> columns, IEnumerator<IReadOnlyList<SheetCell>> rows, bool isMore, int rowsMax, CancellationToken cancellation)
    {
        writer.WriteStartDocument(standalone: true);
        writer.WriteStartElement(new Worksheet());
        XlsxLook.WriteBeforeRows(writer, columns);
        writer.WriteStartElement(new SheetData());
        var row = 1u;
        WriteRow(writer, XlsxLook.HeaderRow(), columns.Select((column, place) => TextCell(column.Header, XlsxLook.Header, AddressOf(place, row))));
        while (isMore && row < rowsMax)
        {
            cancellation.ThrowIfCancellationRequested();
            row++;
            WriteRow(writer, new Row { RowIndex = row }, Cells(rows.Current, columns, row));
            isMore = rows.MoveNext();
        }

        writer.WriteEndElement();
        XlsxLook.WriteAfterRows(writer);
        writer.WriteEndElement();
        return isMore;
    }

    private static void WriteRow(OpenXmlWriter writer, Row row, IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(row);
        foreach (var cell in cells)
        {
            writer.WriteElement(cell);
        }

        writer.WriteEndElement();
    }

    private static IEnumerable<Cell> Cells(IReadOnlyList<SheetCell> cells, IReadOnlyList<SheetColumn> columns, uint row)
    {
        for (var place = 0; place < cells.Count; place++)
        {
            if (cells[place].Kind != CellKind.Empty)
            {
                yield return CellOf(cells[place], columns[place].Kind, AddressOf(place, row));
            }
        }
    }

    private static Cell CellOf(SheetCell cell, ColumnKind column, string address) => cell.Kind switch
    {
        CellKind.Text => TextCell(cell.Text, XlsxLook.OfText(column, FormulaGuard.IsLikeFormula(cell.Text)), address),
        CellKind.Number => new Cell { CellReference = address, StyleIndex = XlsxLook.OfNumber(column), CellValue = new CellValue(SheetText.Of(cell.Number)) },
        CellKind.LocalTime or CellKind.Date when cell.Time < FirstSerial =>
            TextCell(cell.Time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), XlsxLook.OfText(column, isLikeFormula: false), address),
        CellKind.LocalTime => new Cell { CellReference = address, StyleIndex = XlsxLook.LocalTime, CellValue = new CellValue(SheetText.Of(Serial(cell.Time))) },
        CellKind.Date => new Cell { CellReference = address, StyleIndex = XlsxLook.Date, CellValue = new CellValue(SheetText.Of(Serial(cell.Time))) },
        _ => throw new ArgumentOutOfRangeException(nameof(cell), cell.Kind, "There is no such kind of cell."),
    };

    private static Cell TextCell(string text, uint look, string address) => new()
    {
        CellReference = address,
        StyleIndex = look,
        DataType = CellValues.InlineString,
        InlineString = new InlineString(new Text(SheetText.InCell(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    private static decimal Serial(DateTime time) => decimal.Round((time - SerialStart).Ticks / (decimal)TimeSpan.TicksPerDay, SerialDecimals);

    // A to Z, AA to ZZ and on.
    private static string AddressOf(int place, uint row)
    {
        const int letters = 26;
        var column = "";
        for (var rest = place + 1; rest > 0; rest = (rest - 1) / letters)
        {
            column = (char)('A' + ((rest - 1) % letters)) + column;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{column}{row}");
    }
}
