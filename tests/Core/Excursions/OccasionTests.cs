using ColdChain.Core.Excursions;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class OccasionTests
{
    private static readonly Stretch First = Some.Stretch(0, 5, peak: 7000, twiceArea: 120_000_000);
    private static readonly Stretch Second = Some.Stretch(8, 10, peak: 8000, twiceArea: 240_000_000);

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2.999, 2)]
    public void Stretches_AtMostAGapApart_AreOneOccasion(double gap, int occasions) =>
        Occasion.Of([First, Second], TimeSpan.FromMinutes(gap)).Should().HaveCount(occasions);

    [Fact]
    public void Stretches_WithoutAGapOrWithAnEndThatNobodySaw_AreByThemselves()
    {
        Occasion.Of([], TimeSpan.FromHours(1)).Should().BeEmpty();
        Occasion.Of([First, First with { Start = Minute(5), End = Minute(6) }], TimeSpan.Zero).Should().HaveCount(2);
        Occasion.Of([First with { End = null, EndReason = EndReason.Unknown }, Second], TimeSpan.FromHours(1)).Should().HaveCount(2);
        Occasion.Of([First, Second, Some.Stretch(60, 61)], TimeSpan.FromMinutes(3)).Select(occasion => occasion.Stretches.Count).Should().Equal(2, 1);
    }

    [Fact]
    public void Occasion_OfTwoStretches_AddsUpWhatWasOut()
    {
        var occasion = new Occasion([First, Second]);

        occasion.Should().BeEquivalentTo(new { Start = Minute(0), Last = Second, Side = Side.High, Duration = TimeSpan.FromMinutes(7), DegreeMinutes = 3.0 });
        occasion.Peak.Milli.Should().Be(8000);
        new Occasion([Some.Stretch(0, 5, Side.Low, peak: 1000), Some.Stretch(8, 10, Side.Low, peak: 1500)]).Peak.Milli.Should().Be(1000);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 5)]
    [InlineData(6, 9)]
    [InlineData(7, 10)]
    [InlineData(7.001, null)]
    public void Delay_IsReachedByTheTimeOutOfRangeAlone(double delay, int? reachedAt) =>
        new Occasion([First, Second]).Reached(TimeSpan.FromMinutes(delay)).Should().Be(reachedAt is { } minute ? Minute(minute) : null);

    [Fact]
    public void Delay_OfAConflict_IsReachedAtOnce() =>
        new Occasion([First, Second with { IsConflict = true }]).Reached(TimeSpan.FromHours(9)).Should().Be(Minute(8));
}
