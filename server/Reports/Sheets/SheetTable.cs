using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>Says, column by column, how a sheet shows things of one kind. Units and zones come into the headers here.</summary>
/// <param name="frame">The words and the zone.</param>
/// <param name="name">The sheet's name.</param>
internal sealed class SheetTable<T>(SheetFrame frame, string name)
{
    private const int ThousandthsOfDegree = 1000;

    private readonly List<SheetColumn> _columns = [];
    private readonly List<Func<T, SheetCell>> _cells = [];

    private ReportTexts Texts => frame.Texts;

    /// <summary>The sheet with its rows.</summary>
    public Sheet Of(IEnumerable<T> rows) => new(name, _columns, rows.Select(IReadOnlyList<SheetCell> (row) => [.. _cells.Select(cell => cell(row))]));

    /// <summary>Words and names; nothing where there are none.</summary>
    public SheetTable<T> Text(string header, Func<T, string?> text) => Add(header, ColumnKind.Text, row => SheetCell.Of(text(row)));

    /// <summary>Sentences and hashes; nothing where there are none.</summary>
    public SheetTable<T> LongText(string header, Func<T, string?> text) => Add(header, ColumnKind.LongText, row => SheetCell.Of(text(row)));

    /// <summary>What ought to be on record; where it is not, the cell says so.</summary>
    public SheetTable<T> Recorded(string header, Func<T, string?> text) => Text(header, row => text(row) is { Length: > 0 } known ? known : Texts.SheetNotRecorded);

    /// <summary>A count.</summary>
    /// <param name="header">What it is of.</param>
    /// <param name="number">The count; null for none.</param>
    /// <param name="absent">What the cell says when there is none; null for nothing.</param>
    public SheetTable<T> Whole(string header, Func<T, long?> number, string? absent = null) =>
        Add(header, ColumnKind.Whole, row => number(row) is { } known ? SheetCell.Of(known) : SheetCell.Of(absent));

    public SheetTable<T> YesNo(string header, Func<T, bool> value) => Add(header, ColumnKind.Text, row => frame.YesNo(value(row)));

    /// <summary>A number that is no count, with its unit in the header.</summary>
    public SheetTable<T> Number(string header, string unit, Func<T, double?> number) =>
        Add($"{header} ({unit})", ColumnKind.Decimal, row => number(row) is { } known ? SheetCell.Of((decimal)known) : default);

    /// <summary>A number that is no count and has no unit.</summary>
    /// <param name="header">What it is of.</param>
    /// <param name="number">The number; null for none.</param>
    /// <param name="absent">What the cell says when there is none; null for nothing.</param>
    public SheetTable<T> Number(string header, Func<T, decimal?> number, string? absent = null) =>
        Add(header, ColumnKind.Decimal, row => number(row) is { } known ? SheetCell.Of(known) : SheetCell.Of(absent));

    /// <summary>A temperature, exactly.</summary>
    /// <param name="header">What it is of.</param>
    /// <param name="celsius">The temperature; null for none.</param>
    /// <param name="absent">What the cell says when there is none; null for nothing.</param>
    public SheetTable<T> Celsius(string header, Func<T, Celsius?> celsius, string? absent = null) =>
        Add(InDegrees(header), ColumnKind.Decimal, row => celsius(row) is { } known ? SheetCell.Of(known.ToDegrees()) : SheetCell.Of(absent));

    /// <summary>A difference of temperatures in thousandths of a degree; where it is not recorded, the cell says so.</summary>
    public SheetTable<T> Thousandths(string header, Func<T, int?> milli) =>
        Add(InDegrees(header), ColumnKind.Decimal, row => milli(row) is { } known ? SheetCell.Of(known / (decimal)ThousandthsOfDegree) : SheetCell.Of(Texts.SheetNotRecorded));

    /// <summary>A duration in minutes.</summary>
    /// <param name="header">What it is of.</param>
    /// <param name="duration">The duration; null for none.</param>
    /// <param name="absent">What the cell says when there is none; null for nothing.</param>
    public SheetTable<T> Minutes(string header, Func<T, TimeSpan?> duration, string? absent = null) =>
        Add($"{header} (min)", ColumnKind.Decimal, row => duration(row) is { } known ? SheetFrame.Minutes(known) : SheetCell.Of(absent));

    /// <summary>An instant in two columns: as the clock on the wall showed it, and in UTC, which alone tells the two hours apart when clocks are put back.</summary>
    /// <param name="header">What it is of.</param>
    /// <param name="at">The instant; null for none.</param>
    /// <param name="absent">What the first cell says when there is none; null for nothing.</param>
    public SheetTable<T> Time(string header, Func<T, Instant?> at, string? absent = null) => Time(header, at, _ => absent);

    /// <summary>The same, where it depends on the row what the first cell says when there is none.</summary>
    public SheetTable<T> Time(string header, Func<T, Instant?> at, Func<T, string?> absent) =>
        Add($"{header} ({frame.Zone})", ColumnKind.LocalTime, row => at(row) is { } known ? frame.Local(known) : SheetCell.Of(absent(row)))
            .Add($"{header} (UTC)", ColumnKind.UtcTime, row => at(row) is { } known ? SheetFrame.Utc(known) : default);

    /// <summary>A day; where it is not recorded, the cell says so.</summary>
    public SheetTable<T> Date(string header, Func<T, DateOnly?> day) =>
        Add(header, ColumnKind.Date, row => day(row) is { } known ? SheetCell.Of(known) : SheetCell.Of(Texts.SheetNotRecorded));

    /// <summary>A column of which each cell is made as it pleases.</summary>
    public SheetTable<T> Add(string header, ColumnKind kind, Func<T, SheetCell> cell)
    {
        _columns.Add(new SheetColumn(header, kind));
        _cells.Add(cell);
        return this;
    }

    private static string InDegrees(string header) => $"{header} (°C)";
}
