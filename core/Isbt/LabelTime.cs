using System.Globalization;

namespace ColdChain.Core.Isbt;

/// <summary>
/// A date of an ISBT 128 label, with or without a time of day: of expiry (data structures 004 and 005) or of collection (006 and 007). It is
/// the local time of the place that printed the label; the label does not say which that is. The default value is not valid.
/// </summary>
/// <param name="Date">The date.</param>
/// <param name="Time">The time of day, to the minute; null when the label states the date only.</param>
public readonly record struct LabelTime(DateOnly Date, TimeOnly? Time)
{
    private const int DateLength = 6;
    private const int Century = 2000;

    /// <summary>Date and time of day: for an expiry without one, the last minute of its day.</summary>
    public DateTime LastMinute => Date.ToDateTime(Time ?? new TimeOnly(23, 59));

    /// <summary>As <c>2026-11-16</c> or <c>2026-11-16 23:59</c>.</summary>
    public override string ToString() => Time is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{Date:yyyy-MM-dd} {time:HH:mm}")
        : Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>
    /// Accepts <c>cyyjjj</c> (century, year, day of the year from 001), and with a time <c>cyyjjjhhmm</c>. Of the centuries only 0, which is
    /// 2000 to 2099: a label of another one is a misread one.
    /// </summary>
    internal static bool TryParseData(string data, bool hasTime, out LabelTime value)
    {
        value = default;
        if (data.Length != (hasTime ? DateLength + 4 : DateLength) || !data.All(char.IsAsciiDigit) || data[0] != '0')
        {
            return false;
        }

        var year = Century + Number(data[1..3]);
        var day = Number(data[3..6]);
        if (day < 1 || day > (DateTime.IsLeapYear(year) ? 366 : 365))
        {
            return false;
        }

        var date = new DateOnly(year, 1, 1).AddDays(day - 1);
        if (!hasTime)
        {
            value = new LabelTime(date, null);
            return true;
        }

        var (hour, minute) = (Number(data[6..8]), Number(data[8..10]));
        value = hour < 24 && minute < 60 ? new LabelTime(date, new TimeOnly(hour, minute)) : default;
        return hour < 24 && minute < 60;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
