namespace ColdChain.Server.Reports;

/// <summary>In which form a report is given out.</summary>
internal enum ReportFormat
{
    /// <summary>One HTML document that needs nothing else, to read and to print.</summary>
    Html,

    /// <summary>The same, printed.</summary>
    Pdf,

    /// <summary>Tables, one under the other.</summary>
    Csv,

    /// <summary>Tables as a workbook.</summary>
    Xlsx,

    /// <summary>The content, as it is hashed and signed.</summary>
    Json,

    /// <summary>The signed bundle.</summary>
    Zip,
}

/// <summary>The words and types of formats.</summary>
internal static class ReportFormats
{
    /// <summary>The words of all formats, as they end a file's name.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<ReportFormat>().Select(WordOf)];

    public static string WordOf(ReportFormat format) => format switch
    {
        ReportFormat.Html => "html",
        ReportFormat.Pdf => "pdf",
        ReportFormat.Csv => "csv",
        ReportFormat.Xlsx => "xlsx",
        ReportFormat.Json => "json",
        ReportFormat.Zip => "zip",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>The format of a word that is one of <see cref="Words"/>.</summary>
    public static ReportFormat OfWord(string word) => Enum.GetValues<ReportFormat>().Single(format => WordOf(format) == word);

    /// <summary>The media type.</summary>
    public static string TypeOf(ReportFormat format) => format switch
    {
        ReportFormat.Html => "text/html; charset=utf-8",
        ReportFormat.Pdf => "application/pdf",
        ReportFormat.Csv => "text/csv; charset=utf-8",
        ReportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ReportFormat.Json => "application/json",
        ReportFormat.Zip => "application/zip",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>True for one that says its words in a language.</summary>
    public static bool IsInLanguage(ReportFormat format) => format is not (ReportFormat.Json or ReportFormat.Zip);
}
