using ColdChain.Core.Excursions;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class LineTests
{
    [Theory]
    [InlineData(0, 3, 0, 0, 0)]
    [InlineData(0, 3, 5, 1, 2)]
    [InlineData(3, 0, 5, 1, 2)]
    [InlineData(-3, 0, 5, -2, -1)]
    [InlineData(0, -3, 5, -2, -1)]
    [InlineData(-2, 2, 5, 0, 0)]
    [InlineData(7, 7, 5, 7, 7)]
    [InlineData(0, 3, 10, 3, 3)]
    public void Value_BetweenTwoThousandths_IsRoundedAsAsked(int first, int last, double minute, int down, int up)
    {
        var line = new Line(Minute(0), first, Minute(10), last);

        (line.At(Minute(minute), up: false), line.At(Minute(minute), up: true)).Should().Be((down, up));
    }

    [Theory]
    [InlineData(0, 3, 1, 200_000, 200_000)]
    [InlineData(0, 7, 1, 85_714, 85_715)]
    [InlineData(7, 0, 6, 85_714, 85_715)]
    [InlineData(-1, 6, 0, 85_714, 85_715)]
    [InlineData(0, 7, 7, 600_000, 600_000)]
    public void Instant_OfAValue_IsRoundedToAMillisecondAsAsked(int first, int last, int value, long earlier, long later)
    {
        var line = new Line(Minute(0), first, Minute(10), last);

        (line.Reaches(value, later: false) - Minute(0), line.Reaches(value, later: true) - Minute(0)).Should().Be((TimeSpan.FromMilliseconds(earlier), TimeSpan.FromMilliseconds(later)));
    }

    [Fact]
    public void Line_OfOneInstant_IsItsLaterEnd() => new Line(Minute(5), 1, Minute(5), 2).At(Minute(5), up: true).Should().Be(2);
}
