using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using static ColdChain.Core.Tests.Exposure.OwnRule;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What nobody knows: when it may be a single stay or an occasion, and where only a part of a level belongs to what counts.</summary>
public sealed class UnknownTimeTests
{
    private static readonly ExposureBand ThreeHours = Warm with { MaxSingle = Hours(3) };

    [Fact]
    public void Silence_Alone_DecidesOnlyBeyondThePacksLimitForIt()
    {
        var life = LifeUnder(With(ThreeHours)).Stored(0, (1, 4), (9, null));

        life.Judge(Life.Hour(5)).OfBand().Verdict.Should().Be(Verdict.Fine, "the pack accepts four hours");
        life.Judge(Life.Hour(5) + Moment).OfBand().Should().BeEquivalentTo(new { Verdict = Verdict.Hold, IsOnlyPossible = true });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silence_BesideWarmTime_IsTakenToHaveBeenWarm(bool silentFirst)
    {
        Beside(2).Should().Be(Verdict.Fine);
        Beside(2.25).Should().Be(Verdict.Hold);

        Verdict Beside(double silence) =>
            LifeUnder(With(ThreeHours)).Stored(0, [(1, 4), .. silentFirst ? [(silence, null), (1, 8)] : new[] { (1.0, (double?)8), (silence, null) }, (1, 4)]).Judge().OfBand().Verdict;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Occasion_TooShortToCount_MayHaveGoneOnInTheSilenceBesideIt(bool silentFirst)
    {
        Counted(0.25).Should().Be(new CountBounds(0, 0));
        Counted(0.5).Should().Be(new CountBounds(0, 1));

        CountBounds Counted(double silence) => LifeUnder(With(Warm with { MaxCount = 3, CountsOver = Hours(0.5) }))
            .Stored(0, [(1, 4), .. silentFirst ? [(silence, null), (0.25, 8)] : new[] { (0.25, (double?)8), (silence, null) }, (1, 4)]).Judge().OfBand().Occasions;
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(8, 1)]
    [InlineData(12, 2)]
    public void Silence_OverTheLimit_IsAPossibleOccasionForEachTimeThatItIsPassed(double hours, int expected)
    {
        var life = LifeUnder(With(Warm with { MaxCount = 1 })).Stored(0, (1, 4), (20, null));

        life.Judge(Life.Hour(1 + hours)).OfBand().Occasions.Should().Be(new CountBounds(0, expected));
        life.Judge(Life.Hour(1 + hours) + Moment).OfBand().Occasions.Should().Be(new CountBounds(0, expected + 1));
    }

    [Fact]
    public void Sample_InRangeBetweenTwoSilences_MakesThemTwo()
    {
        Judged(3, 0, 3).Verdict.Should().Be(Verdict.Fine, "the pack accepts four hours, and neither is longer");
        Judged(3, 3).Verdict.Should().Be(Verdict.Hold);

        AllowanceExposure Judged(params double[] unknown) =>
            LifeUnder(With(ThreeHours)).Stored(0, [(1, 4), .. unknown.Select(hours => (hours, hours == 0 ? 4 : (double?)null)), (1, 4)]).Judge().OfBand();
    }

    [Fact]
    public void Sample_InRangeBetweenTwoOccasions_MakesThemTwo() =>
        LifeUnder(With(Warm with { MaxCount = 1 })).Stored(0, (1, 8), (1, null), (0, 4), (1, null), (1, 8)).Judge().OfBand().Occasions.Should().Be(new CountBounds(2, 2));

    [Fact]
    public void Times_OfAnAllowance_SayWhereTheyWereAndWhetherTheyAreKnown()
    {
        var times = LifeUnder(With(Warm)).Stored(0, (1, 4), (1, 8), (1, null), (1, 4)).Stay("other", 5, StorageContext.Storage, (1, 8)).Judge().OfBand().Times;

        times.Select(time => (time.Unit?.Value, Hour(time.Time.Start), Hour(time.Time.End), time.IsKnown)).Should()
            .Equal(("fridge", 1, 2, true), ("fridge", 2, 3, false), (null, 4, 5, false), ("other", 5, 6, true));
    }

    [Fact]
    public void Times_FromOneWarmSampleOn_BeginWithIt() =>
        LifeUnder(With(Warm)).Stored(0, (0, 8), (1, null)).Judge().OfBand().Times.Select(time => (Hour(time.Time.Start), Hour(time.Time.End), time.IsKnown)).Should()
            .Equal((0, 0, true), (0, 1, false));

    [Theory]
    [InlineData(2000, 6000, 0, 0)]
    [InlineData(6001, 10000, 1, 1)]
    [InlineData(6000, 6001, 0, 1)] // The warmest of it belongs to what counts, and the rest does not.
    [InlineData(1999, 2000, 0, 1)]
    [InlineData(2000, 8000, 0, 1)]
    [InlineData(1500, 6000, 0, 1)]
    [InlineData(1500, 8000, 0, 1)]
    public void Level_OfEarlierFigures_OfWhichAPartCounts_IsUnknown(int from, int to, double known, double possible)
    {
        var stay = LifeUnder(Plain).Stored(0, (1, 4)).Placements[0] with { Levels = [Told("load", from, to, 0, 1)] };

        Judge(stay).Total.Should().Be(Bounds(known, possible));
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(0.5, 0.75, true)] // The other probe was warm at another time.
    [InlineData(0.0, 0.25, true)] // It was so up to that instant.
    [InlineData(0.25, 0.5, false)]
    [InlineData(0.0, 0.5, false)]
    public void Sample_OfWhichAPartCounts_IsUnknownWhereNoOtherProbeTells(double? warmFrom, double? warmTo, bool isTold)
    {
        var levels = new List<ProbeLevel> { Told("old", 2000, 8000, 0.25, 0.25), Told("load", 2000, 6000, 0, 1) };
        if (warmFrom is { } from && warmTo is { } to)
        {
            levels.Add(Told("other", 6001, 10000, from, to));
        }

        var exposure = Judge(LifeUnder(Plain).Stored(0, (1, 4)).Placements[0] with { Levels = levels });

        exposure.Times.Where(time => !time.IsKnown).Select(time => (Hour(time.Time.Start), Hour(time.Time.End))).Should().Equal(isTold ? [(0.25, 0.25)] : []);
        exposure.Total.Should().Be(Known((warmTo - warmFrom) ?? 0), "an instant adds nothing, and takes nothing away");
    }

    private static AllowanceExposure Judge(Placement stay) =>
        Ledger.Judge("RBC", [stay], Life.Hour(1)).Of(AllowanceKind.Limits);

    private static ProbeLevel Told(string probe, int from, int to, double start, double end) =>
        new(new ProbeId(new DeviceId("pi-1"), probe), new LevelInterval(from, to, Life.Hour(start), Life.Hour(end), from, to, false, Life.Hour(end)));

    private static double Hour(Instant at) => (at - Some.Noon).TotalHours;
}
