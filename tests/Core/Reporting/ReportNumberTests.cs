using ColdChain.Core.Reporting;

namespace ColdChain.Core.Tests.Reporting;

public sealed class ReportNumberTests
{
    [Theory]
    [InlineData("EX-12", ReportKind.Excursion, 12, "", "")]
    [InlineData("EX-9223372036854775807", ReportKind.Excursion, long.MaxValue, "", "")]
    [InlineData("SU-fridge-1_2026-11", ReportKind.UnitPeriod, 0, "fridge-1", "2026-11")]
    [InlineData("SU-fridge_1.b_2026-11-27", ReportKind.UnitPeriod, 0, "fridge_1.b", "2026-11-27")]
    [InlineData("SU-SI-1_2026", ReportKind.UnitPeriod, 0, "SI-1", "2026")]
    [InlineData("SI-rabat_2026-W48", ReportKind.SitePeriod, 0, "rabat", "2026-W48")]
    [InlineData("AL_2026-11", ReportKind.Alarms, 0, "", "2026-11")]
    [InlineData("AL-rabat_2026", ReportKind.Alarms, 0, "rabat", "2026")]
    [InlineData("AL-2026_2026", ReportKind.Alarms, 0, "2026", "2026")]
    public void TryParse_AsItIsWritten_IsThatReportAndWrittenLikeThatAgain(string text, ReportKind kind, long finding, string place, string period)
    {
        ReportNumber.TryParse(text, out var number).Should().BeTrue();

        (number.Kind, number.Finding, number.Place).Should().Be((kind, finding, place));
        number.Period.Should().Be(period.Length == 0 ? default : Period(period));
        number.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("EX-")]
    [InlineData("EX-0")]
    [InlineData("EX-012")]
    [InlineData("EX--1")]
    [InlineData("EX-1 ")]
    [InlineData("EX-9223372036854775808")]
    [InlineData("ex-12")]
    [InlineData("SU-_2026-11")]
    [InlineData("SU-fridge-1")]
    [InlineData("SU-fridge-1_2026-13")]
    [InlineData("SU-fridge-1_")]
    [InlineData("SU-fridge 1_2026-11")]
    [InlineData("SU-../1_2026-11")]
    [InlineData("SI_2026-11")]
    [InlineData("XX-rabat_2026-11")]
    [InlineData("ALrabat_2026-11")]
    [InlineData("AL-_2026-11")]
    [InlineData("_2026-11")]
    public void TryParse_WhatIsNoNumber_IsRefused(string? text) => ReportNumber.TryParse(text, out _).Should().BeFalse();

    private static CalendarPeriod Period(string text) => CalendarPeriod.TryParse(text, out var period) ? period : throw new FormatException(text);
}
