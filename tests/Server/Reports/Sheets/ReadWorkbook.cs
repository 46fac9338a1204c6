using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;

namespace ColdChain.Server.Tests.Reports.Sheets;

/// <summary>A workbook as another program reads it.</summary>
internal sealed class ReadWorkbook : IDisposable
{
    private readonly SpreadsheetDocument _document;
    private readonly CellFormat[] _formats;

    public ReadWorkbook(byte[] bytes)
    {
        _document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        _formats = [.. Book.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>()];
    }

    public IReadOnlyList<string> Names => [.. Book.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value!)];

    public Stylesheet Styles => Book.WorkbookStylesPart!.Stylesheet;

    private WorkbookPart Book => _document.WorkbookPart!;

    public IReadOnlyList<string> Faults() => [.. new OpenXmlValidator().Validate(_document).Select(fault => $"{fault.Part?.Uri} {fault.Path?.XPath}: {fault.Description}")];

    public Worksheet Sheet(string name) =>
        ((WorksheetPart)Book.GetPartById(Book.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id!)).Worksheet;

    /// <summary>The cells of a row; row 1 is the header.</summary>
    public static IReadOnlyList<Cell> Row(Worksheet sheet, int number) => [.. sheet.Descendants<Row>().Single(row => row.RowIndex! == (uint)number).Elements<Cell>()];

    /// <summary>The cell below a header.</summary>
    public static Cell Below(Worksheet sheet, string header, int row = 2)
    {
        var column = Row(sheet, 1).Single(cell => TextOf(cell) == header).CellReference!.Value!.TrimEnd('1');
        return Row(sheet, row).Single(cell => cell.CellReference == string.Create(CultureInfo.InvariantCulture, $"{column}{row}"));
    }

    /// <summary>The text of an inline string.</summary>
    public static string TextOf(Cell cell)
    {
        cell.DataType!.Value.Should().Be(CellValues.InlineString);
        return cell.InlineString!.Text!.Text.Replace("_x005F_", "_", StringComparison.Ordinal);
    }

    /// <summary>The number of a number.</summary>
    public static decimal NumberOf(Cell cell)
    {
        (cell.DataType is null || cell.DataType.Value == CellValues.Number).Should().BeTrue("{0} is a number", cell.CellReference);
        return decimal.Parse(cell.CellValue!.Text, CultureInfo.InvariantCulture);
    }

    /// <summary>The date and time of a serial date with a format of dates.</summary>
    public DateTime TimeOf(Cell cell)
    {
        var format = Styles.NumberingFormats!.Elements<NumberingFormat>().Single(format => format.NumberFormatId! == FormatOf(cell).NumberFormatId!);
        format.FormatCode!.Value.Should().StartWith(@"yyyy\-mm\-dd");
        return DateTime.FromOADate((double)NumberOf(cell));
    }

    public CellFormat FormatOf(Cell cell) => _formats[(int)cell.StyleIndex!.Value];

    public void Dispose() => _document.Dispose();
}
