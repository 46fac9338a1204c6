using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using static ColdChain.Core.Tests.Exposure.OwnRule;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>The time between two stays: what it counts for, and whether it belongs to a transport.</summary>
public sealed class BetweenStaysTests
{
    private static readonly StorageRule UnderWay = With(Warm with { Window = ExposureWindow.Leg, MaxCumulative = Hours(2) }).For(StorageContext.Transport);
    private static readonly StorageRule ShortBench =
        With(AnyTemperature with { MaxSingle = Hours(0.5) }).For(StorageContext.Bench) with { Low = null, High = null, RedLow = null, RedHigh = null };

    [Fact]
    public void Transport_WithTimeBetweenItsStays_IsOne()
    {
        var legs = Legs(LifeUnder(UnderWay).Sent(0, (1, 8)).Stay("box", 2, StorageContext.Transport, (1, 8)));

        legs.Should().ContainSingle().Which.Total.Should().Be(Bounds(2, 3), "nobody knows how warm it was between");
        legs[0].Key.Should().EndWith(Life.Hour(0).ToString());
    }

    [Fact]
    public void Transport_BetweenStaysInStorage_BeginsAndEndsWithItsOwn()
    {
        var legs = Legs(LifeUnder(UnderWay, Plain).Stored(0, (1, 4)).Sent(2, (1, 8)).Stored(4, (1, 4)).Sent(6, (1, 8)));

        legs.Select(leg => (leg.Key.Split(' ')[^1], leg.Total)).Should().Equal((Life.Hour(2).ToString(), Known(1)), (Life.Hour(6).ToString(), Known(1)));
    }

    [Fact]
    public void TimeOnTheBench_ThatItsRuleAccepts_IsNoUnknownTime()
    {
        var exposure = LifeUnder(Plain, ShortBench).Stored(0, (1, 8)).Stored(1.5, (1, 8)).Judge();

        exposure.Of(AllowanceKind.Limits).Should().BeEquivalentTo(new { Total = Known(2), Longest = Known(1) });
        exposure.OfBand().Total.Should().Be(Known(0.5), "it counts on the bench");
        exposure.Doubts.Should().BeEmpty();
    }

    [Fact]
    public void Occasions_WithOnlyTheBenchBetween_MayHaveBeenOne() =>
        LifeUnder(Plain, ShortBench).Stored(0, (1, 8)).Stored(1.5, (1, 8)).Judge().Of(AllowanceKind.Limits).Occasions.Should().Be(new CountBounds(1, 2));

    [Fact]
    public void TimeInStorage_WhateverTheTemperature_IsThatOfTheStays()
    {
        var exposure = LifeUnder(With(AnyTemperature with { MaxCumulative = Hours(5) })).Stored(0, (1, 4), (1, null), (1, 8)).Stored(5, (1, 4)).Judge().OfBand();

        exposure.Total.Should().Be(Known(4));
        exposure.Occasions.Should().Be(new CountBounds(1, 2), "nobody knows whether it was out of storage between");
        exposure.Times.Should().OnlyContain(time => time.IsKnown);
    }

    [Fact]
    public void Doubt_AboutTimeBetweenStays_SaysFromWhenToWhen() =>
        LifeUnder(Plain).Stored(0, (1, 4)).Stored(2, (1, 4)).Judge().Doubts.Should().ContainSingle()
            .Which.Should().StartWith($"From {Life.Hour(1)} to {Life.Hour(2)} it was in no storage unit");

    [Fact]
    public void TimeAfterAPlaceThatNobodySupervised_IsUnknownForWhatHoldsWhereItCame()
    {
        var unsupervised = LifeUnder(Plain).Stored(0, (1, 4)).Placements[0] with { Pack = null, Levels = [] };
        var fridge = LifeUnder(Plain).Stored(6, (1, 4)).Placements[0];

        var exposure = Ledger.Judge("RBC", [unsupervised, fridge], Life.Hour(7));

        exposure.Allowances.Should().NotContain(one => one.Allowance.Kind == AllowanceKind.Between, "no pack says how long that may be");
        exposure.Of(AllowanceKind.Limits).Total.Should().Be(Bounds(0, 5));
        exposure.Doubts.Should().ContainSingle();
    }

    [Fact]
    public void FirstPlace_WithoutARuleOfTheProduct_IsADoubtAndNothingElse()
    {
        var exposure = LifeUnder(Plain).Sent(0, (1, 8)).Judge();

        exposure.Allowances.Should().BeEmpty();
        exposure.Doubts.Should().ContainSingle().Which.Should().Contain("says nothing of RBC");
    }

    [Fact]
    public void Stay_ThatBeginsAtThatVeryInstant_IsNotOfTheLifeYet()
    {
        var life = LifeUnder(Plain).Stored(0, (1, 4)).Sent(2, (1, 4));

        life.Judge(Life.Hour(0)).Should().BeEquivalentTo(new { Allowances = Array.Empty<object>(), Doubts = Array.Empty<string>() });
        life.Judge(Life.Hour(2)).Doubts.Should().BeEmpty("it has not arrived, and may never");
        life.Judge(Life.Hour(2) + Moment).Doubts.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Stay_WithoutLength_LeavesNoTimeBetween(bool toldFirst)
    {
        var stays = LifeUnder(Plain).Stored(0, (1, 4)).Stored(1, (2, 4)).Stored(3, (1, 4)).Placements;
        var moment = stays[1] with { Unit = new StorageUnitId("other"), Out = stays[1].In };

        Ledger.Judge("RBC", toldFirst ? [moment, .. stays] : [.. stays, moment], Life.Hour(4)).Should().BeEquivalentTo(
            new { Verdict = Verdict.Fine, Doubts = Array.Empty<string>() });
    }

    private static List<AllowanceExposure> Legs(Life life) =>
        [.. life.Judge().Allowances.Where(one => one.Allowance.Window == ExposureWindow.Leg).OrderBy(one => one.Key, StringComparer.Ordinal)];
}
