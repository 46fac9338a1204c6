using ColdChain.Core.Readings;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>How far the projection to InfluxDB is.</summary>
/// <param name="PacksBehind">Packs stored and not yet projected.</param>
/// <param name="CaughtUpAt">When it last had projected everything.</param>
/// <param name="LagSeconds">How long ago that was; a second or so when there is nothing to do.</param>
/// <param name="Skipped">Readings passed over since the start because their instant is not known.</param>
/// <param name="Refused">Readings that InfluxDB refused for good since the start; an event tells why.</param>
/// <param name="LastError">Why it does not get on; null when it does.</param>
/// <param name="ComparedAt">When the two were last counted; null when they were not since the start or the last rebuild.</param>
/// <param name="Differences">On how many days of how many devices, together, they differ; null when they were not counted.</param>
/// <param name="ComparisonError">Why they could not be counted the last time; null when they could.</param>
internal sealed record InfluxNumbers(
    long PacksBehind, string CaughtUpAt, long LagSeconds, long Skipped, long Refused, string? LastError, string? ComparedAt, int? Differences, string? ComparisonError)
{
    /// <summary>The figures now; null where no InfluxDB is configured.</summary>
    public static InfluxNumbers? Of(StoreSession session, IServiceProvider services, Instant now)
    {
        if (services.GetService<InfluxProjectionService>() is not { } projection)
        {
            return null;
        }

        var comparison = services.GetRequiredService<InfluxComparisonService>();
        var counted = comparison.Last;
        return new InfluxNumbers(
            InfluxProjection.PacksBehind(session),
            projection.CaughtUpAt.ToString(),
            (long)(now - projection.CaughtUpAt).TotalSeconds,
            projection.Skipped,
            projection.Refused,
            projection.LastError,
            counted?.At.ToString(),
            counted?.Differences.Count,
            comparison.LastError);
    }
}
