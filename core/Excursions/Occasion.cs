using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// One or more stretches of a probe on one side, so near to each other that they count as one event. The times in range between them are not
/// counted as out.
/// </summary>
/// <param name="Stretches">At least one, ascending, all on the same side.</param>
public sealed record Occasion(IReadOnlyList<Stretch> Stretches)
{
    /// <summary>The first instant out of range.</summary>
    public Instant Start => Stretches[0].Start;

    /// <summary>The last stretch, which says how the occasion ended.</summary>
    public Stretch Last => Stretches[^1];

    /// <summary>The side.</summary>
    public Side Side => Last.Side;

    /// <summary>The known time out of range.</summary>
    public TimeSpan Duration => TimeSpan.FromMilliseconds(Stretches.Sum(stretch => stretch.Duration.TotalMilliseconds));

    /// <summary>The temperature furthest out.</summary>
    public Celsius Peak => Celsius.FromMilli(Side == Side.High ? Stretches.Max(s => s.PeakMilli) : Stretches.Min(s => s.PeakMilli));

    /// <summary>The area beyond the limit in degree-minutes.</summary>
    public double DegreeMinutes => Stretches.Sum(stretch => stretch.DegreeMinutes);

    /// <summary>The instant at which the time out of range reached a delay (a duration equal to it counts); null when it never did.</summary>
    public Instant? Reached(TimeSpan delay)
    {
        var left = delay;
        foreach (var stretch in Stretches)
        {
            if (stretch.IsConflict)
            {
                return stretch.Start;
            }

            if (stretch.Duration >= left)
            {
                return stretch.Start + left;
            }

            left -= stretch.Duration;
        }

        return null;
    }

    /// <summary>
    /// Groups stretches (of one probe and side, ascending) into occasions: the next one joins when the end before it was seen and lies at
    /// most <paramref name="mergeGap"/> earlier. Unknown time never joins. With a gap of zero each stretch is an occasion of its own.
    /// </summary>
    public static IEnumerable<Occasion> Of(IEnumerable<Stretch> stretches, TimeSpan mergeGap)
    {
        var group = new List<Stretch>();
        foreach (var stretch in stretches)
        {
            var joins = group.Count > 0 && mergeGap > TimeSpan.Zero && group[^1].End is { } end && stretch.Start - end <= mergeGap;
            if (!joins && group.Count > 0)
            {
                yield return new Occasion([.. group]);
                group.Clear();
            }

            group.Add(stretch);
        }

        if (group.Count > 0)
        {
            yield return new Occasion([.. group]);
        }
    }
}
