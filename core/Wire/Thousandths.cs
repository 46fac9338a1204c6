using System.Globalization;

namespace ColdChain.Core.Wire;

/// <summary>
/// JSON numbers as whole thousandths: milli-degrees of degrees, milliseconds of seconds. Works on the digits themselves, so that
/// no binary fraction comes between the text and the value. More than three decimals round half away from zero.
/// </summary>
internal static class Thousandths
{
    /// <summary>The largest magnitude, a million millions of whole ones: far beyond any reading, and a few of them still add up.</summary>
    internal const long Largest = 1_000_000_000_000_000;

    // More than the digits of the longest acceptable message: such a number is zero or too large whatever its digits are.
    private const int ExponentReach = 100_000;

    /// <summary>
    /// Reads the text of a JSON number (RFC 8259 §6), which the caller has checked to be one; false when its magnitude is too large.
    /// </summary>
    internal static bool TryParse(ReadOnlySpan<byte> number, out long value)
    {
        var negative = number[0] == '-';
        var mantissa = WithoutExponent(negative ? number[1..] : number, out var exponent);
        var point = mantissa.IndexOf((byte)'.');
        var keep = (point < 0 ? mantissa.Length : point) + exponent + 3;
        var fits = TryTake(mantissa, keep, out value);
        value = negative ? -value : value;
        return fits;
    }

    /// <summary>Thousandths as the number of whole ones, with a point.</summary>
    internal static string ToText(long value) => (value / 1000m).ToString(CultureInfo.InvariantCulture);

    // Digits up to the wanted place make the value, the next one decides the rounding, and the rest cannot change it.
    private static bool TryTake(ReadOnlySpan<byte> mantissa, int keep, out long value)
    {
        value = 0;
        var place = 0;
        foreach (var character in mantissa)
        {
            if (character == '.')
            {
                continue;
            }

            if (place >= keep)
            {
                value += place == keep && character >= '5' ? 1 : 0;
                return value <= Largest;
            }

            value = (value * 10) + (character - '0');
            place++;
            if (value > Largest)
            {
                return false;
            }
        }

        for (; place < keep && value is > 0 and <= Largest; place++)
        {
            value *= 10;
        }

        return value <= Largest;
    }

    private static ReadOnlySpan<byte> WithoutExponent(ReadOnlySpan<byte> number, out int exponent)
    {
        exponent = 0;
        var mark = number.IndexOfAny((byte)'e', (byte)'E');
        if (mark < 0)
        {
            return number;
        }

        var text = number[(mark + 1)..];
        exponent = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stated)
            ? Math.Clamp(stated, -ExponentReach, ExponentReach)
            : text[0] == '-' ? -ExponentReach : ExponentReach;
        return number[..mark];
    }
}
