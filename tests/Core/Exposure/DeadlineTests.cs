using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using static ColdChain.Core.Tests.Exposure.OwnRule;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>When the passing of time alone changes what follows: the earliest instant at which a figure is passed if it goes on as it is.</summary>
public sealed class DeadlineTests
{
    private static readonly ExposureBand FiveHours = Warm with { MaxSingle = Hours(5) };
    private static readonly ExposureBand FiveInTotal = Warm with { MaxCumulative = Hours(5) };
    private static readonly ExposureBand Once = Warm with { MaxCount = 1 };

    [Fact]
    public void SingleStay_Known_IsPassedAMomentAfterItsMaximum()
    {
        var life = LifeUnder(With(FiveHours)).Stored(0, (1, 4), (9, 8));

        OfBand(life, 2).Should().Be(Life.Hour(6) + Moment);
        OfBand(life, 6).Should().Be(Life.Hour(6) + Moment, "at the maximum itself it is still allowed");
        OfBand(life, 7).Should().BeNull("it is passed");
    }

    [Fact]
    public void SingleStay_BesideSilence_MayPassItEarlier()
    {
        var life = LifeUnder(With(FiveHours)).Stored(0, (1, 4), (2, null), (9, 8));

        OfBand(life, 4).Should().Be(Life.Hour(6) + Moment, "it may be warm since one o'clock");
        OfBand(life, 7).Should().Be(Life.Hour(8) + Moment, "what may have passed it is certain from then on");
    }

    [Fact]
    public void Total_KnownAndUnknown_MayPassItEarlier()
    {
        var life = LifeUnder(With(FiveInTotal)).Stored(0, (1, 8), (1, 4), (2, null), (1, 4), (9, 8));

        OfBand(life, 6).Should().Be(Life.Hour(7) + Moment);
        OfBand(life, 8).Should().Be(Life.Hour(9) + Moment);
        OfBand(life, 10).Should().BeNull();
    }

    [Fact]
    public void Warning_IsGivenAtItsLengthItself()
    {
        var life = LifeUnder(With(Warm with { WarnSingle = Hours(2) })).Stored(0, (1, 4), (9, 8));

        OfBand(life, 1.5).Should().Be(Life.Hour(3));
        OfBand(life, 3).Should().BeNull("it is given");
    }

    [Fact]
    public void AlarmDelay_IsOverAtItsLengthItself()
    {
        var life = LifeUnder(Plain with { LoadDelay = Hours(2) }).Stored(0, (1, 4), (9, 8));

        Of(life, 1.5, AllowanceKind.Limits).Should().Be(Life.Hour(3));
        Of(life, 3, AllowanceKind.Limits).Should().BeNull("it is over");
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(5, 5)]
    [InlineData(6, 9)]
    [InlineData(9.5, 13)]
    public void Silence_IsAnotherPossibleOccasionEachTimeThatItPassesTheLimit(double now, double limit) =>
        OfBand(LifeUnder(With(Once)).Stored(0, (1, 4), (19, null)), now).Should().Be(Life.Hour(limit) + Moment);

    [Fact]
    public void Count_OfWhatIsKnown_ChangesByNoTime() => OfBand(LifeUnder(With(Once)).Stored(0, (1, 4), (9, 8)), 3).Should().BeNull();

    [Fact]
    public void Silence_WhereNothingIsCounted_PassesTheTotalOnly() =>
        OfBand(LifeUnder(With(Warm with { MaxCumulative = Hours(50) })).Stored(0, (1, 4), (19, null)), 3).Should().Be(Life.Hour(51) + Moment);

    [Fact]
    public void Occasion_IsCountedFromItsLengthOn() =>
        OfBand(LifeUnder(With(Once with { CountsOver = Hours(0.5) })).Stored(0, (1, 4), (9, 8)), 1.25).Should().Be(Life.Hour(1.5) + Moment);

    [Fact]
    public void WhatIsOver_HasNone()
    {
        var life = LifeUnder(With(FiveHours)).Stored(0, (1, 4), (1, 8), (5, 4));

        OfBand(life, 2).Should().Be(Life.Hour(6) + Moment, "that it has ended is not known yet");
        OfBand(life, 2.25).Should().BeNull();
        OfBand(life, 0.5).Should().BeNull("nothing is warm yet");
    }

    [Fact]
    public void BloodUnit_HasTheEarliestOfAllItsAllowances()
    {
        var second = FiveHours with { Key = "bands[1]", MaxSingle = Hours(3) };

        LifeUnder(With(FiveHours, second)).Stored(0, (1, 4), (9, 8)).Judge(Life.Hour(2)).NextDeadline.Should().Be(Life.Hour(4) + Moment);
    }

    private static Instant? OfBand(Life life, double now) => Of(life, now, AllowanceKind.Band);

    private static Instant? Of(Life life, double now, AllowanceKind kind) => life.Judge(Life.Hour(now)).Of(kind).NextDeadline;
}
