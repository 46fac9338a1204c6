using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

/// <summary>What of a series is handed on, at the very figures: steps of 5 °C, 5 °C a minute, and gaps of 15 minutes.</summary>
public sealed class SpikeFilterTests
{
    private static readonly TimeSpan MaxGap = TimeSpan.FromMinutes(15);

    [Theory]
    [InlineData("0:4 1:9 2:4", "0:4 1:9 2:4")] // A step that is never doubted,
    [InlineData("0:4 1:9.001 2:4", "0:4 1:x 2:4")] // and one that is.
    [InlineData("0:4 0.5:8 1:4", "0:4 0.5:8 1:4")] // However fast.
    [InlineData("0:4 1.2:10 3:4", "0:4 1.2:10 3:4")] // Just as fast as it may be,
    [InlineData("0:4 1.1:10 3:4", "0:4 1.1:x 3:4")] // and faster.
    [InlineData("0:4 1:20 2:9 3:9", "0:4 1:x 2:9 3:9")] // Back as far as counts,
    [InlineData("0:4 1:20 2:9.001 3:9.001", "0:4 1:20 2:9.001 3:9.001")] // and not.
    [InlineData("0:4 1:12 2:8 3:8", "0:4 1:12 2:8 3:8")] // No nearer to what was before.
    [InlineData("0:4 1:12 2:7.999 3:8", "0:4 1:x 2:7.999 3:8")]
    [InlineData("0:4 1:-6 2:4", "0:4 1:x 2:4")]
    [InlineData("0:4 1:85 2:60 3:4", "0:4 1:x 2:x 3:4")]
    [InlineData("0:4 1:85 2:60 3:60 4:4", "0:4 1:85 2:60 3:60 4:4")] // Two are a spike, three are not: then the way back is one too, and nothing follows it.
    [InlineData("0:4 1:60", "0:4 1:60")]
    [InlineData("0:4 1:60 2:59", "0:4 1:60 2:59")]
    public void Steps_AreDoubtedUntilTheNextOnesDecide(string series, string told) => Told(series).Should().Be(told);

    [Theory]
    [InlineData("0:4 1:60 2:x 3:4", "0:4 1:x 2:x 3:4")]
    [InlineData("0:4 1:60 2:x 3:60 4:4", "0:4 1:x 3:x 4:4")] // That of before the last in doubt tells nothing more.
    [InlineData("0:4 1:60 2:61 3:x 4:4", "0:4 1:x 2:x 3:x 4:4")]
    [InlineData("0:4 1:60 2:x 3:60 4:60", "0:4 1:60 3:60 4:60")]
    [InlineData("0:4 1:60 2:x 17:60", "0:4 1:60 2:x 17:60")] // Silence followed it.
    [InlineData("0:4 1:60 16:4", "0:4 1:x 16:4")]
    [InlineData("0:4 1:60 16.001:4", "0:4 1:60 16.001:4")]
    [InlineData("0:4 1:x 2:60 3:4", "0:4 1:x 2:x 3:4")]
    [InlineData("0:x 1:4", "0:x 1:4")]
    public void Faults_AmongDoubts_GoWithThem(string series, string told) => Told(series).Should().Be(told);

    [Theory]
    [InlineData("0:4 1:60 2:4|5 3:30 4:30", "0:4 1:60 2:! 3:30 4:30")] // After it nothing is there to compare with.
    [InlineData("0:4 1:4|5 2:85 3:4", "0:4 1:! 2:x 3:4")]
    [InlineData("0:4 1:x 2:12 3:12", "0:4 1:x 2:12 3:12")] // A fault is no contradiction: 8 °C in two minutes,
    [InlineData("0:4 1:x 2:20 3:4", "0:4 1:x 2:x 3:4")] // and 16.
    public void Contradiction_EndsDoubtsAndComparisons(string series, string told) => Told(series).Should().Be(told);

    [Theory]
    [InlineData("20:85 21:4", "20:x 21:4")]
    [InlineData("20:127.937 21:4", "20:x 21:4")]
    [InlineData("20:127.938 21:4", "20:x 21:4")]
    [InlineData("20:-127 21:4", "20:x 21:4")]
    [InlineData("20:127 21:127", "20:127 21:127")]
    [InlineData("20:85 21:79.999", "20:x 21:79.999")]
    [InlineData("20:85 21:80", "20:85 21:80")]
    [InlineData("0:4 15:85 16:4", "0:4 15:x 16:4")] // However slowly it came there.
    [InlineData("0:4 15.001:85 16:4", "0:4 15.001:x 16:4")]
    [InlineData("0:4 15:60 16:60", "0:4 15:60 16:60")]
    [InlineData("0:4 15.001:60 15.002:60", "0:4 15.001:60 15.002:60")]
    [InlineData("0:83 10:85 11:83", "0:83 10:85 11:83")]
    public void Placeholder_IsDoubtedAlsoWhenNothingIsThereToCompareWith(string series, string told) => Told(series).Should().Be(told);

    [Fact]
    public void Air_MayStepFurther()
    {
        Told("0:4 1:19 2:4", ProbeRole.Air).Should().Be("0:4 1:19 2:4");
        Told("0:4 1:19.001 2:4", ProbeRole.Air).Should().Be("0:4 1:x 2:4");
    }

    [Fact]
    public void Doubt_LastsForAGap()
    {
        DoubtFrom("0:4 1:60", 16).Should().Be(1);
        DoubtFrom("0:4 1:60", 16.001).Should().BeNull();
        DoubtFrom("0:4 1:60 2:61", 17).Should().Be(1, "both are in doubt");
        DoubtFrom("0:4 1:60 2:4", 2).Should().BeNull();

        static double? DoubtFrom(string series, double now) =>
            (PlausibleSamples.InDoubtFrom(Parse(series), ProbeRole.Load, MaxGap, Minute(now)) - Minute(0))?.TotalMinutes;
    }

    private static string Told(string series, ProbeRole role = ProbeRole.Load) => string.Join(' ', PlausibleSamples.Of(Parse(series), role, MaxGap).Select(sample => string.Create(
        CultureInfo.InvariantCulture,
        $"{(sample.At - Minute(0)).TotalMinutes}:{(sample.Kind == SampleKind.Good ? $"{sample.Lowest / 1000m:0.###}" : sample.Kind == SampleKind.Fault ? "x" : "!")}")));
}
