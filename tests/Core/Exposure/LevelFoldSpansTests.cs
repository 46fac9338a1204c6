using ColdChain.Core.Exposure;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>A probe that is moved, calibrated or judged by other figures meanwhile; its samples join over 15 minutes.</summary>
public sealed class LevelFoldSpansTests
{
    private static readonly LevelScale Scale = new([1999, 6000, 10000]);

    // It stands in the storage unit up to 10, is away up to 20, and comes back.
    private static readonly LevelSpan[] Away = [Span(0, 10), Span(20, 60)];

    // Other figures or another calibration from 10 on, and from 30 it is away.
    private static readonly LevelSpan[] Touching = [Span(0, 10), Span(10, 30)];

    [Fact]
    public void Fold_WithoutSpansInOrder_IsRefused()
    {
        Refused().WithMessage("At least one span, in order and without overlap.*");
        Refused(Span(0, 11), Span(10, 20)).WithMessage("At least one span, in order and without overlap.*");
        Refused(Span(10, 20), Span(0, 10)).WithMessage("At least one span, in order and without overlap.*");
        Making(Touching).Should().NotThrow();
        Making(Away).Should().NotThrow();

        static FluentAssertions.Specialized.ExceptionAssertions<ArgumentException> Refused(params LevelSpan[] spans) => Making(spans).Should().Throw<ArgumentException>();
        static Action Making(params LevelSpan[] spans) => () => _ = new LevelFold(spans);
    }

    [Fact]
    public void Sample_EarlierThanTheOneBefore_IsRefused() => ((Action)(() => Fold("5:4 4:4", 10, Span(0, 60)))).Should().Throw<ArgumentException>()
        .WithMessage($"Samples must ascend: {Minute(4)} after {Minute(5)}.*");

    [Fact]
    public void Track_BeforeAnySample_KnowsNothing()
    {
        new LevelFold(Away).Start.Should().BeEquivalentTo(new { HeardAt = Minute(0), Since = Minute(0), IsKnown = false, InConflict = false });
        LevelTrack.At(Minute(3)).InConflict.Should().BeFalse();
    }

    [Fact]
    public void Calibration_MovesTheCrossing() => Told(Fold("0:5 10:6", 10, Span(0, 60, calibration: 500))).Should()
        .Equal((2000, 0, 5.01), (6001, 5, 10)); // A thousandth of a degree takes 0.01 minutes.

    [Fact]
    public void Sample_AtTheVeryBoundary_IsOfTheLaterSpan()
    {
        var levels = Fold("10:5", 15, Span(0, 10), Span(10, 60, calibration: 2000));

        levels.Single(level => !level.IsUnknown).Should().BeEquivalentTo(new { From = 6001, Start = Minute(10), End = Minute(15) });
    }

    [Fact]
    public void Fault_BehindABoundary_IsJoinedOver() =>
        Told(Fold("0:4 12:x 14:4", 14, Touching)).Should().Equal((2000, 0, 10), (2000, 10, 14));

    [Fact]
    public void Contradiction_BehindABoundary_LeavesUnknownWhatLiesBetween() =>
        Told(Fold("0:4 12:4|9 14:4", 14, Touching)).Should().Equal((2000, 0, 0), (null, 0, 14), (2000, 14, 14));

    [Fact]
    public void Conflict_IsRememberedUpToTheNextGoodSample()
    {
        Track("0:4 5:4|9", Touching).InConflict.Should().BeTrue();
        Track("0:4 5:4|9 12:x", Touching).InConflict.Should().BeTrue("a fault beyond the boundary tells nothing");
        Track("0:4 5:4|9 12:4", Touching).InConflict.Should().BeFalse();
        Track("0:4 5:4|9 25:x", Away).InConflict.Should().BeFalse("it has begun anew");
        Track("0:4 25:x", Touching).InConflict.Should().BeFalse("it was only silent");
    }

