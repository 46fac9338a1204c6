using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents.Charts;

/// <summary>Where an instant and a temperature lie in the picture.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The last instant.</param>
/// <param name="LowMilli">The lowest temperature, in thousandths of a degree.</param>
/// <param name="HighMilli">The highest one.</param>
internal readonly record struct ChartScale(Instant From, Instant To, int LowMilli, int HighMilli)
{
    public const double Left = 40;
    public const double Right = 640;
    public const double Top = 20;
    public const double Bottom = 162;

    // The range that a picture shows at least, so that noise does not look like an event.
    public const int SpanMinMilli = 6_000;

    private const int PadMilli = 500;
    private const int TicksMax = 8;

    private static readonly int[] Steps = [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000, 100_000_000];

    /// <summary>Wide enough for all lines and all limits, and never narrower than six degrees.</summary>
    public static ChartScale Of(Instant from, Instant to, IReadOnlyList<ProbeContent> probes, IReadOnlyList<RuleContent> rules)
    {
        var shown = probes.SelectMany(probe => probe.Line).Select(point => point.Celsius?.Milli)
            .Concat(rules.SelectMany(rule => new[] { rule.Low?.Milli, rule.High?.Milli })).OfType<int>().ToList();
        var (low, high) = shown.Count == 0 ? (0, 0) : (shown.Min() - PadMilli, shown.Max() + PadMilli);
        var missing = Math.Max(0, SpanMinMilli - (high - low));
        return new ChartScale(from, to, low - (missing / 2), high + (missing - (missing / 2)));
    }

    /// <summary>Whole temperatures for the lines of the grid.</summary>
    public IEnumerable<int> Ticks()
    {
        var (low, high) = (LowMilli, HighMilli);
        var step = Steps.First(step => (high - (long)low) / step <= TicksMax || step == Steps[^1]);
        for (var tick = (int)Math.Ceiling(low / (double)step) * step; tick <= high; tick += step)
        {
            yield return tick;
        }
    }

    public double X(Instant at)
    {
        var share = To <= From ? 0 : (at.Milliseconds - From.Milliseconds) / (double)(To.Milliseconds - From.Milliseconds);
        return Left + (Math.Clamp(share, 0, 1) * (Right - Left));
    }

    public double Y(int milli) => Bottom - (Math.Clamp((milli - LowMilli) / ((double)HighMilli - LowMilli), 0, 1) * (Bottom - Top));

    /// <summary>A number as attributes of a picture have it.</summary>
    public static string Write(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
