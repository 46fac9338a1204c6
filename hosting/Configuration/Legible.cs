namespace ColdChain.Hosting.Configuration;

/// <summary>Parts of an error that come from outside, as they may stand on a terminal and in a log.</summary>
internal static class Legible
{
    private const int ValueMax = 64; // How much of a single value is shown.

    /// <summary>The text with <c>U+FFFD</c> in place of what ends a line, moves a cursor or is half a character; cut when it is long.</summary>
    public static string Of(string text, int lengthMax = ValueMax)
    {
        var kept = text.Length <= lengthMax ? text : string.Concat(text.AsSpan(0, lengthMax - 1), "…");
        return string.Concat(kept.EnumerateRunes().Select(rune => System.Text.Rune.IsControl(rune) ? "\uFFFD" : rune.ToString()));
    }
}