    [Fact]
    public void Probe_ThatComesBack_BeginsAnew()
    {
        Told(Fold("0:4 25:4", 25, Away)).Should().Equal((2000, 0, 10), (null, 20, 25), (2000, 25, 25));
        Told(Fold("0:4 12:9 15:9 25:4", 25, Away)).Should().Equal((2000, 0, 10), (null, 20, 25), (2000, 25, 25));
    }

    [Fact]
    public void Probe_LostWhenItIsTakenAway_WasUnknownToTheLast() =>
        Told(Fold("0:4 45:4", 45, Span(0, 16), Span(40, 60))).Should().Equal((2000, 0, 0), (null, 0, 16), (null, 40, 45), (2000, 45, 45));

    [Fact]
    public void Unknown_OverABoundary_IsOneTime() => Told(Fold("0:4 20:4", 20, Touching)).Should().Equal((2000, 0, 0), (null, 0, 20), (2000, 20, 20));

    [Theory]
    [InlineData(9, 10)]
    [InlineData(19, 10)]
    [InlineData(20, 60)] // Back at that instant.
    [InlineData(30, 60)]
    public void Silence_OfAProbeThatIsMoved_EndsWhenItLeaves(double until, double endsAt)
    {
        var running = Tail("0:4", until, Away);

        running.EndsAt.Should().Be(Minute(endsAt));
        Told(running.Intervals).Should().Equal(until < 10 ? [(2000, 0, 9)] : until < 20 ? [(2000, 0, 10)] : [(2000, 0, 10), (null, 20, until)]);
    }

    [Fact]
    public void Silence_OverOtherFigures_GoesOnToTheEndOfTheLastOfThem()
    {
        Tail("0:4", 5, Touching).EndsAt.Should().Be(Minute(30));
        Tail("0:4", 5, [.. Touching, Span(40, 60)]).EndsAt.Should().Be(Minute(30));
        Told(Tail("0:4", 16, Touching).Intervals).Should().Equal((2000, 0, 0), (null, 0, 16));
    }

    [Fact]
    public void JoinsUntil_IsToldOfAKnownLevelOnly()
    {
        Tail("5:4", 6, Span(0, 60)).JoinsUntil.Should().Be(Minute(20));
        Tail("5:4", 6, Touching).JoinsUntil.Should().Be(Minute(10), "then it has other figures");
        Tail("5:4", 21, Span(0, 60)).JoinsUntil.Should().BeNull();
    }

    private static LevelSpan Span(double from, double to, int calibration = 0) => new(Minute(from), Minute(to), Scale, TimeSpan.FromMinutes(15), calibration);

    private static LevelTrack Track(string series, params LevelSpan[] spans) => Fold(series, new LevelFold(spans)).Track;

    private static RunningLevels Tail(string series, double until, params LevelSpan[] spans)
    {
        var fold = new LevelFold(spans);
        return fold.Tail(Some.Probe, Fold(series, fold).Track, Minute(until));
    }

    private static List<LevelInterval> Fold(string series, double until, params LevelSpan[] spans)
    {
        var fold = new LevelFold(spans);
        var (track, closed) = Fold(series, fold);
        return [.. closed, .. fold.Tail(Some.Probe, track, Minute(until)).Intervals];
    }

    private static (LevelTrack Track, List<LevelInterval> Closed) Fold(string series, LevelFold fold)
    {
        var (track, closed) = (fold.Start, new List<LevelInterval>());
        foreach (var sample in Parse(series))
        {
            fold.Fold(ref track, sample, closed);
        }

        return (track, closed);
    }

    // The lower bound of each level, null where nothing is known, and its minutes.
    private static IEnumerable<(int? From, double Start, double End)> Told(IEnumerable<LevelInterval> levels) =>
        levels.Select(level => (level.IsUnknown ? (int?)null : level.From, (level.Start - Some.Noon).TotalMinutes, (level.End - Some.Noon).TotalMinutes));
}
