using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>A time, half-open; one without length stands for its instant alone.</summary>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last; for one without length, its instant.</param>
public readonly record struct TimeRange(Instant Start, Instant End)
{
    /// <summary>The duration.</summary>
    public TimeSpan Length => End - Start;

    /// <summary>The same; of one without length the millisecond that begins with its instant, which is the shortest time there is.</summary>
    public TimeRange OrItsMoment() => Start == End ? this with { End = Start + TimeSpan.FromMilliseconds(1) } : this;

    /// <summary>What lies within another time; null when nothing does. What begins where the other ends lies outside.</summary>
    public TimeRange? Within(TimeRange other)
    {
        var (start, end) = (Instant.Max(Start, other.Start), Instant.Min(End, other.End));
        return start < end || (Start == End && other.Start <= Start && Start < other.End) ? new TimeRange(start, end) : null;
    }
}

/// <summary>Sets of time as lists of ranges, ascending, none of which touches another.</summary>
internal static class TimeSet
{
    /// <summary>All that lies in any of the ranges; what touches is one.</summary>
    internal static List<TimeRange> Union(IEnumerable<TimeRange> ranges) => Joined(ranges, TimeSpan.Zero);

    /// <summary>The same, with ranges at most a gap apart made one, the gap included.</summary>
    internal static List<TimeRange> Joined(IEnumerable<TimeRange> ranges, TimeSpan gap)
    {
        var union = new List<TimeRange>();
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (union.Count > 0 && range.Start - union[^1].End <= gap)
            {
                union[^1] = union[^1] with { End = Instant.Max(union[^1].End, range.End) };
            }
            else
            {
                union.Add(range);
            }
        }

        return union;
    }

    /// <summary>What lies in one set and not in another.</summary>
    internal static List<TimeRange> Except(IEnumerable<TimeRange> set, IReadOnlyList<TimeRange> removed)
    {
        var rest = new List<TimeRange>();
        foreach (var range in set)
        {
            var from = range.Start;
            foreach (var hole in removed.Select(hole => hole.Within(range)).OfType<TimeRange>())
            {
                if (from < hole.Start)
                {
                    rest.Add(new TimeRange(from, hole.Start));
                }

                from = hole.End;
            }

            // An instant alone is left when no hole covers it.
            if (range.Length == TimeSpan.Zero ? removed.All(hole => range.Within(hole) is null) : from < range.End)
            {
                rest.Add(new TimeRange(from, range.End));
            }
        }

        return rest;
    }

    /// <summary>The whole duration of a set.</summary>
    internal static TimeSpan Length(IEnumerable<TimeRange> set) => TimeSpan.FromMilliseconds(set.Sum(range => range.End.Milliseconds - range.Start.Milliseconds));
}
