using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Readings;

public class InstantTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", true)]
    [InlineData("9998-12-31T23:59:59.999Z", true)]
    [InlineData("1970-01-01T00:00:00+00:01", false)]
    [InlineData("9999-01-01T00:00:00Z", false)]
    [InlineData("0001-01-01T00:00:00Z", false)]
    [InlineData("2026-11-22T10:30:00", false)]
    public void TryParseStated_OutsideOfWhatPeopleDate_IsRefused(string text, bool isRead) => Instant.TryParseStated(text, out _).Should().Be(isRead);

    [Theory]
    [InlineData("2026-11-22T10:30Z", 1_795_343_400_000)]
    [InlineData("2026-11-22T10:30:00Z", 1_795_343_400_000)]
    [InlineData("2026-11-22 10:30:00Z", 1_795_343_400_000)]
    [InlineData("2026-11-22T11:30:00+01:00", 1_795_343_400_000)]
    [InlineData("2026-11-22T05:00:00.25-05:30", 1_795_343_400_250)]
    [InlineData("2026-11-22T10:30:00.1239999Z", 1_795_343_400_123)]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    public void TryParse_TimeWithZone_IsThatInstant(string text, long milliseconds)
    {
        Instant.TryParse(text, out var instant).Should().BeTrue();
        instant.Milliseconds.Should().Be(milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T10:30:00")]
    [InlineData("2026-11-22T10:30:00 Europe/Paris")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-11-22T24:00:01Z")]
    [InlineData("2026-11-22T10:30:00+1:00")]
    [InlineData("22/11/2026 10:30Z")]
    [InlineData("now")]
    public void TryParse_NoTimeOrNoZone_IsRefused(string text) => Instant.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void ToString_AnyInstant_ReadsBack() => Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), Gen.Choose(0, 999).ToArbitrary(), (seconds, milliseconds) =>
    {
        var instant = new Instant((seconds * 1000L) + milliseconds);
        Instant.TryParse(instant.ToString(), out var back).Should().BeTrue();
        back.Should().Be(instant);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Arithmetic_DurationAndBack_IsTheSameInstant() => Prop.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(), (a, b) =>
    {
        var (first, second) = (new Instant(a), new Instant(b));
        (second + (first - second)).Should().Be(first);
        (first - (first - second)).Should().Be(second);
        Instant.Min(first, second).Milliseconds.Should().Be(Math.Min(a, b));
        Instant.Max(first, second).Milliseconds.Should().Be(Math.Max(a, b));
        (first < second, first >= second).Should().Be((a < b, a >= b));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BeginningAndEnd_AreThoseOfTheCalendarAndHaveADifference()
    {
        Instant.Beginning.Should().Be(Instant.From(DateTimeOffset.MinValue));
        Instant.End.Should().Be(Instant.From(DateTimeOffset.MaxValue));
        (Instant.End - Instant.Beginning).TotalDays.Should().BeApproximately(3_652_059, 1);
    }
}
