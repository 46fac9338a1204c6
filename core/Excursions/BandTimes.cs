using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>How long a probe was in each band of its limits, from the first to the last word of it. The four add up to that time.</summary>
/// <param name="Low">Colder than the lower limit.</param>
/// <param name="InRange">Known, and within the limits, both included.</param>
/// <param name="High">Warmer than the upper limit.</param>
/// <param name="Unknown">Nobody can tell.</param>
/// <param name="LongestGap">The longest single time in which nobody can tell; zero when there is none.</param>
public sealed record BandTimes(TimeSpan Low, TimeSpan InRange, TimeSpan High, TimeSpan Unknown, TimeSpan LongestGap)
{
    /// <summary>Adds up the stretches of one probe, however short they are.</summary>
    /// <param name="from">When it was first heard.</param>
    /// <param name="to">When it was last heard.</param>
    /// <param name="stretches">Its stretches, all of them between the two.</param>
    public static BandTimes Of(Instant from, Instant to, IReadOnlyList<Stretch> stretches)
    {
        var (low, high, unknown) = (Sum(Side.Low), Sum(Side.High), Sum(Side.Unknown));
        var gaps = stretches.Where(stretch => stretch.Side == Side.Unknown).Select(stretch => stretch.Duration);
        return new BandTimes(low, to - from - low - high - unknown, high, unknown, gaps.DefaultIfEmpty(TimeSpan.Zero).Max());

        TimeSpan Sum(Side side) => TimeSpan.FromTicks(stretches.Where(stretch => stretch.Side == side).Sum(stretch => stretch.Duration.Ticks));
    }
}
