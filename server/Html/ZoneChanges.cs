using ColdChain.Core.Readings;

namespace ColdChain.Server.Html;

/// <summary>Finds when a zone changes its offset from UTC: twice a year where clocks are put forward and back, and before and after each Ramadan in Morocco.</summary>
internal static class ZoneChanges
{
    // No zone has had two changes within a day that undo each other, so that none is missed; and a year is a few hundred steps.
    private static readonly TimeSpan Step = TimeSpan.FromHours(12);

    /// <summary>The offset at the start, and each one that begins within the time, with the instant at which it does.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="from">The start, included.</param>
    /// <param name="to">The end, excluded; a change in that very instant is none of this time.</param>
    public static IReadOnlyList<(Instant At, TimeSpan Offset)> Within(TimeZoneInfo zone, Instant from, Instant to)
    {
        List<(Instant At, TimeSpan Offset)> found = [(from, At(zone, from))];
        for (var at = from; at < to;)
        {
            var next = Instant.Min(at + Step, to);
            if (At(zone, next) != found[^1].Offset && ChangeBetween(zone, at, next) is var change && change < to)
            {
                found.Add((change, At(zone, change)));
            }

            at = next;
        }

        return found;
    }

    // The first instant with another offset than the first of the two has; the second has another one.
    private static Instant ChangeBetween(TimeZoneInfo zone, Instant before, Instant after)
    {
        var offset = At(zone, before);
        while (after - before > TimeSpan.FromMilliseconds(1))
        {
            var middle = before + TimeSpan.FromMilliseconds(Math.Floor((after - before).TotalMilliseconds / 2));
            (before, after) = At(zone, middle) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static TimeSpan At(TimeZoneInfo zone, Instant at) => zone.GetUtcOffset(at.ToDateTimeOffset());
}
