using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>Worked examples, S8 and S9 of the domain's among them.</summary>
public sealed class LedgerTests
{
    private const double Second = 1.0 / 3600;

    [Theory]
    [InlineData(70, 0, Verdict.Fine)]
    [InlineData(55, 0, Verdict.Fine)]
    [InlineData(70, 50, Verdict.Fine)]
    [InlineData(70, 50 + 1 / 60.0, Verdict.Hold)]
    [InlineData(70, 55, Verdict.Hold)]
    public void Platelets_InOneTransport_AreAllowedTwoHoursInTotal(double warm, double cold, Verdict expected)
    {
        var life = new Life(Life.European, "PLT")
            .Stay("van-1", 0, StorageContext.Transport, (1, 22), (warm / 60, 25), (0.5, 22))
            .Stay("box-2", 1.5 + warm / 60, StorageContext.Transport, (cold / 60, 19), (1, 22));

        var band = life.Judge().Allowances.Single(exposure => exposure.Allowance.Kind == AllowanceKind.Band);

        band.Verdict.Should().Be(expected);
        band.Total.Should().Be(Both((warm + cold) / 60));
        life.Judge().Verdict.Should().Be(expected);
    }

    [Fact]
    public void Platelets_OnTheNextTransport_BeginAnew()
    {
        var exposure = new Life(Life.European, "PLT")
            .Stay("van-1", 0, StorageContext.Transport, (1.5, 25))
            .Stay("incubator", 1.5, StorageContext.Storage, (10, 22))
            .Stay("van-2", 11.5, StorageContext.Transport, (1.5, 25))
            .Judge();

        exposure.Verdict.Should().Be(Verdict.Fine);
        exposure.Allowances.Where(one => one.Allowance.Window == ExposureWindow.Leg).Select(one => one.Total).Should().Equal(Both(1.5), Both(1.5));
    }

    [Fact]
    public void RedCells_UnderWay_MayBeBetweenSixAndTenForADay()
    {
        Transport(24).Should().Be(Verdict.Fine);
        Transport(24 + Second).Should().Be(Verdict.Hold);

        static Verdict Transport(double hours) => new Life(Life.European, "RBC").Stay("van", 0, StorageContext.Transport, (hours, 8), (1, 4)).Judge().Verdict;
    }

    [Theory]
    [InlineData(40, 32, Verdict.Warn)]
    [InlineData(40, 32 + Second, Verdict.DiscardProposed)]
    [InlineData(40, 33, Verdict.DiscardProposed)]
    public void PlasmaForFractionation_AboveMinus20_Has72HoursInTotal(double first, double second, Verdict expected)
    {
        var exposure = new Life(Life.European, "PFF")
            .Stay("freezer-1", 0, StorageContext.Storage, (100, -25), (first, -17), (10, -25))
            .Stay("freezer-2", 110 + first, StorageContext.Storage, (second, -16), (10, -25))
            .Judge();

        exposure.Verdict.Should().Be(expected);
        var total = exposure.Allowances.Single(one => one.Allowance.MaxTotal == TimeSpan.FromHours(72));
        total.Total.Should().Be(Both(first + second));
        total.IsUnverified.Should().BeTrue("the figure is remembered");
    }

    [Fact]
    public void PlasmaForFractionation_AboveMinus15_IsAllowedOnce()
    {
        Visits(1).Should().Be(Verdict.Warn);
        Visits(2).Should().Be(Verdict.DiscardProposed);

        static Verdict Visits(int count) => new Life(Life.European, "PFF")
            .Stay("freezer", 0, StorageContext.Storage, [.. Enumerable.Range(0, count).SelectMany(_ => new[] { (5.0, (double?)-25), (0.5, -14) })])
            .Judge().Verdict;
    }

    [Theory]
    [InlineData(-5.000, Verdict.Warn)]
    [InlineData(-4.999, Verdict.DiscardProposed)]
    public void PlasmaForFractionation_NeverAboveMinus5(double warmest, Verdict expected) =>
        new Life(Life.European, "PFF").Stay("freezer", 0, StorageContext.Storage, (10, -25), (0.1, warmest)).Judge().Verdict.Should().Be(expected);

    [Fact]
    public void RedCells_SecondOccasionInAnotherSite_AreProposedForDiscard()
    {
        var life = new Life(Life.British, "RBC").Stay("fridge-a", 0, StorageContext.Storage, (120, 4), (3, 8), (24, 4));
        life.Judge().Verdict.Should().Be(Verdict.Hold, "the first occasion is assessed");

        var exposure = life.Stay("fridge-b", 147, StorageContext.Storage, (117, 4), (2, 8), (1, 4)).Judge();

        exposure.Verdict.Should().Be(Verdict.DiscardProposed);
        exposure.Allowances[0].Occasions.Should().Be(new CountBounds(2, 2));
        exposure.Allowances[0].Total.Should().Be(Both(5));
        exposure.Allowances[0].Times.Select(time => (time.Unit?.Value, time.Time.Length.TotalHours)).Should().Equal(("fridge-a", 3), ("fridge-b", 2));
        exposure.Allowances[0].IsUnverified.Should().BeTrue();
    }

