using ColdChain.Core.People;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Whether the server does its work.</summary>
internal static class HealthEndpoint
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Health).WithSummary("ok or degraded, with the reasons; numbers for whoever may see everything").ForEverybody();
        routes.MapGet("/health/deep", DeepAsync).WithSummary("Every check with its age, and a commit of the record store, for whoever watches the server").NeedsEverywhere(Permission.Watch);
    }

    private static async Task<Ok<DeepHealthResponse>> DeepAsync(DeepHealth deep, CancellationToken cancellation) => TypedResults.Ok(await deep.LookAsync(cancellation));

    private static Ok<HealthResponse> Health(HealthChecks checks, Sources sources, EvaluatorService evaluator, IDeviceLinks devices, HttpContext context)
    {
        var reasons = checks.Look().Select(check => check.Reason).OfType<string>().ToList();
        return TypedResults.Ok(new HealthResponse(
            HealthResponse.StatusOf(reasons),
            reasons,
            context.Features.Get<Caller>()?.Rights.Everywhere(Permission.See) == true
                ? Numbers(sources, evaluator, context.RequestServices, devices.Health, sources.Store.DiskSpace())
                : null));
    }

    private static HealthNumbers Numbers(
        Sources sources, EvaluatorService evaluator, IServiceProvider services, IReadOnlyList<BrokerLinkHealth> links, DiskSpace disk)
    {
        var now = sources.Now;
        var health = sources.Store.Health;
        return sources.Store.Read(session => new HealthNumbers(
            new EvaluatorNumbers(
                evaluator.CaughtUpAt.ToString(),
                Seconds(now - evaluator.CaughtUpAt),
                MarkStore.Pending(session).Count,
                UnitStateStore.Due(session, now).Count,
                UnitStateStore.EarliestDeadline(session)?.ToString()),
            new WriterNumbers(
                health.Commits, health.LastCommitAt?.ToString(), health.LastCommitAt is { } last ? Seconds(now - last) : null, health.FailuresInRow, health.LastError, health.LastFailureAt?.ToString()),
            new DiskNumbers(disk.FreeBytes, disk.TotalBytes),
            InfluxNumbers.Of(session, services, now),
            [.. links.Select(LinkNumbers.Of)],
            [.. sources.Fleet.Devices.Select(device => DeviceResponse.Of(session, device.Id))],
            SupervisionNumbers.Of(session, services.GetRequiredService<SupervisionService>().LookedAt),
            DeviceCounts.All(session).GroupBy(count => count.What).ToDictionary(same => same.Key, same => same.Sum(count => count.Count)),
            sources.Store.Id,
            sources.Store.SqliteVersion));
    }

    private static long Seconds(TimeSpan span) => (long)span.TotalSeconds;
}
