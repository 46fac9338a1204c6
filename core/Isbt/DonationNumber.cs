using System.Globalization;
using System.Text.RegularExpressions;

namespace ColdChain.Core.Isbt;

/// <summary>
/// A donation identification number of ISBT 128 (data structure 001): 13 characters, of which five name the facility, two the year and
/// six count. Flag and check characters are not part of it. The default value has no text and is not valid.
/// </summary>
public readonly partial record struct DonationNumber
{
    private const int Length = 13;

    // Flags from here carry the check value plus this number.
    private const int FlagOfCheckValue = 60;

    private readonly string? _value;

    private DonationNumber(string value) => _value = value;

    /// <summary>The 13 characters, capital letters and digits.</summary>
    public string Value => _value ?? "";

    /// <summary>The character that is printed in a box after the number, for keyboard entry (ISO 7064 MOD 37-2).</summary>
    public char CheckCharacter => Mod37.CheckCharacter(Value);

    /// <summary>
    /// Accepts exactly the 13 characters, as this program itself stores and sends them. For people and scanners use <see cref="TryParse"/>.
    /// </summary>
    public static bool TryParseValue(string? text, out DonationNumber number)
    {
        number = Form().IsMatch(text ?? "") ? new DonationNumber(text!) : default;
        return number._value is not null;
    }

    /// <summary>
    /// Accepts what a scanner or a person enters: the scanned form <c>=W00002612345600</c> with its two flag digits, with or without an
    /// AIM prefix, or the typed form <c>W0000 26 123456 *</c> with its check character. Small letters, blanks and the marks - . / are
    /// tolerated when typed. Otherwise false and an error that names the reason and the cure.
    /// </summary>
    public static bool TryParse(string? text, out DonationNumber number, out string error)
    {
        number = default;
        error = Scan.Clean(text, "donation number", out var cleaned)
            ?? (cleaned[0] is '=' or '&' ? ParseScanned(cleaned, out number) : ParseTyped(Scan.WithoutSeparators(cleaned), out number))
            ?? "";
        return error.Length == 0;
    }

    /// <summary>The number in the groups of its label, with its check character: <c>W0000 26 123456 *</c>.</summary>
    public string ToLabel() => Value.Length == 0 ? "" : $"{Value[..5]} {Value[5..7]} {Value[7..]} {CheckCharacter}";

    /// <summary>The 13 characters.</summary>
    public override string ToString() => Value;

    private static string? ParseScanned(string text, out DonationNumber number)
    {
        number = default;
        if (text.StartsWith("=<", StringComparison.Ordinal))
        {
            return $"'{text}' is a product code; scan the donation number, the upper left barcode";
        }

        if (text.Length != 1 + Length + 2
            || !TryParseValue(text[1..^2], out var scanned)
            || !int.TryParse(text[^2..], NumberStyles.None, CultureInfo.InvariantCulture, out var flag))
        {
            return $"'{text}' is no ISBT 128 donation number ('=', 13 characters, two flag digits); "
                + "scan the donation number, the upper left barcode";
        }

        if (flag >= FlagOfCheckValue && flag - FlagOfCheckValue != Mod37.CheckValue(scanned.Value))
        {
            return $"'{text}' has flag {flag}, which does not check its number; scan it again, and report the label when it happens twice";
        }

        number = scanned;
        return null;
    }

    private static string? ParseTyped(string text, out DonationNumber number)
    {
        number = default;
        if (text.Length == Length && TryParseValue(text, out _))
        {
            return $"the donation number '{text}' lacks its check character; type the boxed character that follows it on the label too";
        }

        if (text.Length != Length + 1)
        {
            return $"the donation number '{text}' has {text.Length} characters; type the 13 of the label and the boxed check character";
        }

        if (!TryParseValue(text[..Length], out var typed))
        {
            return text[..Length].Contains('O', StringComparison.Ordinal)
                ? $"the donation number '{text}' has a letter O where only a zero can stand; type 0"
                : $"the donation number '{text}' is not five characters of a facility, two digits of the year, six digits; "
                    + "type it as on the label";
        }

        // The right check character is not told: typing it instead of reading the label again would keep the wrong number.
        if (text[Length] != typed.CheckCharacter)
        {
            return $"the donation number '{text}' does not fit its check character '{text[Length]}'; "
                + "at least one character is wrong, read the label again";
        }

        number = typed;
        return null;
    }

    // The first character is never O. Newer facility numbers may have a letter in the second place.
    [GeneratedRegex(@"^[A-NP-Z1-9][0-9A-Z][0-9]{11}\z")]
    private static partial Regex Form();
}
