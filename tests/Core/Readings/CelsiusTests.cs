using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Readings;

public class CelsiusTests
{
    [Theory]
    [InlineData("4.25", 4250)]
    [InlineData("-30", -30_000)]
    [InlineData("+4", 4000)]
    [InlineData("4.2e0", 4200)]
    [InlineData("1E1", 10_000)]
    [InlineData(".5", 500)]
    [InlineData("6.0004", 6000)]
    [InlineData("6.0005", 6001)]
    [InlineData("-6.0005", -6001)]
    [InlineData("6.0015", 6002)]
    [InlineData("6.00049999999999999999999999", 6000)]
    [InlineData("0.0625", 63)]
    [InlineData("-0.0625", -63)]
    [InlineData("-0", 0)]
    [InlineData("-273.15", -273_150)]
    [InlineData("1000000", 1_000_000_000)]
    public void TryParse_DecimalText_RoundsHalfAwayFromZero(string text, int milli)
    {
        Celsius.TryParse(text, out var value).Should().BeTrue();
        value.Milli.Should().Be(milli);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 4")]
    [InlineData("4 ")]
    [InlineData("4,25")]
    [InlineData("1,000")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e308")]
    [InlineData("-1e308")]
    [InlineData("-273.151")]
    [InlineData("1000000.001")]
    [InlineData("0x10")]
    [InlineData("(4)")]
    [InlineData("4°")]
    [InlineData("--4")]
    [InlineData("٤")]
    public void TryParse_Other_IsRefused(string text)
    {
        Celsius.TryParse(text, out var value).Should().BeFalse();
        value.Should().Be(default(Celsius));
    }

    [Theory]
    [InlineData(-273_150, true)]
    [InlineData(-273_151, false)]
    [InlineData(1_000_000_000, true)]
    [InlineData(1_000_000_001, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, false)]
    public void TryFromMilli_Limits_AreInclusive(long milli, bool expected)
    {
        Celsius.TryFromMilli(milli, out var value).Should().Be(expected);
        value.Milli.Should().Be(expected ? (int)milli : 0);
    }

    [Fact]
    public void FromMilli_OutsideTheRange_Throws()
    {
        var below = () => Celsius.FromMilli(-273_151);
        var above = () => Celsius.FromMilli(1_000_000_001);
        below.Should().Throw<ArgumentOutOfRangeException>();
        above.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void ToString_AnyTemperature_ReadsBackInEveryCulture() => Prop.ForAll(Gen.Choose(-273_150, 1_000_000_000).ToArbitrary(), milli =>
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fr-FR");
        var text = Celsius.FromMilli(milli).ToString();
        Celsius.TryParse(text, out var value).Should().BeTrue();
        CultureInfo.CurrentCulture = before;
        value.Milli.Should().Be(milli);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Order_IsThatOfTheDegrees() => Prop.ForAll(Gen.Choose(-1000, 1000).ToArbitrary(), Gen.Choose(-1000, 1000).ToArbitrary(), (a, b) =>
    {
        var (first, second) = (Celsius.FromMilli(a), Celsius.FromMilli(b));
        (first < second).Should().Be(a < b);
        (first > second).Should().Be(a > b);
        (first <= second).Should().Be(a <= b);
        (first >= second).Should().Be(a >= b);
        first.CompareTo(second).Should().Be(a.CompareTo(b));
    }).QuickCheckThrowOnFailure();
}
