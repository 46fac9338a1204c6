using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Readings;

public class ClockAnchorTests
{
    private static readonly Instant Noon = new(1_795_348_800_000);
    private static readonly ClockAnchor Anchor = new("b", 7_200_000, Noon, 40);

    [Theory]
    [InlineData(7_200_000, 0)]
    [InlineData(0, -7_200_000)]
    [InlineData(7_260_000, 60_000)]
    public void At_OfAnyMomentOfTheBoot_LiesAsFarFromItAsTheMonotonicClockSays(long mono, long fromNoon) =>
        Anchor.At(mono).Should().Be(new Instant(Noon.Milliseconds + fromNoon));

    [Fact]
    public void At_BeyondTheCalendar_IsNone() => Anchor.At(9_007_199_254_740_991).Should().BeNull();

    [Theory]
    [InlineData(2_045, true)] // 40 + 5 + 2000
    [InlineData(2_046, false)]
    [InlineData(-2_045, true)]
    [InlineData(-2_046, false)]
    [InlineData(3_600_000, false)]
    public void AgreesWith_UpToBothErrorsAndTheTolerance(long apart, bool agree)
    {
        var other = new ClockAnchor("b", 0, new Instant(Anchor.Offset + apart), 5);

        Anchor.AgreesWith(other).Should().Be(agree);
        other.AgreesWith(Anchor).Should().Be(agree);
    }

    [Fact]
    public void AgreesWith_AnotherBoot_Never() => Anchor.AgreesWith(Anchor with { Boot = "c" }).Should().BeFalse();
}
