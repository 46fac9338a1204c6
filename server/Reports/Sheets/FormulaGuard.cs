using System.Globalization;
using System.Text;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>
/// Keeps what people typed from being run by the program that opens a sheet: it takes a text that begins like a formula for one. Only texts are
/// looked at; a number such as −2.5 is written as a number and stays one.
/// </summary>
internal static class FormulaGuard
{
    private const char Guard = '\'';

    // With their full-width and small forms, which spreadsheets of East Asian languages read as the same.
    private const string Starters = "=+-@\uFF1D\uFF0B\uFF0D\uFF20\uFE66\uFE62\uFE63\uFE6B";

    // Where a program that expects another separator, or does not see the quotes, begins a new cell in the middle of a text.
    private const string Breaks = ";\t\r\n";

    /// <summary>True when a program might take a text for a formula.</summary>
    public static bool IsLikeFormula(string text) =>
        text.Length > 0 && (text[0] is '\t' or '\r' or '\n' || (text.FirstOrDefault(letter => !IsPassedOver(letter)) is var first && Starters.Contains(first)));

    /// <summary>
    /// A text for a CSV file: with an apostrophe in front when it is like a formula. A French spreadsheet cuts at semicolons whatever the
    /// file says, so that what stands behind one, or behind a line break, is looked at in the same way.
    /// </summary>
    public static string InCsv(string text)
    {
        var guarded = new StringBuilder(text.Length + 1);
        if (IsLikeFormula(text))
        {
            guarded.Append(Guard);
        }

        var isFresh = false; // What begins the whole text is guarded already.
        foreach (var letter in text)
        {
            if (isFresh && Starters.Contains(letter))
            {
                guarded.Append(Guard);
            }

            isFresh = Breaks.Contains(letter) || (isFresh && IsPassedOver(letter));
            guarded.Append(letter);
        }

        return guarded.ToString();
    }

    // Spreadsheets trim more than spaces, and marks of direction are not even seen.
    private static bool IsPassedOver(char letter) =>
        char.IsWhiteSpace(letter) || char.IsControl(letter) || letter == '"' || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;
}
