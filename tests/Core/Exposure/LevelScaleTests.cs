using ColdChain.Core.Exposure;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>A scale is its cuts, and a span has its first instant and not its last.</summary>
public sealed class LevelScaleTests
{
    private static readonly LevelScale Scale = new([1999, 6000]);

    [Fact]
    public void Scales_WithTheSameCuts_AreEqual()
    {
        var same = new LevelScale([6000, 1999, 6000]);

        Scale.Equals(same).Should().BeTrue("order and repetitions do not matter");
        Scale.Equals((object)same).Should().BeTrue();
        Scale.GetHashCode().Should().Be(same.GetHashCode());
        new LevelScale([]).Should().Be(new LevelScale([]));
        new LevelScale([]).GetHashCode().Should().Be(new LevelScale([]).GetHashCode());
    }

    [Fact]
    public void Scales_WithOtherCuts_AreNotEqual()
    {
        Scale.Equals(new LevelScale([1999, 6000, 10000])).Should().BeFalse();
        Scale.Equals(new LevelScale([1999, 6001])).Should().BeFalse();
        Scale.Equals(new LevelScale([])).Should().BeFalse();
        Scale.Equals("1999 6000").Should().BeFalse();
        Scale.Equals((LevelScale?)null).Should().BeFalse();
    }

    [Fact]
    public void Hashes_OfManyScales_AreNotAllTheSame() =>
        Enumerable.Range(0, 20).Select(cut => new LevelScale([cut]).GetHashCode()).Distinct().Should().HaveCountGreaterThan(1);

    [Fact]
    public void LevelOf_TheCutItself_IsTheOneBelow()
    {
        Scale.LevelOf(1999).Should().Be((int.MinValue, 1999));
        Scale.LevelOf(2000).Should().Be((2000, 6000));
        Scale.LevelOf(6000).Should().Be((2000, 6000));
        Scale.LevelOf(6001).Should().Be((6001, int.MaxValue));
        new LevelScale([]).LevelOf(0).Should().Be((int.MinValue, int.MaxValue));
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void Span_Contains_ItsFirstInstantAndNotItsEnd(int minute, bool expected) =>
        new LevelSpan(Minute(10), Minute(20), Scale, TimeSpan.FromMinutes(15)).Contains(Minute(minute)).Should().Be(expected);
}
