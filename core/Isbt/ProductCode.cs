using System.Text.RegularExpressions;

namespace ColdChain.Core.Isbt;

/// <summary>
/// What kind of blood component a unit is. Either an ISBT 128 product code (data structure 003): the five characters of the product
/// description, and when scanned also the type of donation and the division; or a plain code of a rule pack such as <c>RBC</c>. Together
/// with the donation number, the full code identifies one blood unit. The default value has no text and is not valid.
/// </summary>
public readonly partial record struct ProductCode
{
    private const int DescriptionLength = 5;

    private readonly string? _value;

    private ProductCode(string value) => _value = value;

    /// <summary>The code without data identifier: <c>E0398V00</c>, <c>E0398</c> or <c>RBC</c>.</summary>
    public string Value => _value ?? "";

    /// <summary>The product description code, for example <c>E0398</c>; null for a plain code.</summary>
    public string? Description => Isbt().IsMatch(Value) ? Value[..DescriptionLength] : null;

    /// <summary>The type of donation, for example <c>V</c> for volunteer; null when the code does not state it.</summary>
    public char? DonationType => Description is not null && Value.Length > DescriptionLength ? Value[DescriptionLength] : null;

    /// <summary>
    /// The two characters that tell the parts of a divided unit apart, <c>00</c> when undivided; null when the code does not state them.
    /// </summary>
    public string? Division => DonationType is null ? null : Value[(DescriptionLength + 1)..];

    /// <summary>
    /// Accepts the scanned form <c>=&lt;E0398V00</c> with or without an AIM prefix, the same eight characters or their first five typed,
    /// or a plain code of 1 to 32 capital letters, digits and underscores. Otherwise false and an error that names the reason and the cure.
    /// </summary>
    public static bool TryParse(string? text, out ProductCode code, out string error)
    {
        code = default;
        error = Scan.Clean(text, "product code", out var cleaned) ?? Parse(cleaned, out code) ?? "";
        return error.Length == 0;
    }

    /// <summary>The code without data identifier.</summary>
    public override string ToString() => Value;

    private static string? Parse(string text, out ProductCode code)
    {
        code = default;
        if (text.StartsWith("=<", StringComparison.Ordinal))
        {
            var scanned = text[2..];
            code = scanned.Length == 8 && Isbt().IsMatch(scanned) ? new ProductCode(scanned) : default;
            return code._value is null
                ? $"'{text}' is no ISBT 128 product code ('=<' and 8 characters); scan the product code again"
                : null;
        }

        if (text[0] is '=' or '&')
        {
            return $"'{text}' is another barcode of the label; scan the product code, which begins with =<";
        }

        code = Isbt().IsMatch(text) || Plain().IsMatch(text) ? new ProductCode(text) : default;
        return code._value is null
            ? $"the product code '{text}' is neither an ISBT 128 code such as E0398V00 nor a plain one such as RBC; type it as on the label"
            : null;
    }

    // Capital letters and digits; only the second division character may also be a small letter.
    [GeneratedRegex(@"^[A-Z][0-9]{4}([0-9A-Z][0-9A-Z][0-9A-Za-z])?\z")]
    private static partial Regex Isbt();

    [GeneratedRegex(@"^[A-Z][0-9A-Z_]{0,31}\z")]
    private static partial Regex Plain();
}
