using System.Globalization;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Reporting;

/// <summary>How long a period of a calendar is.</summary>
public enum PeriodKind
{
    /// <summary>One day, written <c>2026-11-27</c>.</summary>
    Day,

    /// <summary>A week from Monday to Sunday by ISO 8601, written <c>2026-W48</c>.</summary>
    Week,

    /// <summary>A month, written <c>2026-11</c>.</summary>
    Month,

    /// <summary>A year, written <c>2026</c>.</summary>
    Year,
}

/// <summary>
/// A day, week, month or year of the calendar. It has no length of its own: that depends on the zone in which it is read, since a day over a
/// change of the clocks has 23 or 25 hours.
/// </summary>
/// <param name="Kind">How long it is.</param>
/// <param name="First">Its first day.</param>
public readonly record struct CalendarPeriod(PeriodKind Kind, DateOnly First)
{
    private const int DaysInWeek = 7;

    // What is reckoned from a period must stay within the calendar.
    private const int FirstYear = 1970;
    private const int LastYear = 9998;

    /// <summary>The first day after it.</summary>
    public DateOnly Next => Kind switch
    {
        PeriodKind.Day => First.AddDays(1),
        PeriodKind.Week => First.AddDays(DaysInWeek),
        PeriodKind.Month => First.AddMonths(1),
        PeriodKind.Year => First.AddYears(1),
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "There is no such kind."),
    };

    /// <summary>Reads a period as <see cref="ToString"/> writes it; years from 1970 to 9998.</summary>
    public static bool TryParse(string? text, out CalendarPeriod period)
    {
        period = default;
        var found = text?.Length switch
        {
            4 => TryDate(text, "yyyy", out var first) ? new CalendarPeriod(PeriodKind.Year, first) : (CalendarPeriod?)null,
            7 => TryDate(text, "yyyy-MM", out var first) ? new CalendarPeriod(PeriodKind.Month, first) : null,
            8 => TryWeek(text),
            10 => TryDate(text, "yyyy-MM-dd", out var first) ? new CalendarPeriod(PeriodKind.Day, first) : null,
            _ => null,
        };
        period = found ?? default;
        return found is { First.Year: >= FirstYear and <= LastYear };
    }

    /// <summary>The instants between which it lies in a zone: the first one, and the one after its last.</summary>
    public (Instant From, Instant To) In(TimeZoneInfo zone) => (StartOf(First, zone), StartOf(Next, zone));

    /// <summary>As ISO 8601 writes it: <c>2026-11-27</c>, <c>2026-W48</c>, <c>2026-11</c> or <c>2026</c>.</summary>
    public override string ToString()
    {
        var monday = First.ToDateTime(TimeOnly.MinValue);
        return Kind switch
        {
            PeriodKind.Day => First.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            PeriodKind.Week => string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(monday):0000}-W{ISOWeek.GetWeekOfYear(monday):00}"),
            PeriodKind.Month => First.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            PeriodKind.Year => First.ToString("yyyy", CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "There is no such kind."),
        };
    }

    /// <summary>
    /// The first instant of a day. Where the clocks are put back over midnight, the day begins at the first of the two midnights; where they are put
    /// forward at midnight, with the change.
    /// </summary>
    /// <remarks>
    /// Reckoned from instants to local times only. The other way round the platform errs where a zone has changed its standard time since: it gives
    /// an instant of the day before for a midnight that a change of the clocks in Asunción skipped.
    /// </remarks>
    public static Instant StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var (before, after) = (zone.GetUtcOffset(midnight.AddDays(-1)), zone.GetUtcOffset(midnight.AddDays(1)));
        var (early, late) = before > after ? (midnight - before, midnight - after) : (midnight - after, midnight - before);
        if (Local(early) == midnight || Local(late) == midnight)
        {
            return Instant.From(Local(early) == midnight ? early : late);
        }

        // Between the two lies the change that skips it: the first instant with a local time behind it.
        while (late - early > TimeSpan.FromMilliseconds(1))
        {
            var middle = early + TimeSpan.FromMilliseconds(Math.Floor((late - early).TotalMilliseconds / 2));
            (early, late) = Local(middle) < midnight ? (middle, late) : (early, middle);
        }

        return Instant.From(late);

        // The date and time that clocks show, written as if it were one of UTC.
        DateTimeOffset Local(DateTimeOffset instant) => instant + zone.GetUtcOffset(instant);
    }

    private static bool TryDate(string text, string form, out DateOnly first) =>
        DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out first);

    private static CalendarPeriod? TryWeek(string text)
    {
        if (text[4..6] != "-W" || !int.TryParse(text[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text[6..], NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || year is < FirstYear or > LastYear || week < 1 || week > ISOWeek.GetWeeksInYear(year))
        {
            return null;
        }

        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return new CalendarPeriod(PeriodKind.Week, monday);
    }
}
