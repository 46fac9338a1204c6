using System.Globalization;
using System.Text.Json.Serialization;

namespace ColdChain.Core.Readings;

/// <summary>
/// A temperature in whole milli-degrees Celsius, so that a comparison with a limit replays exactly.
/// Range: −273.150 °C to 1 000 000 °C inclusive. The default value is 0.000 °C, a valid temperature.
/// </summary>
[JsonConverter(typeof(CelsiusJson))]
public readonly record struct Celsius : IComparable<Celsius>
{
    private const int LowestMilli = -273_150;
    private const int HighestMilli = 1_000_000_000;

    private Celsius(int milli) => Milli = milli;

    /// <summary>Absolute zero, the lowest temperature.</summary>
    public static Celsius Lowest { get; } = new(LowestMilli);

    /// <summary>The highest temperature of the range.</summary>
    public static Celsius Highest { get; } = new(HighestMilli);

    /// <summary>The temperature in thousandths of a degree Celsius.</summary>
    public int Milli { get; }

    /// <summary>A temperature from thousandths of a degree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below absolute zero, or above the range.</exception>
    public static Celsius FromMilli(int milli)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(milli, LowestMilli);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milli, HighestMilli);
        return new Celsius(milli);
    }

    /// <summary>A temperature from thousandths of a degree; false when below absolute zero or above the range.</summary>
    public static bool TryFromMilli(long milli, out Celsius value)
    {
        var inRange = milli is >= LowestMilli and <= HighestMilli;
        value = inRange ? new Celsius((int)milli) : default;
        return inRange;
    }

    /// <summary>
    /// Reads a decimal text such as <c>4.25</c>, <c>-30</c> or <c>4.2e0</c>, with a point and no grouping. More than three decimals
    /// round half away from zero. Not-a-number, infinities and values outside the range are refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Celsius value)
    {
        value = default;
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var degrees) && TryFrom(degrees, out value);
    }

    /// <summary>The temperature nearest to a number of degrees, half away from zero; false when outside the range.</summary>
    public static bool TryFrom(decimal degrees, out Celsius value)
    {
        value = default;
        if (degrees is < -273.15m or > 1_000_000m)
        {
            return false;
        }

        value = new Celsius((int)decimal.Round(degrees * 1000m, MidpointRounding.AwayFromZero));
        return true;
    }

    /// <summary>The temperature as a number of degrees, exactly.</summary>
    public decimal ToDegrees() => Milli / 1000m;

    /// <inheritdoc/>
    public int CompareTo(Celsius other) => Milli.CompareTo(other.Milli);

    /// <summary>Degrees with a point and no trailing zeros, for example <c>4.25</c> or <c>-30</c>.</summary>
    public override string ToString() => ToDegrees().ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Colder than.</summary>
    public static bool operator <(Celsius a, Celsius b) => a.Milli < b.Milli;

    /// <summary>Warmer than.</summary>
    public static bool operator >(Celsius a, Celsius b) => a.Milli > b.Milli;

    /// <summary>Colder than or equal to.</summary>
    public static bool operator <=(Celsius a, Celsius b) => a.Milli <= b.Milli;

    /// <summary>Warmer than or equal to.</summary>
    public static bool operator >=(Celsius a, Celsius b) => a.Milli >= b.Milli;
}
