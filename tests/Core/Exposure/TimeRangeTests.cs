using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>Times are half-open; one without length stands for its instant. Against sets of minutes.</summary>
public sealed class TimeRangeTests
{
    [Theory]
    [InlineData(0, 5, 10, 20, null, null)]
    [InlineData(0, 10, 10, 20, null, null)] // It ends as the other begins.
    [InlineData(0, 11, 10, 20, 10, 11)]
    [InlineData(12, 13, 10, 20, 12, 13)]
    [InlineData(0, 30, 10, 20, 10, 20)]
    [InlineData(19, 30, 10, 20, 19, 20)]
    [InlineData(20, 30, 10, 20, null, null)]
    [InlineData(9, 9, 10, 20, null, null)]
    [InlineData(10, 10, 10, 20, 10, 10)] // An instant: the first of the other belongs to it, and the one after its last does not.
    [InlineData(15, 15, 10, 20, 15, 15)]
    [InlineData(20, 20, 10, 20, null, null)]
    [InlineData(21, 21, 10, 20, null, null)]
    public void Within_AnotherTime_IsWhatBothHave(int start, int end, int otherStart, int otherEnd, int? expectedStart, int? expectedEnd) =>
        Range(start, end).Within(Range(otherStart, otherEnd)).Should().Be(expectedStart is { } from ? Range(from, expectedEnd!.Value) : null);

    [Fact]
    public void Course_OfAgitationToldInAnyTimes_FillsEveryOtherMinute() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(200)), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var told = Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(30)).Select(from => (From: from, To: from + random.Next(8))).ToList();
            var whole = (From: random.Next(15), To: 15 + random.Next(15));

            var course = AgitationCourse.Of(
                told.Select(time => new AgitationInterval(Agitation.Stopped, Minute(time.From), Minute(time.To))), Agitation.Running, Range(whole.From, whole.To));

            Minutes(course, Agitation.Running).Should().Equal(Enumerable.Range(whole.From, whole.To - whole.From).Where(minute => !told.Exists(time => time.From <= minute && minute < time.To)), $"seed {seed}");
            course.Should().NotContain(interval => interval.State == Agitation.Running && interval.Start >= interval.End, $"seed {seed}");
            course.Select(interval => interval.Start).Should().BeInAscendingOrder($"seed {seed}");
        }));

    private static IEnumerable<int> Minutes(IEnumerable<AgitationInterval> course, Agitation state) => course.Where(interval => interval.State == state)
        .SelectMany(interval => Enumerable.Range(Whole(interval.Start), Whole(interval.End) - Whole(interval.Start)));

    private static int Whole(Instant at) => (int)(at - Some.Noon).TotalMinutes;

    private static TimeRange Range(int start, int end) => new(Minute(start), Minute(end));
}
