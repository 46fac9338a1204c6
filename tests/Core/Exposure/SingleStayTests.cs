using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using static ColdChain.Core.Tests.Exposure.OwnRule;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What one stay outside may last, from when it warns, and when two stays are one.</summary>
public sealed class SingleStayTests
{
    [Theory]
    [InlineData(2.000, Verdict.Fine)]
    [InlineData(1.999, Verdict.Hold)]
    [InlineData(1.000, Verdict.Hold)]
    [InlineData(0.999, Verdict.DiscardProposed)]
    public void Cold_BelowTheLimitAndTheRedLine_IsJudgedAsWarmthIs(double celsius, Verdict expected) =>
        LifeUnder(Plain).Stored(0, (1, 4), (0.25, celsius), (1, 4)).Judge().Verdict.Should().Be(expected);

    [Fact]
    public void Stay_OutsideTheLimits_IsToleratedForTheWholeOfItsTolerance()
    {
        var life = LifeUnder(Plain with { SingleTolerance = Hours(1), OnBreach = RuleAction.Use }).Stored(0, (1, 4), (3, 8));

        life.Judge(Life.Hour(2)).Verdict.Should().Be(Verdict.Warn, "it is told, and may be used");
        life.Judge(Life.Hour(2) + Moment).Verdict.Should().Be(Verdict.DiscardProposed);
    }

    [Fact]
    public void Stay_ShorterThanTheAlarmDelay_IsNoBreach()
    {
        var life = LifeUnder(Plain with { LoadDelay = Hours(0.25) }).Stored(0, (1, 4), (3, 8));

        life.Judge(Life.Hour(1.25) - Moment).Verdict.Should().Be(Verdict.Fine);
        life.Judge(Life.Hour(1.25)).Verdict.Should().Be(Verdict.Hold);
    }

    [Fact]
    public void Stay_FromTheLengthOfAWarningOn_Warns()
    {
        var life = LifeUnder(WithoutLimits(Warm with { WarnSingle = Hours(0.5), MaxSingle = Hours(1) })).Stored(0, (1, 4), (3, 8));

        life.Judge(Life.Hour(1.5) - Moment).OfBand().Verdict.Should().Be(Verdict.Fine);
        life.Judge(Life.Hour(1.5)).OfBand().Verdict.Should().Be(Verdict.Warn);
        life.Judge(Life.Hour(2)).OfBand().Verdict.Should().Be(Verdict.Warn);
        life.Judge(Life.Hour(2) + Moment).OfBand().Verdict.Should().Be(Verdict.DiscardProposed);
    }

    [Fact]
    public void Stays_NearToEachOther_AreOneOccasionWithoutTheTimeBetween()
    {
        Judged(apart: 0.25).Should().BeEquivalentTo(new { Occasions = new CountBounds(1, 1), Longest = Known(2), Total = Known(2) });
        Judged(apart: 0.251).Should().BeEquivalentTo(new { Occasions = new CountBounds(2, 2), Longest = Known(1), Total = Known(2) });

        static AllowanceExposure Judged(double apart) =>
            LifeUnder(With(Warm with { MaxCount = 1 }) with { MergeGap = Hours(0.25) }).Stored(0, (1, 4), (1, 8), (apart, 4), (1, 8)).Judge().OfBand();
    }

    [Fact]
    public void TimesOnTheBench_WithTheShortestStayBetween_AreTwo()
    {
        var bench = With(AnyTemperature with { MaxSingle = Hours(1) }).For(StorageContext.Bench) with { Low = null, High = null, RedLow = null, RedHigh = null, MergeGap = Hours(1) };

        var exposure = LifeUnder(Plain with { MergeGap = Hours(1) }, bench).Stored(0, (1, 4)).Stored(1.75, (0.125, 4)).Stored(2.5, (1, 4)).Judge();

        exposure.OfBand().Longest.Should().Be(Known(0.75));
        exposure.OfBand().Occasions.Should().Be(new CountBounds(2, 2));
    }

    [Fact]
    public void Occasions_OnlyLongerThanAText_AreCounted()
    {
        var life = LifeUnder(With(Warm with { MaxCount = 0, CountsOver = Hours(0.5) })).Stored(0, (1, 4), (3, 8));

        life.Judge(Life.Hour(1.5)).OfBand().Occasions.Should().Be(new CountBounds(0, 0));
        life.Judge(Life.Hour(1.5) + Moment).OfBand().Occasions.Should().Be(new CountBounds(1, 1));
    }

    [Theory]
    [InlineData(7.5, 8.5)]
    [InlineData(8.5, 7.5)]
    public void Extremes_OfWhatCounts_AreTheColdestAndTheWarmest(double first, double second)
    {
        var limits = LifeUnder(Plain).Stored(0, (1, 4), (1, first), (1, 4), (1, second)).Judge().Of(AllowanceKind.Limits);

        (limits.Lowest, limits.Highest).Should().Be((Celsius.FromMilli(7500), Celsius.FromMilli(8500)));
    }

    [Fact]
    public void Verdict_OfWhatIsKnown_DoesNotRestOnSilence()
    {
        var exposure = LifeUnder(Plain).Stored(0, (1, 4), (1, 8)).Judge();

        exposure.Allowances.Should().OnlyContain(one => !one.IsOnlyPossible);
        exposure.Verdict.Should().Be(Verdict.Hold);
    }

    private static StorageRule WithoutLimits(params ExposureBand[] bands) => With(bands) with { Low = null, High = null, RedLow = null, RedHigh = null };
}
