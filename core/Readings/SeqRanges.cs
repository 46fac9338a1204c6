using System.Globalization;

namespace ColdChain.Core.Readings;

/// <summary>
/// An immutable set of sequence numbers, kept as sorted, disjoint, non-adjacent closed ranges. Written <c>1-40,42,50-60</c>; the empty
/// set is the empty text. Numbers start at 1. Equality is that of the sets.
/// </summary>
public sealed class SeqRanges : IEquatable<SeqRanges>
{
    /// <summary>The set without members.</summary>
    public static readonly SeqRanges Empty = new([]);

    private readonly (long First, long Last)[] _ranges;

    private SeqRanges((long First, long Last)[] ranges) => _ranges = ranges;

    /// <summary>The ranges in ascending order; both ends belong to a range.</summary>
    public IReadOnlyList<(long First, long Last)> Ranges => _ranges;

    /// <summary>True when the set has no members.</summary>
    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The largest member, or 0 for the empty set.</summary>
    public long Last => IsEmpty ? 0 : _ranges[^1].Last;

    /// <summary>The largest n such that 1..n are all members, or 0.</summary>
    public long ContiguousUpTo => !IsEmpty && _ranges[0].First == 1 ? _ranges[0].Last : 0;

    /// <summary>How many numbers are members.</summary>
    public long Count => _ranges.Sum(range => range.Last - range.First + 1);

    /// <summary>The set of one closed range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first number is below 1 or above the last.</exception>
    public static SeqRanges Of(long first, long last)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        return new SeqRanges([(first, last)]);
    }

    /// <summary>The set of some numbers, in any order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static SeqRanges From(IEnumerable<long> seqs)
    {
        var ranges = seqs.Select(seq => (seq, seq)).ToList();
        var set = new SeqRanges(Merge(ranges));
        ArgumentOutOfRangeException.ThrowIfLessThan(set.IsEmpty ? 1 : set._ranges[0].First, 1, nameof(seqs));
        return set;
    }

    /// <summary>Reads the written form; false for anything else, unsorted or overlapping ranges included.</summary>
    public static bool TryParse(string text, out SeqRanges ranges)
    {
        ranges = Empty;
        if (text.Length == 0)
        {
            return true;
        }

        var list = new List<(long, long)>();
        var previous = 0L;
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !TryNumber(ends[0], out var first) || !TryNumber(ends[^1], out var last) || first <= previous || last < first)
            {
                return false;
            }

            list.Add((first, last));
            previous = last;
        }

        ranges = new SeqRanges(Merge(list));
        return true;
    }

    /// <summary>True when the number is a member.</summary>
    public bool Contains(long seq)
    {
        var (low, high) = (0, _ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (seq < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (seq > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Members of either set.</summary>
    public SeqRanges Union(SeqRanges other) => new(Merge([.. _ranges, .. other._ranges]));

    /// <summary>This set with one closed range added.</summary>
    public SeqRanges Add(long first, long last) => Union(Of(first, last));

    /// <summary>Members of this set that are not members of the other.</summary>
    public SeqRanges Except(SeqRanges other)
    {
        var left = new List<(long First, long Last)>();
        var place = 0;
        foreach (var (first, last) in _ranges)
        {
            // Both are sorted, so that what ends before this range ends before all that follow.
            while (place < other._ranges.Length && other._ranges[place].Last < first)
            {
                place++;
            }

            var next = first;
            for (var i = place; i < other._ranges.Length && other._ranges[i].First <= last; i++)
            {
                if (other._ranges[i].First > next)
                {
                    left.Add((next, other._ranges[i].First - 1));
                }

                next = other._ranges[i].Last + 1;
            }

            if (next <= last)
            {
                left.Add((next, last));
            }
        }

        return new SeqRanges([.. left]);
    }

    /// <summary>The lowest members, at most so many; all of them when there are fewer.</summary>
    public SeqRanges Lowest(long count)
    {
        var lowest = new List<(long First, long Last)>();
        foreach (var (first, last) in _ranges)
        {
            if (count < 1)
            {
                break;
            }

            lowest.Add((first, Math.Min(last, first + count - 1)));
            count -= lowest[^1].Last - first + 1;
        }

        return new SeqRanges([.. lowest]);
    }

    /// <inheritdoc/>
    public bool Equals(SeqRanges? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SeqRanges);

    /// <inheritdoc/>
    public override int GetHashCode() => IsEmpty ? 0 : HashCode.Combine(_ranges.Length, _ranges[0], _ranges[^1]);

    /// <summary>The written form.</summary>
    public override string ToString() => string.Join(',', _ranges.Select(range => range.First == range.Last
        ? range.First.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.First}-{range.Last}")));

    private static (long First, long Last)[] Merge(List<(long First, long Last)> ranges)
    {
        ranges.Sort();
        var merged = new List<(long First, long Last)>(ranges.Count);
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = (merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return [.. merged];
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1;
}
