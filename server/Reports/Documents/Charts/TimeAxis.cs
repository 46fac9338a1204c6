using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>A mark of the time axis.</summary>
/// <param name="At">When.</param>
/// <param name="Time">The time of day; empty for a mark of a whole day.</param>
/// <param name="Day">The day, where a new one begins and at the first mark; otherwise empty.</param>
internal readonly record struct TimeMark(Instant At, string Time, string Day);

/// <summary>Marks at round hours, days or months of a zone.</summary>
internal static class TimeAxis
{
    private const int MinutesInDay = 24 * 60;
    private const int DaysMax = 100;

    // Offsets of zones are multiples of a quarter of an hour.
    private const int QuarterMinutes = 15;

    private static readonly int[] StepMinutes = [5, 10, 15, 30, 60, 120, 180, 360, 720];
    private static readonly int[] StepDays = [1, 2, 7, 14];

    /// <summary>The marks between two instants, at most about <paramref name="max"/>.</summary>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The last instant.</param>
    /// <param name="zone">The zone whose hours are round.</param>
    /// <param name="max">How many there is room for.</param>
    /// <param name="dayForm">How a day is written, and in which language.</param>
    public static IReadOnlyList<TimeMark> Marks(Instant from, Instant to, TimeZoneInfo zone, int max, (string Pattern, CultureInfo Culture) dayForm)
    {
        var minutes = (to - from).TotalMinutes;
        var step = StepMinutes.FirstOrDefault(step => minutes / step <= max);
        if (step > 0)
        {
            return [.. Hours(from, to, zone, step, dayForm)];
        }

        var days = (int)Math.Ceiling(minutes / MinutesInDay);
        return days > DaysMax ? [.. Months(from, to, zone, dayForm.Culture)] : [.. Days(from, to, zone, StepDays.FirstOrDefault(step => days / step <= max, StepDays[^1]), dayForm)];
    }

    private static IEnumerable<TimeMark> Hours(Instant from, Instant to, TimeZoneInfo zone, int step, (string Pattern, CultureInfo Culture) form)
    {
        var tick = TimeSpan.FromMinutes(Math.Min(step, QuarterMinutes));
        var length = (long)tick.TotalMilliseconds;
        var isFirst = true;
        for (var at = new Instant((from.Milliseconds + length - 1) / length * length); at <= to; at += tick)
        {
            var local = TimeZoneInfo.ConvertTime(at.ToDateTimeOffset(), zone);
            var minute = (int)local.TimeOfDay.TotalMinutes;
            if (minute % step == 0)
            {
                yield return new TimeMark(at, local.ToString("HH:mm", form.Culture), isFirst || minute == 0 ? local.ToString(form.Pattern, form.Culture) : "");
                isFirst = false;
            }
        }
    }

    private static IEnumerable<TimeMark> Days(Instant from, Instant to, TimeZoneInfo zone, int step, (string Pattern, CultureInfo Culture) form)
    {
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(from.ToDateTimeOffset(), zone).DateTime);
        for (var day = first; CalendarPeriod.StartOf(day, zone) <= to; day = day.AddDays(step))
        {
            if (CalendarPeriod.StartOf(day, zone) is var at && at >= from)
            {
                yield return new TimeMark(at, "", day.ToString(form.Pattern, form.Culture));
            }
        }
    }

    private static IEnumerable<TimeMark> Months(Instant from, Instant to, TimeZoneInfo zone, CultureInfo culture)
    {
        var local = TimeZoneInfo.ConvertTime(from.ToDateTimeOffset(), zone);
        for (var day = new DateOnly(local.Year, local.Month, 1); CalendarPeriod.StartOf(day, zone) <= to; day = day.AddMonths(1))
        {
            if (CalendarPeriod.StartOf(day, zone) is var at && at >= from)
            {
                yield return new TimeMark(at, "", day.ToString("MMM", culture));
            }
        }
    }
}
