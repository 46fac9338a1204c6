using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>Texts and numbers as files for spreadsheets can hold them.</summary>
internal static partial class SheetText
{
    /// <summary>The most characters that a cell of a spreadsheet holds.</summary>
    public const int CellMax = 32_767;

    /// <summary>The most characters of the name of a sheet.</summary>
    public const int NameMax = 31;

    /// <summary>Stands at the end of a text that was cut.</summary>
    public const string CutSign = " […]";

    private static readonly char[] AtNoEnd = [' ', '\''];

    private const char Unseen = '\uFFFD';

    // As many decimals as a decimal number has, and never an exponent.
    private const string NumberForm = "0.############################";

    /// <summary>A number with a decimal point and no trailing zeros.</summary>
    public static string Of(decimal number) => number.ToString(NumberForm, CultureInfo.InvariantCulture);

    /// <summary>A text in which everything can be seen: each control character but tab and line breaks, and each half of a broken pair, is shown as U+FFFD.</summary>
    public static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                visible.Append(text, i, 2);
                i++;
            }
            else
            {
                visible.Append(IsForbidden(text[i]) ? Unseen : text[i]);
            }
        }

        return visible.ToString();
    }

    /// <summary>
    /// A text for a cell of a workbook: visible, with line feeds alone as line breaks, cut where it is too long for a cell, and without anything
    /// that the format would take for a coded character: <c>_x0041_</c> is meant as it is written.
    /// </summary>
    public static string InCell(string text)
    {
        var lines = Visible(text).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return Coded().Replace(Cut(lines, CellMax, CutSign), "_x005F_");
    }

    /// <summary>A name that a sheet of a workbook may have, and that none before it has; <paramref name="taken"/> learns it.</summary>
    public static string NameOf(string wanted, HashSet<string> taken)
    {
        var allowed = string.Concat(Visible(wanted).Select(letter => "[]:*?/\\\t\r\n".Contains(letter) ? '-' : letter)).Trim(AtNoEnd);
        var name = Shortened(allowed, NameMax);
        for (var number = 2; IsReserved(name) || !taken.Add(name); number++)
        {
            var ending = string.Create(CultureInfo.InvariantCulture, $" ({number})");
            name = Shortened(allowed, NameMax - ending.Length) + ending;
        }

        return name;
    }

    private static string Shortened(string name, int most) => Cut(name, most, "").Trim(AtNoEnd) is { Length: > 0 } shorter ? shorter : "-";

    private static string Cut(string text, int most, string sign)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var length = most - sign.Length;
        return text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)] + sign;
    }

    private static bool IsForbidden(char letter) => (char.IsControl(letter) && letter is not ('\t' or '\r' or '\n')) || char.IsSurrogate(letter) || letter is '\uFFFE' or '\uFFFF';

    // Some spreadsheets keep this name for themselves and call a file broken that uses it.
    private static bool IsReserved(string name) => name.Equals("History", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)")]
    private static partial Regex Coded();
}