    [Theory]
    [InlineData(5, 10, Verdict.Hold)]
    [InlineData(5 + Second, 10, Verdict.DiscardProposed)]
    [InlineData(5, 10.001, Verdict.DiscardProposed)]
    [InlineData(3, 6, Verdict.Fine)]
    [InlineData(0, 6.001, Verdict.Hold)]
    public void RedCells_AtTheVeryLimit_AreAllowed(double hours, double celsius, Verdict expected) =>
        new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4), (hours, celsius), (1, 4)).Judge().Verdict.Should().Be(expected);

    [Theory]
    [InlineData(30, Verdict.Fine)]
    [InlineData(30.1, Verdict.Hold)]
    [InlineData(60, Verdict.Hold)]
    [InlineData(60.1, Verdict.DiscardProposed)]
    public void RedCells_OnTheBench_AreJudgedByTime(double minutes, Verdict expected)
    {
        var exposure = new Life(Life.British, "RBC")
            .Stay("fridge", 0, StorageContext.Storage, (1, 4)).Stay("fridge", 1 + minutes / 60, StorageContext.Storage, (1, 4)).Judge();

        exposure.Verdict.Should().Be(expected);
        exposure.Doubts.Should().HaveCount(expected == Verdict.Fine ? 0 : 1);
    }

    [Fact]
    public void RedCells_OnTheBenchForMoreThanHalfAnHour_ThreeTimesAtMost()
    {
        Times(3).Should().Be(Verdict.Hold);
        Times(4).Should().Be(Verdict.DiscardProposed);

        static Verdict Times(int count)
        {
            var life = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4));
            for (var i = 1; i <= count; i++)
            {
                life.Stay("fridge", i * 1.75, StorageContext.Storage, (1, 4)).Stay("other", i * 1.75 + 1.01, StorageContext.Storage, (0.13, 4));
            }

            return life.Judge().Verdict;
        }
    }

    [Theory]
    [InlineData(0.25, Verdict.Fine, 0)]
    [InlineData(0.26, Verdict.Fine, 1)]
    [InlineData(4.01, Verdict.Hold, 1)]
    public void TimeBetweenStays_WithoutARuleOfTheBench_IsUnknownTime(double hours, Verdict expected, int doubts)
    {
        var exposure = new Life(Life.European, "RBC")
            .Stay("fridge", 0, StorageContext.Storage, (1, 4)).Stay("other", 1 + hours, StorageContext.Storage, (1, 4)).Judge();

        exposure.Verdict.Should().Be(expected);
        exposure.Doubts.Should().HaveCount(doubts);
    }

    [Theory]
    [InlineData(8, 16, Verdict.Fine)]
    [InlineData(8.01, 0, Verdict.DiscardProposed)]
    [InlineData(8, 16.1, Verdict.DiscardProposed)]
    public void Platelets_StoodStill_SingleAndInTotal(double first, double rest, Verdict expected)
    {
        var stops = new List<AgitationInterval> { new(Agitation.Running, Life.Hour(0), Life.Hour(1)), new(Agitation.Stopped, Life.Hour(1), Life.Hour(1 + first)) };
        for (var (at, left) = (1 + first, rest); left > 0; (at, left) = (at + 9, left - 8))
        {
            stops.Add(new AgitationInterval(Agitation.Running, Life.Hour(at), Life.Hour(at + 1)));
            stops.Add(new AgitationInterval(Agitation.Stopped, Life.Hour(at + 1), Life.Hour(at + 1 + Math.Min(left, 8))));
        }

        var hours = stops.Sum(stop => (stop.End - stop.Start).TotalHours);
        var exposure = new Life(Life.British, "PLT").Stay("incubator", 0, StorageContext.Storage, stops, (hours, 22)).Judge();

        exposure.Verdict.Should().Be(expected);
        exposure.Allowances.Single(one => one.Allowance.Kind == AllowanceKind.Agitation).Total.Should().Be(Both(first + rest));
    }

    [Fact]
    public void Platelets_WhereNothingWatchesAgitation_AreNotJudgedByIt() =>
        new Life(Life.British, "PLT").Stay("incubator", 0, StorageContext.Storage, (50, 22)).Judge()
            .Allowances.Should().NotContain(one => one.Allowance.Kind == AllowanceKind.Agitation);

    [Fact]
    public void Unknown_ThatMightExceed_HoldsAndProposesNoDiscard()
    {
        var exposure = new Life(Life.European, "PLT").Stay("van", 0, StorageContext.Transport, (1.5, 25), (0.6, null), (1, 22)).Judge();

        var band = exposure.Allowances.Single(one => one.Allowance.Kind == AllowanceKind.Band);
        (band.Verdict, band.IsOnlyPossible).Should().Be((Verdict.Hold, true));
        band.Total.Should().Be(new TimeBounds(TimeSpan.FromHours(1.5), TimeSpan.FromHours(2.1)));
    }

    [Fact]
    public void Unknown_ThatThePackAccepts_IsNoOccasion()
    {
        Judged(4).Should().Be((Verdict.Hold, new CountBounds(1, 1)));
        Judged(4 + Second).Should().Be((Verdict.Hold, new CountBounds(1, 2)));

        static (Verdict, CountBounds) Judged(double silence)
        {
            var exposure = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4), (1, 8), (1, 4), (silence, null), (1, 4)).Judge();
            var counted = exposure.Allowances.Single(one => one.Allowance.MaxCount is not null);
            return (exposure.Verdict, counted.Occasions);
        }
    }

    [Fact]
    public void Occasions_WithOnlySilenceBetween_MayHaveBeenOne()
    {
        var exposure = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4), (1, 8), (1, null), (1, 8), (1, 4)).Judge();

        exposure.Allowances.Single(one => one.Allowance.MaxCount is not null).Occasions.Should().Be(new CountBounds(1, 2));
        exposure.Verdict.Should().Be(Verdict.Hold, "that there were two is not known");
    }

    [Fact]
    public void BloodUnit_PutInAtTheVeryEnd_WasNotExposed()
    {
        var warm = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 8), (1, 4)).Placements[0];

        Judge(Life.Hour(1)).Verdict.Should().Be(Verdict.Fine);
        Judge(Life.Hour(1) - TimeSpan.FromMilliseconds(1)).Verdict.Should().Be(Verdict.Hold);

        BloodUnitExposure Judge(Instant from) => Ledger.Judge("RBC", [warm with { In = from }], Life.Hour(2));
    }

    [Fact]
    public void Probes_SeveralOfOneStorageUnit_AreOutWhenOneIsAndUnknownWhenAllAre()
    {
        var whole = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4), (1, null), (1, 4), (1, null)).Placements[0];
        var part = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, null), (1, 4), (1, 8), (1, null)).Placements[0];

        var exposure = Ledger.Judge("RBC", [whole with { Levels = [.. whole.Levels, .. part.Levels] }], Life.Hour(4));

        exposure.Allowances.Single(one => one.Allowance.Kind == AllowanceKind.Limits).Total.Should().Be(new TimeBounds(TimeSpan.FromHours(1), TimeSpan.FromHours(2)));
    }

    [Fact]
    public void Deadline_OfWhatRuns_IsWhenTheAllowanceIsExceeded()
    {
        var life = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4), (9, 8));

        life.Judge(Life.Hour(2)).NextDeadline.Should().Be(Life.Hour(6) + TimeSpan.FromMilliseconds(1));
        life.Judge(Life.Hour(6)).Verdict.Should().Be(Verdict.Hold);
        life.Judge(Life.Hour(6) + TimeSpan.FromMilliseconds(1)).Verdict.Should().Be(Verdict.DiscardProposed);
    }

    [Fact]
    public void Deadline_OfWhatIsToldAheadOfTheClock_IsWhenItHasBegun()
    {
        var (moment, ends) = (TimeSpan.FromMilliseconds(1), Life.Hour(10));
        var life = new Life(Life.British, "RBC").Stay("fridge", 0, StorageContext.Storage, (1, 4), (9, 8)).Stay("other", 10, StorageContext.Storage, (1, null));
        var platelets = new Life(Life.British, "PLT").Stay("incubator", 0, StorageContext.Storage, [new(Agitation.Running, Life.Hour(0), Life.Hour(1)), new(Agitation.Stopped, Life.Hour(1), ends)], (10, 22));

        life.Judge(Life.Hour(0.5)).NextDeadline.Should().Be(Life.Hour(1) + moment);
        life.Judge(Life.Hour(1)).NextDeadline.Should().Be(Life.Hour(1) + moment, "nothing of it has passed yet");
        Ledger.Judge("RBC", [life.Placements[0] with { Levels = [], Out = ends }, life.Placements[1]], ends).NextDeadline.Should().Be(ends + moment, "a stay begins");
        Ledger.Judge("RBC", [life.Placements[0] with { Out = Life.Hour(1) }], Life.Hour(0.5)).NextDeadline.Should().BeNull("it leaves before");
        platelets.Judge(Life.Hour(0.5)).NextDeadline.Should().Be(Life.Hour(1) + moment);
    }

    [Fact]
    public void Place_WithoutARuleOfTheProduct_GoesOnCountingAndIsFlagged()
    {
        var exposure = new Life(Life.British, "RBC")
            .Stay("fridge", 0, StorageContext.Storage, (1, 4), (3, 8)).Stay("van", 4, StorageContext.Transport, (3, 8)).Judge();

        exposure.Verdict.Should().Be(Verdict.DiscardProposed);
        exposure.Doubts.Should().ContainSingle().Which.Should().Contain("says nothing of RBC");
    }

    private static TimeBounds Both(double hours) => new(TimeSpan.FromSeconds(Math.Round(hours * 3600)), TimeSpan.FromSeconds(Math.Round(hours * 3600)));
}
