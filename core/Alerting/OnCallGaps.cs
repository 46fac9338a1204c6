using ColdChain.Core.Readings;

namespace ColdChain.Core.Alerting;

/// <summary>A time, half-open.</summary>
/// <param name="From">Its start, included.</param>
/// <param name="To">Its end, not included.</param>
public readonly record struct Span(Instant From, Instant To);

/// <summary>Finds the times for which nobody is on call.</summary>
public static class OnCallGaps
{
    /// <summary>How far ahead they are looked for.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(72);

    /// <summary>What the slots leave open, by time; empty when they leave nothing.</summary>
    /// <param name="slots">When somebody is on call, in any order; they may overlap.</param>
    /// <param name="from">From when on, included.</param>
    /// <param name="to">Until when, not included.</param>
    public static IReadOnlyList<Span> Of(IEnumerable<Span> slots, Instant from, Instant to)
    {
        var gaps = new List<Span>();
        var covered = from;
        foreach (var slot in slots.OrderBy(slot => slot.From))
        {
            if (slot.From > covered && covered < to)
            {
                gaps.Add(new Span(covered, Instant.Min(slot.From, to)));
            }

            covered = Instant.Max(covered, slot.To);
        }

        if (covered < to)
        {
            gaps.Add(new Span(covered, to));
        }

        return gaps;
    }
}
