using ColdChain.Core.Readings;
using ColdChain.Server.Html;

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
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>The offsets in force in [from, to], the first one from <paramref name="from"/> on.</summary>
    public static IReadOnlyList<ZoneOffset> Between(TimeZoneInfo zone, Instant from, Instant to) =>
        [.. ZoneChanges.Within(zone, from, to + Moment).Select(change => new ZoneOffset(change.At.Milliseconds, (int)change.Offset.TotalMinutes))];
}
