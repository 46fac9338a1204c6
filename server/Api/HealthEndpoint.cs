using ColdChain.Core.People;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Whether the server does its work.</summary>
internal static class HealthEndpoint
{
    /// <summary>The evaluator rests for at most a few seconds; when it has not caught up for longer, it is stuck or drowned.</summary>
    private static readonly TimeSpan BehindAfter = TimeSpan.FromSeconds(30);

    /// <summary>InfluxDB may be away for a restart; a chart that is later than this needs somebody.</summary>
    private static readonly TimeSpan ProjectionBehindAfter = TimeSpan.FromMinutes(15);

    /// <summary>Days of readings of a large site, so that there is time to make room.</summary>
    private const long DiskFreeLeast = 500 * Megabyte;
    private const long Megabyte = 1000 * 1000;

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Health).WithSummary("ok or degraded, with the reasons; numbers for whoever may see everything").ForEverybody();

    private static Ok<HealthResponse> Health(
        Sources sources, EvaluatorService evaluator, IDeviceLinks devices, HttpContext context)
    {
        var links = devices.Health;
        var supervision = context.RequestServices.GetRequiredService<SupervisionService>();
        var behind = sources.Now - evaluator.CaughtUpAt;
        var influx = context.RequestServices.GetService<InfluxProjectionService>();
        var counted = context.RequestServices.GetService<InfluxComparisonService>()?.Last;
        var disk = sources.Store.DiskSpace();
        string[] reasons =
        [
            .. sources.Store.Health.IsGood ? [] : new[] { $"The record store cannot commit: {sources.Store.Health.LastError?.TrimEnd('.')}." },
            .. StateReasons.IsAhead(sources.Store.Read(StreamStore.Latest), sources.Now) ? new[] { StateReasons.ClockBehind(sources.Now) } : [],
            .. behind <= BehindAfter ? [] : new[] { $"The evaluator is behind: it last had judged everything at {evaluator.CaughtUpAt}." },
            .. sources.Now - supervision.LookedAt <= BehindAfter ? [] : new[] { $"Nobody looks who is silent: it was last looked at {supervision.LookedAt}." },
            .. influx is null || sources.Now - influx.CaughtUpAt <= ProjectionBehindAfter
                ? []
                : new[] { $"InfluxDB is behind since {influx.CaughtUpAt}; judging does not depend on it. {influx.LastError}" },
            .. counted is not { Differences.Count: > 0 and var days }
                ? []
                : new[] { $"InfluxDB does not hold what the record store holds, for {days} of the devices and days; judging does not depend on it. 'projections rebuild influx' writes it again." },
            .. links.Where(link => !link.IsGood).Select(Reason),
            .. Reasons(disk),
        ];
        return TypedResults.Ok(new HealthResponse(
            reasons.Length == 0 ? "ok" : "degraded",
            reasons,
            context.Features.Get<Caller>()?.Rights.Everywhere(Permission.See) == true ? Numbers(sources, evaluator, context.RequestServices, links, disk) : null));
    }

    /// <summary>What the room on the disk is a reason for.</summary>
    public static IEnumerable<string> Reasons(DiskSpace disk) => disk.FreeBytes >= DiskFreeLeast
        ? []
        : [$"The disk of the record store has {disk.FreeBytes / Megabyte} MB left of {disk.TotalBytes / Megabyte} MB. Make room: a full disk takes no readings, and devices keep theirs for as long as they have room."];

    private static string Reason(BrokerLinkHealth link) => link.IsConnected
        ? $"The broker lets nothing of the {link.Lane} lane through: {link.Refused}"
        : $"The {link.Lane} link to the broker is down since {link.Since}; devices keep their readings meanwhile. {link.LastError}";

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
