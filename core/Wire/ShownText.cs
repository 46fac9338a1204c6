namespace ColdChain.Core.Wire;

/// <summary>
/// A text from outside as it may stand in an error, an event or a log: on one line, nothing that moves a cursor or ends a line, and not
/// longer than a person reads.
/// </summary>
public static class ShownText
{
    /// <summary>How much of a single name or value is shown, in UTF-16 code units, the mark of a cut included.</summary>
    public const int ValueMax = 64;

    private const char Unfit = '\uFFFD';
    private const char Cut = '…';

    /// <summary>
    /// The text with <c>U+FFFD</c> in place of every control character and half surrogate pair; a longer one than
    /// <paramref name="lengthMax"/> UTF-16 code units (at least 1) is cut to that and ends in <c>…</c>.
    /// </summary>
    public static string Of(string text, int lengthMax = ValueMax)
    {
        var kept = text.Length <= lengthMax ? text.Length : lengthMax - 1;
        if (kept < text.Length && kept > 0 && char.IsHighSurrogate(text[kept - 1]))
        {
            kept--;
        }

        return string.Create(kept == text.Length ? kept : kept + 1, (text, kept), static (shown, from) =>
        {
            shown[^1..].Fill(Cut);
            for (var i = 0; i < from.kept; i++)
            {
                shown[i] = IsFit(from.text, i) ? from.text[i] : Unfit;
            }
        });
    }

    private static bool IsFit(string text, int at) => text[at] switch
    {
        var character when char.IsControl(character) => false,
        var character when char.IsHighSurrogate(character) => at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]),
        var character when char.IsLowSurrogate(character) => at > 0 && char.IsHighSurrogate(text[at - 1]),
        _ => true,
    };
}
