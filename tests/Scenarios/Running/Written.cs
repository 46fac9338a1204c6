using System.Globalization;
using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>How instants, durations and temperatures are written in an outcome: as in the notation, as short as they can be exactly.</summary>
internal static class Written
{
    public static string Time(Instant at, Instant day)
    {
        var days = (int)Math.Floor((at - day).TotalDays);
        var time = at.ToDateTimeOffset().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var shorter = time.EndsWith(":00.000", StringComparison.Ordinal) ? time[..5] : time.EndsWith(".000", StringComparison.Ordinal) ? time[..8] : time;
        return days == 0 ? shorter : $"{days}d{shorter}";
    }

    /// <summary>The nearest minute, for what is only estimated.</summary>
    public static string Minute(Instant at, Instant day)
    {
        const long minute = 60_000;
        return Time(new Instant((at.Milliseconds + minute / 2) / minute * minute), day);
    }

    public static string Slope(double perHour) => perHour.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan length)
    {
        var text = $"{(length.Days > 0 ? $"{length.Days}d" : "")}{(length.Hours > 0 ? $"{length.Hours}h" : "")}{(length.Minutes > 0 ? $"{length.Minutes}m" : "")}";
        var seconds = TimeSpan.FromTicks(length.Ticks % TimeSpan.TicksPerMinute).TotalSeconds;
        return seconds > 0 || text.Length == 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}{seconds:0.###}s") : text;
    }

    public static string Degrees(int milli) => Celsius.FromMilli(milli).ToString();
}
