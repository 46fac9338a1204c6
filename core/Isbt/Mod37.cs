namespace ColdChain.Core.Isbt;

/// <summary>
/// The check character system ISO 7064 MOD 37-2, over the alphabet 0–9, A–Z, which ISBT 128 prints after a donation number. It finds
/// every single wrong character and every exchange of two neighbours.
/// </summary>
public static class Mod37
{
    /// <summary>The 37 characters in the order of their values; the last one only ever checks.</summary>
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";

    /// <summary>The value of the check character of a text of digits and capital letters, 0 to 36.</summary>
    /// <exception cref="ArgumentException">The text holds another character.</exception>
    public static int CheckValue(ReadOnlySpan<char> text)
    {
        var sum = 0;
        foreach (var character in text)
        {
            var value = Alphabet.IndexOf(character, StringComparison.Ordinal);
            if (value is < 0 or 36)
            {
                throw new ArgumentException($"'{character}' is neither a digit nor a capital letter", nameof(text));
            }

            sum = (sum + value) * 2 % 37;
        }

        return (38 - sum) % 37;
    }

    /// <summary>The check character of a text of digits and capital letters.</summary>
    /// <exception cref="ArgumentException">The text holds another character.</exception>
    public static char CheckCharacter(ReadOnlySpan<char> text) => Alphabet[CheckValue(text)];
}
