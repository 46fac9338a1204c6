using System.Text;

namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>What every text that tells of a bad input must be: short, plain, and with reason and cure.</summary>
internal static class ErrorText
{
    /// <summary>The longest one, in UTF-16 code units. It goes into logs, into events and onto pages.</summary>
    public const int LengthMax = 1000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Throws unless the text may be shown and written anywhere: not empty, not long, no control characters, no half characters.</summary>
    public static void RequirePlain(string text)
    {
        if (text.Length is 0 or > LengthMax)
        {
            throw new UnfitTextException($"the text has {text.Length} characters, not 1 to {LengthMax}", text);
        }

        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                throw new UnfitTextException($"the text holds U+{(int)character:X4}", text);
            }
        }

        RequireWhole(text);
    }

    /// <summary>Throws when the text holds half of a surrogate pair, which cannot be written.</summary>
    public static void RequireWhole(string text) => Strict.GetByteCount(text);

    /// <summary>Throws unless the text is plain and says a reason and, behind the separator, a cure.</summary>
    public static void RequireReasonAndCure(string text, string separator)
    {
        RequirePlain(text);
        var end = text.LastIndexOf(separator, StringComparison.Ordinal);
        if (end <= 0 || end + separator.Length >= text.Length)
        {
            throw new UnfitTextException($"the text is not a reason and a cure with '{separator}' between them", text);
        }
    }
}

/// <summary>A text about a bad input is not as such a text must be.</summary>
internal sealed class UnfitTextException(string what, string text) : Exception($"{what}: {(text.Length > 1000 ? text[..1000] + "…" : text)}");
