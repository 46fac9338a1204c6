namespace ColdChain.Server.Reports.Sheets;

/// <summary>A table of a report, as both kinds of files for spreadsheets have it.</summary>
/// <param name="Name">What it shows, for people.</param>
/// <param name="Columns">Its columns, at least one.</param>
/// <param name="Rows">Its rows, each with one cell for each column. They are made while they are written, so that a long line is never held as a whole.</param>
internal sealed record Sheet(string Name, IReadOnlyList<SheetColumn> Columns, IEnumerable<IReadOnlyList<SheetCell>> Rows);

/// <summary>A column.</summary>
/// <param name="Header">What it holds, with its unit or zone.</param>
/// <param name="Kind">What most of its cells are: a text may say why there is none.</param>
internal readonly record struct SheetColumn(string Header, ColumnKind Kind);

/// <summary>What a column holds, which decides how wide it is and how its numbers are shown.</summary>
internal enum ColumnKind
{
    /// <summary>Words, names and identities.</summary>
    Text,

    /// <summary>Sentences that people wrote, or hashes.</summary>
    LongText,

    /// <summary>Counts and numbers of things.</summary>
    Whole,

    /// <summary>Temperatures in degrees Celsius, durations in minutes, shares in percent.</summary>
    Decimal,

    /// <summary>Dates with the time of day in the zone of the report.</summary>
    LocalTime,

    /// <summary>Instants in UTC as text by ISO 8601, which no program changes.</summary>
    UtcTime,

    /// <summary>Days.</summary>
    Date,
}

/// <summary>What a cell holds.</summary>
internal enum CellKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>A text, never a number: yes and no are words as well.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A date and time of day in the zone of the report.</summary>
    LocalTime,

    /// <summary>A day.</summary>
    Date,
}

/// <summary>A cell. The default value is an empty one.</summary>
internal readonly record struct SheetCell
{
    private readonly string? _text;

    private SheetCell(CellKind kind, string? text, decimal number, DateTime time) => (Kind, _text, Number, Time) = (kind, text, number, time);

    public CellKind Kind { get; }

    /// <summary>The text of a text; otherwise empty.</summary>
    public string Text => _text ?? "";

    /// <summary>The number of a number; otherwise 0.</summary>
    public decimal Number { get; }

    /// <summary>The date and time of a time, or the midnight with which a day begins; of no zone.</summary>
    public DateTime Time { get; }

    /// <summary>A text; an empty one is an empty cell.</summary>
    public static SheetCell Of(string? text) => string.IsNullOrEmpty(text) ? default : new SheetCell(CellKind.Text, text, 0, default);

    public static SheetCell Of(decimal number) => new(CellKind.Number, null, number, default);

    public static SheetCell Of(DateOnly day) => new(CellKind.Date, null, 0, day.ToDateTime(TimeOnly.MinValue));

    /// <summary>A date and time as the clock on the wall shows it.</summary>
    public static SheetCell OfLocal(DateTime time) => new(CellKind.LocalTime, null, 0, DateTime.SpecifyKind(time, DateTimeKind.Unspecified));
}
