namespace ColdChain.Core.Isbt;

/// <summary>What comes from a scanner or a keyboard, cleaned of what carries no meaning.</summary>
internal static class Scan
{
    // Far beyond any one barcode, so that an error can quote the text.
    private const int LengthMax = 64;

    /// <summary>
    /// Takes off surrounding blanks and the AIM symbology identifier, which some scanners send first; an error in words when the text is
    /// too long or the identifier says that this is no ISBT 128 barcode.
    /// </summary>
    internal static string? Clean(string? text, string thing, out string cleaned) => Clean(text, thing, LengthMax, out cleaned);

    /// <summary>The same with a length of its own.</summary>
    internal static string? Clean(string? text, string thing, int lengthMax, out string cleaned)
    {
        cleaned = (text ?? "").Trim();
        var symbology = cleaned.StartsWith(']') ? cleaned[..Math.Min(3, cleaned.Length)] : "";
        cleaned = cleaned[symbology.Length..];
        return symbology switch
        {
            "" or "]C0" or "]d0" or "]d1" => cleaned.Length > 0 && cleaned.Length <= lengthMax
                ? null
                : $"the {thing} has {cleaned.Length} characters; scan or type the one on the label",
            "]C1" or "]d2" => $"the {thing} was scanned from a GS1 barcode ({symbology}); scan the ISBT 128 barcode",
            _ => $"the {thing} was scanned from a barcode of kind '{symbology}'; scan the ISBT 128 barcode (Code 128 or Data Matrix)",
        };
    }

    /// <summary>Capital letters, without the blanks and marks that people put between groups.</summary>
    internal static string WithoutSeparators(string text) =>
        string.Concat(text.Where(character => !char.IsWhiteSpace(character) && character is not ('-' or '.' or '/'))).ToUpperInvariant();
}
