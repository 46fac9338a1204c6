using ColdChain.Core.Readings;
using ColdChain.Server.Projections;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Projections;

public sealed class ComparisonTests
{
    private static readonly Instant First = DeviceDay.StartOf(Some.Start);

    [Fact]
    public void Newer_Comparison_ReplacesItsDaysAndKeepsTheOthers()
    {
        var known = Of(0, 30, Differing(3), Differing(29)).With(Of(28, 31));

        known.Differences.Should().Equal(Differing(3));
        known.IsEqual(Day(29)).Should().BeTrue();
        known.IsEqual(Day(30)).Should().BeTrue();
        known.IsEqual(Day(3)).Should().BeFalse();
        known.IsEqual(Day(31)).Should().BeFalse("nobody has counted it");
    }

    [Fact]
    public void Newer_ComparisonThatDoesNotJoin_DoesNotCountTheDaysBetween()
    {
        var known = Of(0, 10).With(Of(20, 22));

        known.IsEqual(Day(21)).Should().BeTrue();
        known.IsEqual(Day(15)).Should().BeFalse();
        known.IsEqual(Day(5)).Should().BeFalse("what is forgotten is not taken for equal");
    }

    private static Comparison Of(int from, int to, params CountDifference[] differences) =>
        new(Some.Start, First + TimeSpan.FromDays(from), First + TimeSpan.FromDays(to), differences);

    private static CountDifference Differing(int day) => new(Day(day), 10, 9);

    private static DeviceDay Day(int day) => new(Some.Device, First + TimeSpan.FromDays(day));
}
