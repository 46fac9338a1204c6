using ColdChain.Core.Readings;

namespace ColdChain.Server.Html;

// Numbers, times and durations as people write them.
public sealed partial class Texts
{
    /// <summary>A text of the resources with its numbers.</summary>
    public string Fill(string pattern, params object[] values) => string.Format(Culture, pattern, values);

    /// <summary>A temperature with one decimal and its unit.</summary>
    public string Degrees(Celsius celsius) => WithUnit(Number(celsius));

    /// <summary>A temperature with one decimal.</summary>
    public string Number(Celsius celsius) => Written(Rounded(celsius).ToString("0.0", Culture));

    /// <summary>
    /// A temperature with one decimal, or with three where one would make it look in range though it is not: 6.04 °C is beyond a limit of
    /// 6 °C, and "6.0" would deny it.
    /// </summary>
    public string Number(Celsius celsius, Celsius? low, Celsius? high)
    {
        var rounded = Rounded(celsius);
        var hides = (celsius > high && rounded <= high.Value.ToDegrees()) || (celsius < low && rounded >= low.Value.ToDegrees());
        return hides ? Written(celsius.ToDegrees().ToString("0.000", Culture)) : Number(celsius);
    }

    /// <summary>A limit with its unit, as short as it can be written exactly.</summary>
    public string DegreesExactly(Celsius limit) => WithUnit(Limit(limit));

    /// <summary>How fast a temperature changes, with its sign.</summary>
    public string Rate(double perHour) => Fill(RatePerHour, Written(perHour.ToString("+0.0;-0.0", Culture)));

    public string LimitsOf(Celsius? low, Celsius? high) => (low, high) switch
    {
        ({ } from, { } to) => Fill(LimitsBetween, Limit(from), WithUnit(Limit(to))),
        ({ } from, null) => Fill(LimitsAtLeast, WithUnit(Limit(from))),
        (null, { } to) => Fill(LimitsAtMost, WithUnit(Limit(to))),
        _ => LimitsNone,
    };

    /// <summary>A limit as short as it can be written exactly.</summary>
    public string Limit(Celsius limit) => Written(limit.ToDegrees().ToString("0.###", Culture));

    /// <summary>How long ago, in one unit: "il y a 2 min". The script of the pages counts on in the same words.</summary>
    public string Ago(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => Fill(AgeSeconds, Math.Max(0, (int)age.TotalSeconds)),
        { TotalMinutes: < 60 } => Fill(AgeMinutes, (int)age.TotalMinutes),
        { TotalHours: < 48 } => Fill(AgeHours, (int)age.TotalHours),
        _ => Fill(AgeDays, (int)age.TotalDays),
    };

    public string Duration(TimeSpan duration)
    {
        var minutes = (int)Math.Round(duration.TotalMinutes, MidpointRounding.AwayFromZero);
        return minutes < 60 ? Fill(MinutesShort, minutes) : Fill(HoursShort, minutes / 60, minutes % 60);
    }

    /// <summary>The time of day; with its date when that is not the date of <paramref name="now"/>.</summary>
    public string Time(Instant at, Instant now, TimeZoneInfo zone)
    {
        var (local, today) = (Local(at, zone), Local(now, zone));
        return local.ToString(local.Date == today.Date ? TimePattern : DateTimePattern, Culture);
    }

    /// <summary>Date and time of day to the second.</summary>
    public string FullTime(Instant at, TimeZoneInfo zone) => Local(at, zone).ToString(FullDatePattern, Culture);

    private static DateTimeOffset Local(Instant at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone);

    private string WithUnit(string number) => Fill(DegreesCelsius, number);

    private static decimal Rounded(Celsius celsius) => decimal.Round(celsius.ToDegrees(), 1, MidpointRounding.AwayFromZero);

    // A hyphen before a digit may end a line; the minus sign does not, and is as wide as a digit.
    private static string Written(string number) => number.Replace('-', '\u2212');
}
