using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>How worksheets look: the formats of cells by their number, the widths, the frozen header, the page on paper.</summary>
internal static class XlsxLook
{
    public const uint Header = 1;
    public const uint LocalTime = 8;
    public const uint Date = 9;

    private const uint Words = 2;
    private const uint GuardedWords = 3;
    private const uint Sentences = 4;
    private const uint GuardedSentences = 5;
    private const uint Whole = 6;
    private const uint Decimal = 7;
    private const uint WholeAmongSentences = 10;

    // Below 164 the numbers of formats are those that the standard defines.
    private const uint DecimalFormat = 164;
    private const uint TimeFormat = 165;
    private const uint DateFormat = 166;
    private const uint WholeFormat = 1;

    private const double HeaderHeight = 31; // Points.
    private const int ColumnsOnOnePage = 12;
    private const int WordWrap = 6; // What two lines lose, since they break between words.
    private const uint PaperA4 = 9;

    /// <summary>The look of a text.</summary>
    /// <param name="column">Of which column.</param>
    /// <param name="isLikeFormula">True for one that must not become a formula when somebody edits it.</param>
    public static uint OfText(ColumnKind column, bool isLikeFormula) => (column, isLikeFormula) switch
    {
        (ColumnKind.LongText, true) => GuardedSentences,
        (ColumnKind.LongText, false) => Sentences,
        (_, true) => GuardedWords,
        _ => Words,
    };

    /// <summary>The look of a number.</summary>
    public static uint OfNumber(ColumnKind column) => column switch
    {
        ColumnKind.Decimal => Decimal,
        ColumnKind.LongText => WholeAmongSentences, // Far to the right of a wide column nobody would look for it.
        _ => Whole,
    };

    /// <summary>The row of the header, which is high enough for two lines: not every program reckons that itself.</summary>
    public static Row HeaderRow() => new() { RowIndex = 1, Height = HeaderHeight, CustomHeight = true };

    /// <summary>What comes before the rows: widths, and the header that stays in sight.</summary>
    public static void WriteBeforeRows(OpenXmlWriter writer, IReadOnlyList<SheetColumn> columns)
    {
        // A table with more columns would be too small to read on one page: it is spread over several.
        writer.WriteElement(new SheetProperties(new PageSetupProperties { FitToPage = columns.Count <= ColumnsOnOnePage }));
        writer.WriteElement(new SheetViews(new SheetView(
            new Pane { VerticalSplit = 1, TopLeftCell = "A2", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen },
            new Selection { Pane = PaneValues.BottomLeft })
        { WorkbookViewId = 0 }));
        writer.WriteElement(new Columns(columns.Select((column, place) => new Column
        {
            Min = (uint)place + 1,
            Max = (uint)place + 1,
            Width = Math.Max(WidthOf(column.Kind), (column.Header.Length / 2) + WordWrap),
            CustomWidth = true,
        })));
    }

    /// <summary>What comes after the rows: paper lies on its side, as wide as the table and as many pages as it takes.</summary>
    public static void WriteAfterRows(OpenXmlWriter writer) =>
        writer.WriteElement(new PageSetup { PaperSize = PaperA4, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 });

    /// <summary>The formats of cells, in the order of their numbers.</summary>
    public static Stylesheet Stylesheet() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = DecimalFormat, FormatCode = "0.0##" },
            new NumberingFormat { NumberFormatId = TimeFormat, FormatCode = @"yyyy\-mm\-dd\ hh:mm:ss.000" },
            new NumberingFormat { NumberFormatId = DateFormat, FormatCode = @"yyyy\-mm\-dd" })
        { Count = 3 },
        new Fonts(FontOf(), FontOf(new Bold())) { Count = 2 },
        // The first two fills are those that the standard fixes.
        new Fills(FillOf(PatternValues.None), FillOf(PatternValues.Gray125), new Fill(new PatternFill(new ForegroundColor { Rgb = "FFE6EAEE" }) { PatternType = PatternValues.Solid })) { Count = 3 },
        new Borders(new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder())) { Count = 1 },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(
            FormatOf(0),
            new CellFormat(Aligned(wraps: true)) { NumberFormatId = 0, FontId = 1, FillId = 2, BorderId = 0, FormatId = 0, ApplyFont = true, ApplyFill = true, ApplyAlignment = true },
            FormatOf(0),
            Guarded(FormatOf(0)),
            FormatOf(0, wraps: true),
            Guarded(FormatOf(0, wraps: true)),
            FormatOf(WholeFormat),
            FormatOf(DecimalFormat),
            FormatOf(TimeFormat, isLeft: true),
            FormatOf(DateFormat, isLeft: true),
            FormatOf(WholeFormat, isLeft: true))
        { Count = 11 },
        new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });

    // In characters of the usual font: a time with its thousandths has 23.
    private static double WidthOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => 30,
        ColumnKind.LongText => 68,
        ColumnKind.Whole => 12,
        ColumnKind.Decimal => 14,
        ColumnKind.LocalTime => 25,
        ColumnKind.UtcTime => 26,
        ColumnKind.Date => 13,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of column."),
    };

    private static Font FontOf(params OpenXmlElement[] before) => new([.. before, new FontSize { Val = 11 }, new FontName { Val = "Calibri" }, new FontFamilyNumbering { Val = 2 }]);

    private static Fill FillOf(PatternValues pattern) => new(new PatternFill { PatternType = pattern });

    private static Alignment Aligned(bool wraps, bool isLeft = false) => new()
    {
        Vertical = VerticalAlignmentValues.Top,
        WrapText = wraps,
        Horizontal = isLeft ? HorizontalAlignmentValues.Left : HorizontalAlignmentValues.General,
    };

    private static CellFormat FormatOf(uint number, bool wraps = false, bool isLeft = false) =>
        new(Aligned(wraps, isLeft)) { NumberFormatId = number, FontId = 0, FillId = 0, BorderId = 0, FormatId = 0, ApplyNumberFormat = number > 0, ApplyAlignment = true };

    // With the mark that an apostrophe in front of what is typed leaves: edited, it stays a text.
    private static CellFormat Guarded(CellFormat format)
    {
        format.QuotePrefix = true;
        return format;
    }
}
