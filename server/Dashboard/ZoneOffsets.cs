using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard;

/// <summary>What a zone's clocks are ahead of UTC from an instant on.</summary>
/// <param name="From">The first instant, in UTC milliseconds.</param>
/// <param name="Minutes">Minutes ahead of UTC.</param>
internal readonly record struct ZoneOffset(long From, int Minutes);

/// <summary>
/// The offsets of a zone, for scripts. A browser has a time zone database of its own, perhaps of another year than the server's: times
/// on one page must not differ by an hour because of that.
/// </summary>
internal static class ZoneOffsets
{
    // Clocks are changed at full quarters of an hour.
    private const long Step = 15 * 60_000;

    /// <summary>The offsets in force in [from, to], the first one from <paramref name="from"/> on.</summary>
    public static IReadOnlyList<ZoneOffset> Between(TimeZoneInfo zone, Instant from, Instant to)
    {
        var offsets = new List<ZoneOffset> { At(zone, from.Milliseconds) };
        for (var at = from.Milliseconds / Step * Step + Step; at <= to.Milliseconds; at += Step)
        {
            if (At(zone, at) is var offset && offset.Minutes != offsets[^1].Minutes)
            {
                offsets.Add(offset);
            }
        }

        return offsets;
    }

    private static ZoneOffset At(TimeZoneInfo zone, long at) => new(at, (int)zone.GetUtcOffset(new Instant(at).ToDateTimeOffset()).TotalMinutes);
}
