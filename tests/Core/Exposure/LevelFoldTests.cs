using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

public sealed class LevelFoldTests
{
    private static readonly LevelScale Scale = new([999, 1999, 6000, 10000]);

    [Fact]
    public void Levels_ExactlyAtACut_BelongBelow() => Levels("0:6 5:6 10:6.001 15:6.001 20:6", until: 20).Should().Equal(
        (2000, 6000, 0, 10), // The line is below 6.001 up to the sample itself.
        (6001, 10000, 5, 20),
        (2000, 6000, 15, 20));

    [Fact]
    public void Levels_LinesOverSeveralCuts_ArePassedOneByOne()
    {
        var levels = Fold("0:4 10:12", [new LevelSpan(Minute(0), Instant.End, Scale, TimeSpan.FromMinutes(15))], 10);

        levels.Select(level => (level.From, level.To, level.Lowest, level.Highest)).Should().Equal(
            (2000, 6000, 4000, 6000), (6001, 10000, 6001, 10000), (10001, int.MaxValue, 10001, 12000));
        levels[1].Start.Should().Be(Minute(2.5));
        levels[1].End.Should().Be(Minute(7.5) + TimeSpan.FromMilliseconds(75));
        levels[2].Start.Should().Be(Minute(7.5));
    }

    [Fact]
    public void Levels_SilenceBeyondTheGap_IsUnknownFromTheLastSample() => Levels("3:4 10:4 40:4 45:4", until: 50).Should().Equal(
        (0, 0, 0, 3), (2000, 6000, 3, 10), (0, 0, 10, 40), (2000, 6000, 40, 50));

    [Fact]
    public void Levels_OneWarmSampleAlone_IsAnIntervalWithoutLength() =>
        Levels("0:4 30:12 60:4", until: 60).Should().Contain((10001, int.MaxValue, 30, 30));

    [Fact]
    public void Levels_AContradiction_IsUnknownToTheNextSample() => Levels("0:4 5:4 10:4|9 15:4", until: 15).Should().Equal(
        (2000, 6000, 0, 5), (0, 0, 5, 15), (2000, 6000, 15, 15));

    [Fact]
    public void Levels_FaultsBetweenNearSamples_AreJoinedOver() => Levels("0:4 5:x 10:4 15:x", until: 15).Should().Equal((2000, 6000, 0, 15));

    [Fact]
    public void Tail_SilenceBeyondTheGap_TakesTheLevelBack() => Levels("0:8", until: 16).Should().Equal((6001, 10000, 0, 0), (0, 0, 0, 16));

    [Fact]
    public void RunningLevels_CarriedOn_AreThoseOfALaterTail()
    {
        var fold = new LevelFold([new LevelSpan(Minute(0), Minute(60), Scale, TimeSpan.FromMinutes(15))]);
        var track = fold.Start;
        fold.Fold(ref track, Parse("5:8").Single(), new List<LevelInterval>());
        var early = fold.Tail(Some.Probe, track, Minute(6));

        foreach (var later in new double[] { 6, 20, 20.001, 59, 60, 100 })
        {
            early.Until(Minute(later)).Should().Equal(fold.Tail(Some.Probe, track, Minute(later)).Intervals, $"minute {later}");
        }
    }

    [Fact]
    public void Boundary_BetweenNearSamples_SplitsTheLineWithEachCalibration()
    {
        var levels = Fold("0:5 10:5", [
            new LevelSpan(Minute(0), Minute(5), Scale, TimeSpan.FromMinutes(15)),
            new LevelSpan(Minute(5), Instant.End, Scale, TimeSpan.FromMinutes(15), CalibrationMilli: 2000)], 10);

        levels.Select(level => (level.From, level.Start, level.End)).Should().Equal((2000, Minute(0), Minute(5)), (6001, Minute(5), Minute(10)));
    }

    [Theory]
    [InlineData(4.75)]
    [InlineData(5.25)]
    [InlineData(7.25)]
    public void Boundary_OnAFlatLine_LeavesTheCrossingWhereItIs(double divided)
    {
        var above = Fold("0:5.99 10:6.01", Divided([divided]), 10).Where(level => level.From == 6001).ToList();

        (above[0].Start, above[^1].End).Should().Be((Minute(5), Minute(10)));
        above.Max(level => level.Highest).Should().Be(6010);
    }

    [Fact]
    public void Samples_OutsideOfEverySpan_DoNotConcernIt()
    {
        var spans = new[] { new LevelSpan(Minute(10), Minute(20), Scale, TimeSpan.FromMinutes(15)) };

        Fold("0:4 12:8 30:4", spans, 40).Should().Equal(Fold("12:8", spans, 40)).And.Equal(
            LevelInterval.Unknown(Minute(10), Minute(12), Minute(12)), new LevelInterval(6001, 10000, Minute(12), Minute(20), 8000, 8000, false, null));
    }

