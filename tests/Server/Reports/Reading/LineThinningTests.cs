using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;

namespace ColdChain.Server.Tests.Reports.Reading;

public sealed class LineThinningTests
{
    private const int Day = 24 * 60;

    [Fact]
    public void Line_OfAMonth_HasAboutSoManyPointsAndHidesNeitherPeakNorBreak()
    {
        var line = LineThinning.Over(FiguresBench.At(0), FiguresBench.At(30 * Day), 400);
        for (var minute = 0; minute < 30 * Day; minute++)
        {
            if (minute == 10_000)
            {
                line.Break();
            }

            line.Add(FiguresBench.At(minute), minute switch { 7_003 => 9_000, 7_004 => -1_000, _ => 4_000 + minute % 100 });
        }

        var kept = line.End();

        kept.Count.Should().BeInRange(200, 404);
        kept.Should().Contain(new PointContent(FiguresBench.At(7_003), Celsius.FromMilli(9_000))).And.Contain(new PointContent(FiguresBench.At(7_004), Celsius.FromMilli(-1_000)));
        kept.Select(point => point.At).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        var broken = kept.ToList().FindIndex(point => point.Celsius is null);
        kept[broken].At.Should().Be(FiguresBench.At(9_999) + TimeSpan.FromMilliseconds(1));
        (kept[broken - 1].At, kept[broken + 1].At).Should().Be((FiguresBench.At(9_999), FiguresBench.At(10_000)), "the points beside a break stay");
        (kept[0].At, kept[^1].At).Should().Be((FiguresBench.At(0), FiguresBench.At(30 * Day - 1)), "and so do the ends");
    }

    [Fact]
    public void Line_OfFewPoints_StaysAsItIs()
    {
        var line = LineThinning.Over(FiguresBench.At(0), FiguresBench.At(60), 60);
        line.Break();
        for (var minute = 0; minute < 60; minute++)
        {
            line.Add(FiguresBench.At(minute), 4_000 + minute * 7 % 5);
        }

        line.End().Should().Equal(Enumerable.Range(0, 60).Select(minute => new PointContent(FiguresBench.At(minute), Celsius.FromMilli(4_000 + minute * 7 % 5))));
    }

    [Fact]
    public void Line_WithoutAPoint_IsEmpty() => LineThinning.Over(FiguresBench.At(0), FiguresBench.At(60), 60).End().Should().BeEmpty();
}
