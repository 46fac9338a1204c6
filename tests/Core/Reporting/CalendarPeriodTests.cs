using ColdChain.Core.Reporting;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Core.Tests.Reporting;

public sealed class CalendarPeriodTests
{
    [Theory]
    [InlineData("2026-11-27", PeriodKind.Day, "2026-11-27", "2026-11-28")]
    [InlineData("2028-02-29", PeriodKind.Day, "2028-02-29", "2028-03-01")]
    [InlineData("2026-W48", PeriodKind.Week, "2026-11-23", "2026-11-30")]
    [InlineData("2026-W01", PeriodKind.Week, "2025-12-29", "2026-01-05")]
    [InlineData("2026-W53", PeriodKind.Week, "2026-12-28", "2027-01-04")]
    [InlineData("2027-W01", PeriodKind.Week, "2027-01-04", "2027-01-11")]
    [InlineData("2024-12", PeriodKind.Month, "2024-12-01", "2025-01-01")]
    [InlineData("2026-02", PeriodKind.Month, "2026-02-01", "2026-03-01")]
    [InlineData("1970", PeriodKind.Year, "1970-01-01", "1971-01-01")]
    [InlineData("9998", PeriodKind.Year, "9998-01-01", "9999-01-01")]
    public void TryParse_AsItIsWritten_IsThoseDaysAndWrittenLikeThatAgain(string text, PeriodKind kind, string first, string next)
    {
        CalendarPeriod.TryParse(text, out var period).Should().BeTrue();

        (period.Kind, period.First, period.Next).Should().Be((kind, Day(first), Day(next)));
        period.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("26")]
    [InlineData("1969")]
    [InlineData("9999")]
    [InlineData("0000")]
    [InlineData("-026")]
    [InlineData("2026-00")]
    [InlineData("2026-13")]
    [InlineData("2026/11")]
    [InlineData("2026-1 ")]
    [InlineData("2026-02-29")]
    [InlineData("2026-11-31")]
    [InlineData("27.11.2026")]
    [InlineData("1969-12-31")]
    [InlineData("2026-W00")]
    [InlineData("2025-W53")]
    [InlineData("2026-W54")]
    [InlineData("2026-w48")]
    [InlineData("2026-W4 ")]
    [InlineData("2026-W+1")]
    [InlineData("1970-W01")] // Begins in 1969.
    [InlineData("2026-Q4")]
    [InlineData("2026-11-27T00")]
    public void TryParse_WhatIsNoPeriod_IsRefused(string? text) => CalendarPeriod.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void TryParse_OfAnyWrittenPeriod_IsThatPeriod()
    {
        var days = Gen.Choose(0, 365 * 300).Select(days => new DateOnly(1970, 1, 5).AddDays(days));
        var periods = from day in days from kind in Gen.Elements(Enum.GetValues<PeriodKind>()) select Of(kind, day);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(2000)),
            Prop.ForAll(periods.ToArbitrary(), period => CalendarPeriod.TryParse(period.ToString(), out var read) && read == period));
    }

    /// <summary>When a day begins, and how many hours it has.</summary>
    [Theory]
    [InlineData("Etc/UTC", "2026-11-27", "2026-11-27T00:00:00.000Z", 24)]
    [InlineData("Europe/Paris", "2026-03-28", "2026-03-27T23:00:00.000Z", 24)]
    [InlineData("Europe/Paris", "2026-03-29", "2026-03-28T23:00:00.000Z", 23)]
    [InlineData("Europe/Paris", "2026-03-30", "2026-03-29T22:00:00.000Z", 24)]
    [InlineData("Europe/Paris", "2026-10-25", "2026-10-24T22:00:00.000Z", 25)]
    [InlineData("Africa/Casablanca", "2026-02-15", "2026-02-14T23:00:00.000Z", 25)] // Ramadan begins.
    [InlineData("Africa/Casablanca", "2026-02-16", "2026-02-16T00:00:00.000Z", 24)]
    [InlineData("Africa/Casablanca", "2026-03-22", "2026-03-22T00:00:00.000Z", 23)] // It is over.
    [InlineData("Africa/Casablanca", "2026-03-23", "2026-03-22T23:00:00.000Z", 24)]
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00:00.000Z", 23)] // There is no midnight.
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", 25)] // There are two.
    [InlineData("America/Asuncion", "2023-10-01", "2023-10-01T04:00:00.000Z", 23)] // None, in a zone that has another standard time since.
    [InlineData("America/Asuncion", "2024-03-23", "2024-03-23T03:00:00.000Z", 25)] // At midnight it is eleven again.
    [InlineData("America/Asuncion", "2024-03-24", "2024-03-24T04:00:00.000Z", 24)]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", 23)]
    [InlineData("America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00.000Z", 25)]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00.000Z", 24.5)]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z", 0)] // The day that Samoa left out.
    public void In_AZone_BeginsWithTheFirstInstantOfTheDayAndLastsAsLongAsThatDay(string zone, string day, string begin, double hours)
    {
        CalendarPeriod.TryParse(day, out var period).Should().BeTrue();

        var (from, to) = period.In(TimeZoneInfo.FindSystemTimeZoneById(zone));

        from.ToString().Should().Be(begin);
        (to - from).Should().Be(TimeSpan.FromHours(hours));
    }

    /// <summary>February and March 2026 in Morocco have an hour more and an hour less than elsewhere.</summary>
    [Theory]
    [InlineData("Africa/Casablanca", "2026-02", 28 * 24 + 1)]
    [InlineData("Africa/Casablanca", "2026-03", 31 * 24 - 1)]
    [InlineData("Africa/Casablanca", "2026", 365 * 24)]
    [InlineData("Europe/Paris", "2026-W13", 7 * 24 - 1)]
    [InlineData("Europe/Paris", "2026-W43", 7 * 24 + 1)]
    [InlineData("America/Asuncion", "2024", 366 * 24)]
    [InlineData("Pacific/Apia", "2011-12", 30 * 24)]
    public void In_AZone_IsAsLongAsItsDaysTogether(string zone, string text, int hours)
    {
        var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
        CalendarPeriod.TryParse(text, out var period).Should().BeTrue();
        var (from, to) = period.In(place);

        var reached = from;
        for (var day = period.First; day < period.Next; day = day.AddDays(1))
        {
            var (begin, end) = new CalendarPeriod(PeriodKind.Day, day).In(place);
            begin.Should().Be(reached, "no instant lies in two days or in none");
            reached = end;
        }

        reached.Should().Be(to);
        (to - from).Should().Be(TimeSpan.FromHours(hours));
    }

    private static CalendarPeriod Of(PeriodKind kind, DateOnly day) => kind switch
    {
        PeriodKind.Day => new(kind, day),
        PeriodKind.Week => new(kind, day.AddDays(-(((int)day.DayOfWeek + 6) % 7))),
        PeriodKind.Month => new(kind, new DateOnly(day.Year, day.Month, 1)),
        _ => new(kind, new DateOnly(day.Year, 1, 1)),
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