    /// <summary>What the judge of excursions finds, found by another way: out of range is the union of the levels beyond the limits.</summary>
    [Fact]
    public void Levels_OfAnySeries_SayWhatTheJudgeSays()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Agree(RandomSeries(new Random(seed)), seed));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(500)), property);
    }

    private static void Agree(IReadOnlyList<Sample> samples, int seed)
    {
        var until = samples[^1].At;
        var divided = Divided(RandomBoundaries(new Random(seed)));
        var judge = new ProbeJudge([.. divided.Select(span => new RuleSpan(span.From, span.To, Some.Rule()))]);
        var (track, stretches) = (judge.Start, new List<Stretch>());
        foreach (var sample in samples)
        {
            judge.Fold(ref track, sample, stretches);
        }

        judge.Tail(track, until, stretches);
        var levels = Fold(samples, divided, until);

        Union(levels.Where(level => !level.IsUnknown && level.From > 6000).Select(level => (level.Start, level.End)))
            .Should().Equal(Union(Of(stretches, Side.High)), $"seed {seed}");
        Union(levels.Where(level => !level.IsUnknown && level.To < 2000).Select(level => (level.Start, level.End)))
            .Should().Equal(Union(Of(stretches, Side.Low)), $"seed {seed}");
        Of(stretches, Side.Unknown).Should().BeSubsetOf(levels.Where(level => level.IsUnknown).Select(level => (level.Start, level.End)), $"seed {seed}");
        Union(levels.Select(level => (level.Start, level.End))).Should().Equal([(Minute(0), until)], $"all time is told of, seed {seed}");
    }

    private static IEnumerable<(Instant, Instant)> Of(IEnumerable<Stretch> stretches, Side side) =>
        stretches.Where(stretch => stretch.Side == side && !stretch.IsConflict).Select(stretch => (stretch.Start, stretch.LastKnown));

    private static List<(Instant Start, Instant End)> Union(IEnumerable<(Instant Start, Instant End)> intervals)
    {
        var union = new List<(Instant Start, Instant End)>();
        foreach (var (start, end) in intervals.OrderBy(interval => interval.Start).ThenBy(interval => interval.End))
        {
            if (union.Count > 0 && start <= union[^1].End)
            {
                union[^1] = (union[^1].Start, Instant.Max(union[^1].End, end));
            }
            else
            {
                union.Add((start, end));
            }
        }

        return union;
    }

    // None, or some: what they divide is the same as undivided.
    private static IEnumerable<double> RandomBoundaries(Random random) => Enumerable.Range(0, random.Next(8)).Select(_ => random.Next(1, 300_000) / 1000.0).Distinct().Order();

    private static List<LevelSpan> Divided(IEnumerable<double> boundaries)
    {
        Instant[] ends = [.. boundaries.Select(Minute), Instant.End];
        return [.. ends.Select((end, i) => new LevelSpan(i == 0 ? Minute(0) : ends[i - 1], end, Scale, Some.Rule().MaxGap))];
    }

    private static List<Sample> RandomSeries(Random random)
    {
        var (samples, at) = (new List<Sample>(), Minute(random.Next(3)));
        for (var i = random.Next(2, 60); i > 0; i--)
        {
            var good = Sample.Good(at, Celsius.FromMilli(random.Next(8) switch { 0 => 6000, 1 => 6001, 2 => 2000, 3 => 1999, _ => random.Next(-2000, 14000) }));
            // The last one is a temperature: what lasts beyond it is not of the record.
            samples.Add((i == 1 ? 11 : random.Next(12)) switch { 0 => Sample.Fault(at), 1 => Sample.Contested(at, Celsius.FromMilli(7000)), _ => good });
            at += TimeSpan.FromMilliseconds(random.Next(10) == 0 ? random.Next(900_000, 4_000_000) : random.Next(1, 400_000));
        }

        return samples;
    }

    private static List<(int From, int To, double Start, double End)> Levels(string series, double until) =>
        Fold(series, [new LevelSpan(Minute(0), Instant.End, Scale, TimeSpan.FromMinutes(15))], until)
            .ConvertAll(level => (level.From, level.To, (level.Start - Some.Noon).TotalMinutes, (level.End - Some.Noon).TotalMinutes));

    private static List<LevelInterval> Fold(string series, IReadOnlyList<LevelSpan> spans, double until) => Fold(Parse(series), spans, Minute(until));

    private static List<LevelInterval> Fold(IEnumerable<Sample> samples, IReadOnlyList<LevelSpan> spans, Instant until)
    {
        var fold = new LevelFold(spans);
        var (track, levels) = (fold.Start, new List<LevelInterval>());
        foreach (var sample in samples)
        {
            fold.Fold(ref track, sample, levels);
        }

        return [.. levels, .. fold.Tail(Some.Probe, track, until).Intervals];
    }
}
