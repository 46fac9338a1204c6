using System.IO.Compression;
using System.Text;
using ColdChain.Core.Reporting;
using ColdChain.Server.Html;
using ColdChain.Server.Reports.Sheets;
using ColdChain.Server.Reports.Wording;
using ColdChain.Server.Tests.Store;
using DocumentFormat.OpenXml.Spreadsheet;
using Sheet = ColdChain.Server.Reports.Sheets.Sheet;

namespace ColdChain.Server.Tests.Reports.Sheets;

public sealed class SheetXlsxTests
{
    public static TheoryData<ReportKind, string> Reports
    {
        get
        {
            var data = new TheoryData<ReportKind, string>();
            foreach (var kind in Enum.GetValues<ReportKind>())
            {
                Texts.All.ToList().ForEach(texts => data.Add(kind, texts.Language));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Reports))]
    public async Task Report_OfEachKindInEachLanguage_IsAValidWorkbookWithEverySheetAndNoFormula(ReportKind kind, string language)
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(kind), ReportTexts.Of(Texts.Find(language)!));

        using var book = new ReadWorkbook(await WriteAsync(sheets));

        book.Faults().Should().BeEmpty();
        book.Names.Should().Equal(sheets.Select(sheet => sheet.Name), "no name of ours has to be changed");
        foreach (var (name, sheet) in sheets.Select(sheet => (sheet.Name, sheet)))
        {
            book.Sheet(name).Descendants<CellFormula>().Should().BeEmpty();
            book.Sheet(name).Descendants<Row>().Should().HaveCount(sheet.Rows.Count() + 1);
        }
    }

    [Fact]
    public async Task Figures_OfAProbe_AreNumbersAndDates()
    {
        using var book = new ReadWorkbook(await WriteAsync(ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English)));
        var figures = book.Sheet("Figures by probe");

        ReadWorkbook.NumberOf(ReadWorkbook.Below(figures, "Minimum (°C)")).Should().Be(-2.5m);
        ReadWorkbook.NumberOf(ReadWorkbook.Below(figures, "Maximum (°C)")).Should().Be(8.042m);
        ReadWorkbook.NumberOf(ReadWorkbook.Below(figures, "Too cold (min)")).Should().Be(1.5m);
        ReadWorkbook.NumberOf(ReadWorkbook.Below(figures, "Samples that count")).Should().Be(118);
        book.TimeOf(ReadWorkbook.Below(figures, "Maximum at (Africa/Casablanca)")).Should().Be(new DateTime(2026, 11, 27, 12, 30, 1, 500, DateTimeKind.Unspecified));
        ReadWorkbook.TextOf(ReadWorkbook.Below(figures, "Maximum at (UTC)")).Should().Be("2026-11-27T11:30:01.500Z");
        book.TimeOf(ReadWorkbook.Below(figures, "Calibrated on")).Should().Be(new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Unspecified));
        ReadWorkbook.TextOf(ReadWorkbook.Below(figures, "Calibration certificate")).Should().Be("not recorded");
    }

    [Fact]
    public async Task Line_WithABreak_HasAnEmptyCellThere()
    {
        using var book = new ReadWorkbook(await WriteAsync(ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.English)));
        var lines = book.Sheet("Drawn lines");

        ReadWorkbook.NumberOf(ReadWorkbook.Row(lines, 2)[^1]).Should().Be(-2.5m);
        ReadWorkbook.Row(lines, 3).Should().HaveCount(ReadWorkbook.Row(lines, 2).Count - 1);
        ReadWorkbook.NumberOf(ReadWorkbook.Row(lines, 4)[^1]).Should().Be(4.25m);
    }

    [Fact]
    public async Task Header_OfASheet_IsBoldAndFrozen()
    {
        using var book = new ReadWorkbook(await WriteAsync([OfTexts(["x"])]));
        var sheet = book.Sheet("S");

        var pane = sheet.Descendants<Pane>().Single();
        (pane.State!.Value, pane.TopLeftCell!.Value).Should().Be((PaneStateValues.Frozen, "A2"));
        var font = (int)book.FormatOf(ReadWorkbook.Row(sheet, 1)[0]).FontId!.Value;
        book.Styles.Fonts!.Elements<Font>().ElementAt(font).Bold.Should().NotBeNull();
        sheet.Descendants<Column>().Single().Width!.Value.Should().BeGreaterThan(10);
    }

    [Fact]
    public async Task Texts_LikeFormulas_AreTextsThatStayTextsWhenTheyAreEdited()
    {
        using var book = new ReadWorkbook(await WriteAsync([OfTexts(NastyTexts.LikeFormulas)]));
        var cells = book.Sheet("S").Descendants<Row>().Skip(1).Select(row => row.Elements<Cell>().Single()).ToList();

        book.Faults().Should().BeEmpty();
        cells.Select(ReadWorkbook.TextOf).Should().Equal(NastyTexts.LikeFormulas.Select(text => text.Replace('\r', '\n')));
        cells.Should().OnlyContain(cell => HasQuotePrefix(book, cell));
    }

    [Fact]
    public async Task Texts_OfOtherKinds_AreReadBackAsTheyWere()
    {
        using var book = new ReadWorkbook(await WriteAsync([OfTexts(NastyTexts.Plain)]));
        var cells = book.Sheet("S").Descendants<Row>().Skip(1).Select(row => row.Elements<Cell>().Single()).ToList();

        book.Faults().Should().BeEmpty();
        cells.Select(ReadWorkbook.TextOf).Should().Equal(NastyTexts.Plain);
        cells.Should().OnlyContain(cell => !HasQuotePrefix(book, cell));
    }

    [Fact]
    public async Task Text_ThatACellCannotHold_IsCutAndCleanedVisibly()
    {
        using var book = new ReadWorkbook(await WriteAsync([OfTexts([new string('a', 40_000), "a\0b\u000B\uFFFE\uDC00c"])]));
        var sheet = book.Sheet("S");

        var cut = ReadWorkbook.TextOf(ReadWorkbook.Row(sheet, 2)[0]);
        cut.Should().HaveLength(32_767).And.EndWith("aaa […]");
        ReadWorkbook.TextOf(ReadWorkbook.Row(sheet, 3)[0]).Should().Be("a\uFFFDb\uFFFD\uFFFD\uFFFDc");
    }

    [Fact]
    public async Task Names_ThatAWorkbookRefuses_AreChangedAndToldApart()
    {
        string[] wanted = ["a/b:c*[d]?\\", "A/B:C*[D]?\\", new string('x', 40), new string('x', 41), "'q'", "history", "", " '"];

        using var book = new ReadWorkbook(await WriteAsync(wanted.Select(name => OfTexts(["x"]) with { Name = name })));

        book.Faults().Should().BeEmpty();
        book.Names.Should().Equal("a-b-c--d---", "A-B-C--D--- (2)", new string('x', 31), new string('x', 27) + " (2)", "q", "history (2)", "-", "- (2)");
    }

    [Fact]
    public async Task Time_BeforeSerialDatesAgree_IsAText()
    {
        var sheet = new Sheet("S", [new("t", ColumnKind.LocalTime)], [[SheetCell.OfLocal(new DateTime(1, 1, 1, 0, 0, 0, DateTimeKind.Unspecified))]]);

        using var book = new ReadWorkbook(await WriteAsync([sheet]));

        ReadWorkbook.TextOf(ReadWorkbook.Row(book.Sheet("S"), 2)[0]).Should().Be("0001-01-01 00:00:00");
    }

    [Fact]
    public void Sheet_LongerThanAWorksheet_GoesOnInAnother()
    {
        using var stream = new MemoryStream();
        SheetXlsx.Write([OfTexts(["a", "b", "c", "d", "e"]), OfTexts([])], stream, rowsMax: 3, CancellationToken.None);

        using var book = new ReadWorkbook(stream.ToArray());
        book.Faults().Should().BeEmpty();
        book.Names.Should().Equal("S", "S (2)", "S (3)", "S (4)");
        book.Names.Select(name => string.Concat(book.Sheet(name).Descendants<Cell>().Select(ReadWorkbook.TextOf))).Should().Equal("textab", "textcd", "texte", "text");
    }

    [Fact]
    public async Task Workbook_OfTheSameSheets_IsTheSameBytesWithoutATime()
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(ReportKind.Excursion), SheetSamples.French);

        var bytes = await WriteAsync(sheets);

        bytes.Should().Equal(await WriteAsync(sheets));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        zip.Entries.Select(entry => entry.LastWriteTime.Year).Distinct().Should().Equal(1980);
    }

    [Fact]
    public void Sheet_OfManyRows_IsWrittenWhileItIsMade()
    {
        using var stream = new MemoryStream();
        const int many = 100_000;
        var writtenAtLast = 0L;
        var rows = Enumerable.Range(1, many).Select(IReadOnlyList<SheetCell> (number) =>
        {
            writtenAtLast = number == many ? stream.Length : 0;
            return [SheetCell.Of("fridge-1-load"), SheetCell.Of(number / 1000m)];
        });

        SheetXlsx.Write([new Sheet("Line", [new("probe", ColumnKind.Text), new("°C", ColumnKind.Decimal)], rows)], stream, SheetXlsx.RowsMax, CancellationToken.None);

        writtenAtLast.Should().BeGreaterThan(stream.Length / 2);
        using var zip = new ZipArchive(stream);
        using var part = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        part.ReadToEnd().Should().Contain("r=\"B100001\"");
    }

    [Fact]
    public async Task Writing_ThatIsCancelled_EndsBetweenTwoRows()
    {
        using var cancelled = new CancellationTokenSource();
        var rows = Enumerable.Range(1, 10).Select(IReadOnlyList<SheetCell> (number) =>
        {
            if (number == 3)
            {
                cancelled.Cancel();
            }

            return number > 4 ? throw new InvalidOperationException("Nobody needs this row.") : [SheetCell.Of(number)];
        });

        using var folder = new TempFolder();
        var write = () => SheetXlsx.WriteAsync([new Sheet("S", [new("n", ColumnKind.Whole)], rows)], new AnswerStream(), Drafts.In(folder), cancelled.Token);

        await write.Should().ThrowAsync<OperationCanceledException>();
    }

    private static bool HasQuotePrefix(ReadWorkbook book, Cell cell) => book.FormatOf(cell).QuotePrefix?.Value ?? false;

    private static Sheet OfTexts(IEnumerable<string> texts) => new("S", [new("text", ColumnKind.Text)], texts.Select(IReadOnlyList<SheetCell> (text) => [SheetCell.Of(text)]));

    private static async Task<byte[]> WriteAsync(IEnumerable<Sheet> sheets)
    {
        var stream = new AnswerStream();
        using var folder = new TempFolder();
        await SheetXlsx.WriteAsync(sheets, stream, Drafts.In(folder), CancellationToken.None);
        stream.IsClosed.Should().BeFalse();
        return stream.Bytes;
    }
}
