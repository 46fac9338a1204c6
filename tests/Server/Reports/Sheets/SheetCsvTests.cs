using System.Text;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Sheets;
using CsvHelper;

namespace ColdChain.Server.Tests.Reports.Sheets;

public sealed class SheetCsvTests
{
    private static readonly CsvReaderOptions Options = new() { Separator = ',', HasHeader = false, SkipEmptyLines = false, MalformedData = CsvMalformedDataHandling.Throw };

    [Fact]
    public async Task File_OfTwoSheets_HasNameHeaderRowsAndAnEmptyLineForEach()
    {
        var sheets = new[]
        {
            new Sheet("A", [new("n", ColumnKind.Whole), new("t", ColumnKind.Text)], [[SheetCell.Of(1), SheetCell.Of("x")], [default, default]]),
            new Sheet("B, C", [new("d", ColumnKind.Date)], [[SheetCell.Of(new DateOnly(2026, 3, 2))]]),
        };

        var bytes = await WriteAsync(sheets);

        bytes.Should().StartWith([0xEF, 0xBB, 0xBF]);
        Encoding.UTF8.GetString(bytes.AsSpan(3)).Should().Be("A\r\nn,t\r\n1,x\r\n,\r\n\r\n\"B, C\"\r\nd\r\n2026-03-02\r\n\r\n");
    }

    [Fact]
    public async Task Numbers_OfEveryKind_AreWrittenWithAPointAndAreNoText()
    {
        decimal[] numbers = [-2.5m, 0m, 4.250m, 1_000_000m, 0.0000001m, -0.001m];

        var rows = await RoundTripAsync(numbers.Select(SheetCell.Of));

        rows.Should().Equal("-2.5", "0", "4.25", "1000000", "0.0000001", "-0.001");
    }

    [Fact]
    public async Task Texts_LikeFormulas_AreReadBackBehindAnApostrophe()
    {
        var rows = await RoundTripAsync(NastyTexts.LikeFormulas.Select(SheetCell.Of));

        rows.Should().Equal(NastyTexts.LikeFormulas.Select(FormulaGuard.InCsv));
        rows.Should().OnlyContain(row => row.StartsWith('\''));
    }

    [Fact]
    public async Task Texts_WithSeparatorsQuotesLineBreaksAndArabic_AreReadBackAsTheyWere()
    {
        var rows = await RoundTripAsync(NastyTexts.Plain.Select(SheetCell.Of));

        rows.Should().Equal(NastyTexts.Plain);
    }

    [Fact]
    public async Task Text_WithControlCharacters_ShowsThem()
    {
        var rows = await RoundTripAsync([SheetCell.Of("a\0b\u001Bc\uD800")]);

        rows.Should().Equal("a\uFFFDb\uFFFDc\uFFFD");
    }

    [Fact]
    public async Task Times_WithAndWithoutThousandths_AreWrittenAsTheClockShowsThem()
    {
        var at = new DateTime(2026, 11, 27, 12, 30, 1, DateTimeKind.Unspecified);

        var rows = await RoundTripAsync([SheetCell.OfLocal(at), SheetCell.OfLocal(at.AddMilliseconds(50))]);

        rows.Should().Equal("2026-11-27 12:30:01", "2026-11-27 12:30:01.050");
    }

    [Fact]
    public async Task Sheet_OfManyRows_IsWrittenWhileItIsMade()
    {
        var stream = new AnswerStream();
        const int many = 100_000;
        var receivedAtLast = 0L;
        var rows = Enumerable.Range(1, many).Select(IReadOnlyList<SheetCell> (number) =>
        {
            receivedAtLast = number == many ? stream.Received : 0;
            return [SheetCell.Of(number), SheetCell.Of("fridge-1-load")];
        });

        await SheetCsv.WriteAsync([new Sheet("Line", [new("n", ColumnKind.Whole), new("probe", ColumnKind.Text)], rows)], stream, CancellationToken.None);

        receivedAtLast.Should().BeGreaterThan(stream.Received / 2);
        Encoding.UTF8.GetString(stream.Bytes).Should().EndWith("\r\n100000,fridge-1-load\r\n\r\n");
    }

    [Theory]
    [InlineData(ReportKind.Excursion)]
    [InlineData(ReportKind.UnitPeriod)]
    [InlineData(ReportKind.SitePeriod)]
    [InlineData(ReportKind.Alarms)]
    public async Task Report_OfEachKind_HasEverySheetAndNoFormula(ReportKind kind)
    {
        var sheets = ReportSheets.Of(SheetSamples.Of(kind), SheetSamples.French);

        var records = Read(await WriteAsync(sheets));

        records.Where(record => record.Length == 1).Select(record => record[0]).Should().ContainInOrder(sheets.Select(sheet => sheet.Name));
        records.SelectMany(record => record).Should().NotContain(field => field.StartsWith('=') || field.StartsWith('@') || field.StartsWith('+'));
        records.SelectMany(record => record).Where(field => field.StartsWith('-')).Should().BeSubsetOf(["-2.5", "-0.125"]);
    }

    private static async Task<IReadOnlyList<string>> RoundTripAsync(IEnumerable<SheetCell> cells)
    {
        var sheet = new Sheet("S", [new("first", ColumnKind.Text), new("cell", ColumnKind.Text)], cells.Select(IReadOnlyList<SheetCell> (cell) => [SheetCell.Of("x"), cell]));
        return [.. Read(await WriteAsync([sheet])).Where(record => record is ["x", _]).Select(record => record[1])];
    }

    private static async Task<byte[]> WriteAsync(IEnumerable<Sheet> sheets)
    {
        var stream = new AnswerStream();
        await SheetCsv.WriteAsync(sheets, stream, CancellationToken.None);
        stream.IsClosed.Should().BeFalse();
        return stream.Bytes;
    }

    private static List<string[]> Read(byte[] bytes)
    {
        var records = new List<string[]>();
        using var csv = CsvReader.Create(new StringReader(Encoding.UTF8.GetString(bytes.AsSpan(3))), Options, leaveOpen: false);
        while (csv.Read())
        {
            records.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        return records;
    }
}
