using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>When an excursion is a ground to hold, where the pack tolerates some: DOMAIN S8 b and S9, Ph. Eur. 0853.</summary>
public sealed class ToleranceTests
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero));

    private static readonly ProbeRule Tolerant = new()
    {
        High = Celsius.FromMilli(-20_000), Tolerance = TimeSpan.FromHours(72), ToleratedHigh = Celsius.FromMilli(-5_000),
    };

    [Fact]
    public void Ground_OfARuleWithoutTolerance_IsEveryExcursion() =>
        Lasting(TimeSpan.Zero, -18_000, Tolerant with { Tolerance = TimeSpan.Zero }).IsGroundToHold.Should().BeTrue();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Ground_AtTheEndOfTheTolerance_BeginsAMillisecondLater(int more, bool isGround) =>
        Lasting(TimeSpan.FromHours(72) + TimeSpan.FromMilliseconds(more), -18_000).IsGroundToHold.Should().Be(isGround);

    [Theory]
    [InlineData(-5_000, false)]
    [InlineData(-4_999, true)]
    public void Ground_AtTheWarmestTemperatureTolerated_BeginsAThousandthAbove(int peak, bool isGround) =>
        Lasting(TimeSpan.FromHours(1), peak).IsGroundToHold.Should().Be(isGround);

    [Theory]
    [InlineData(-40_000, false)]
    [InlineData(-40_001, true)]
    public void Ground_AtTheColdestTemperatureTolerated_BeginsAThousandthBelow(int peak, bool isGround)
    {
        var rule = Tolerant with { Low = Celsius.FromMilli(-30_000), ToleratedLow = Celsius.FromMilli(-40_000) };
        (Lasting(TimeSpan.FromHours(1), peak, rule) with { Side = Side.Low }).IsGroundToHold.Should().Be(isGround);
    }

    [Fact]
    public void Ground_WhereTheEndWasNotSeen_CountsUpToTheNextSample()
    {
        var unseen = Lasting(TimeSpan.FromHours(71), -18_000) with { End = null, EndReason = EndReason.Unknown };

        (unseen with { SettledAt = Start + TimeSpan.FromHours(72) }).IsGroundToHold.Should().BeFalse();
        (unseen with { SettledAt = Start + TimeSpan.FromHours(73) }).IsGroundToHold.Should().BeTrue();
    }

    [Fact]
    public void Ground_WhileItIsOpen_CountsWhatIsKnown()
    {
        var open = Lasting(TimeSpan.FromHours(72), -18_000) with { End = null, EndReason = EndReason.Open, SettledAt = null };

        open.IsGroundToHold.Should().BeFalse();
        (open with { LastKnown = open.LastKnown + TimeSpan.FromMinutes(1) }).IsGroundToHold.Should().BeTrue();
    }

    [Fact]
    public void Ground_OfUnknownTimeAndContradictions_IsNeverTolerated()
    {
        var brief = Lasting(TimeSpan.FromMinutes(1), -18_000);

        (brief with { Side = Side.Unknown }).IsGroundToHold.Should().BeTrue();
        (brief with { IsConflict = true }).IsGroundToHold.Should().BeTrue();
    }

    private static Stretch Lasting(TimeSpan duration, int peakMilli, ProbeRule? rule = null) => new()
    {
        Start = Start, Side = Side.High, End = Start + duration, EndReason = EndReason.InRange, LastKnown = Start + duration,
        SettledAt = Start + duration, PeakMilli = peakMilli, Rule = rule ?? Tolerant,
    };
}
