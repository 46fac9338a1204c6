using ColdChain.Core.Readings;
using ColdChain.Server.Excursions;
using ColdChain.Server.Identity;
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

    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Health).WithSummary("ok or degraded, with the reasons; numbers for whoever brings the token");

    private static Ok<HealthResponse> Health(
        Sources sources, EvaluatorService evaluator, Func<IReadOnlyList<BrokerLinkHealth>> broker, ApiToken token, HttpContext context)
    {
        var links = broker();
        var supervision = context.RequestServices.GetRequiredService<SupervisionService>();
        var behind = sources.Now - evaluator.CaughtUpAt;
        var influx = context.RequestServices.GetService<InfluxProjectionService>();
        var counted = context.RequestServices.GetService<InfluxComparisonService>()?.Last;
        string[] reasons =
        [
            .. sources.Store.Health.IsGood ? [] : new[] { $"The record store cannot commit: {sources.Store.Health.LastError?.TrimEnd('.')}." },
            .. behind <= BehindAfter ? [] : new[] { $"The evaluator is behind: it last had judged everything at {evaluator.CaughtUpAt}." },
            .. sources.Now - supervision.LookedAt <= BehindAfter ? [] : new[] { $"Nobody looks who is silent: it was last looked at {supervision.LookedAt}." },
            .. influx is null || sources.Now - influx.CaughtUpAt <= ProjectionBehindAfter
                ? []
                : new[] { $"InfluxDB is behind since {influx.CaughtUpAt}; judging does not depend on it. {influx.LastError}" },
            .. counted is not { Differences.Count: > 0 and var days }
                ? []
                : new[] { $"InfluxDB does not hold what the record store holds, for {days} of the devices and days; judging does not depend on it. 'projections rebuild influx' writes it again." },
            .. links.Where(link => !link.IsGood).Select(Reason),
        ];
        return TypedResults.Ok(new HealthResponse(
            reasons.Length == 0 ? "ok" : "degraded",
            reasons,
            TokenGate.IsOpen(context, token) ? Numbers(sources, evaluator, context.RequestServices, links) : null));
    }

    private static string Reason(BrokerLinkHealth link) => link.IsConnected
        ? $"The broker lets nothing of the {link.Lane} lane through: {link.Refused}"
        : $"The {link.Lane} link to the broker is down since {link.Since}; devices keep their readings meanwhile. {link.LastError}";

    private static HealthNumbers Numbers(Sources sources, EvaluatorService evaluator, IServiceProvider services, IReadOnlyList<BrokerLinkHealth> links)
    {
        var now = sources.Now;
        var health = sources.Store.Health;
        return sources.Store.Read(session => new HealthNumbers(
            new EvaluatorNumbers(
                evaluator.CaughtUpAt.ToString(),
                MarkStore.Pending(session).Count,
                UnitStateStore.Due(session, now).Count,
                UnitStateStore.EarliestDeadline(session)?.ToString()),
            new WriterNumbers(health.Commits, health.LastCommitAt?.ToString(), health.FailuresInRow, health.LastError, health.LastFailureAt?.ToString()),
            InfluxNumbers.Of(session, services),
            [.. links.Select(LinkNumbers.Of)],
            [.. sources.Fleet.Devices.Select(device => DeviceResponse.Of(session, device.Id))],
            SupervisionNumbers.Of(session, services.GetRequiredService<SupervisionService>().LookedAt),
            DeviceCounts.All(session).GroupBy(count => count.What).ToDictionary(same => same.Key, same => same.Sum(count => count.Count)),
            sources.Store.Id,
            sources.Store.SqliteVersion));
    }
}

/// <summary>Whether the server does its work.</summary>
/// <param name="Status">ok or degraded.</param>
/// <param name="Reasons">Why it is degraded, each as a sentence.</param>
/// <param name="Numbers">Figures behind it; null without the token.</param>
internal sealed record HealthResponse(string Status, IReadOnlyList<string> Reasons, HealthNumbers? Numbers);

/// <summary>The figures behind the health.</summary>
/// <param name="Evaluator">How far the judging is.</param>
/// <param name="Writer">How the record store's writer fares.</param>
/// <param name="Influx">How far the projection to InfluxDB is; null when there is none.</param>
/// <param name="Broker">The two links to the broker; empty when devices connect to the server itself.</param>
/// <param name="Devices">When each device was last heard.</param>
/// <param name="Supervision">Who is silent.</param>
/// <param name="Counts">What all devices together did that they should not have done, since ever; <c>GET /api/v1/devices</c> has it for each.</param>
/// <param name="StoreId">The record store's id, which devices pin.</param>
/// <param name="SqliteVersion">The SQLite in use.</param>
internal sealed record HealthNumbers(
    EvaluatorNumbers Evaluator, WriterNumbers Writer, InfluxNumbers? Influx, IReadOnlyList<LinkNumbers> Broker, IReadOnlyList<DeviceResponse> Devices,
    SupervisionNumbers Supervision, IReadOnlyDictionary<string, long> Counts, string StoreId, string SqliteVersion);

/// <summary>How far the judging is.</summary>
/// <param name="CaughtUpAt">When everything there was to judge was judged last.</param>
/// <param name="UnitsPending">Storage units with something new to judge.</param>
/// <param name="UnitsOverdue">Storage units whose time to be judged again has come.</param>
/// <param name="NextDeadline">When the next one has to be judged, if nothing comes before; null for never.</param>
internal sealed record EvaluatorNumbers(string CaughtUpAt, int UnitsPending, int UnitsOverdue, string? NextDeadline);

/// <summary>Who is silent.</summary>
/// <param name="LookedAt">When it was last looked.</param>
/// <param name="SitesSilent">Sites of which no device is heard.</param>
/// <param name="DevicesSilent">Devices that are not heard, those of silent sites included.</param>
/// <param name="DeafSince">Since when the server hears nobody, because its connection to the broker is lost; null while it hears.</param>
internal sealed record SupervisionNumbers(string LookedAt, int SitesSilent, int DevicesSilent, string? DeafSince)
{
    public static SupervisionNumbers Of(StoreSession session, Instant lookedAt)
    {
        var silences = SilenceStore.All(session).ToLookup(row => row.Scope);
        return new(
            lookedAt.ToString(),
            silences[SilenceScope.Site].Count(),
            silences[SilenceScope.Device].Count(),
            silences[SilenceScope.Server].FirstOrDefault()?.Since.ToString());
    }
}

/// <summary>How the record store's writer fares.</summary>
/// <param name="Commits">Good commits since the start.</param>
/// <param name="LastCommitAt">When the last one was.</param>
/// <param name="FailuresInRow">Batches lost since.</param>
/// <param name="LastError">What the last loss said; kept after recovery.</param>
/// <param name="LastFailureAt">When that was.</param>
internal sealed record WriterNumbers(long Commits, string? LastCommitAt, int FailuresInRow, string? LastError, string? LastFailureAt);

/// <summary>How a link to the broker fares.</summary>
/// <param name="Lane">live or backfill.</param>
/// <param name="Connected">Whether it is up.</param>
/// <param name="Since">Since when it is up, or not up.</param>
/// <param name="LastError">What went wrong last; kept after recovery.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record LinkNumbers(string Lane, bool Connected, string Since, string? LastError, string? LastErrorAt)
{
    public static LinkNumbers Of(BrokerLinkHealth link) =>
        new(link.Lane, link.IsConnected, link.Since.ToString(), link.LastError, link.LastErrorAt?.ToString());
}

/// <summary>A device and when it was last heard.</summary>
/// <param name="Device">The device.</param>
/// <param name="LastHeardAt">When anything last came from it; null for never.</param>
internal sealed record DeviceResponse(string Device, string? LastHeardAt)
{
    public static DeviceResponse Of(StoreSession session, DeviceId device) =>
        new(device.Value, LastHeard(StreamStore.OfDevice(session, device))?.ToString());

    /// <summary>When anything last came in one of the streams of a device.</summary>
    public static Instant? LastHeard(IReadOnlyList<StreamRow> streams) =>
        streams.Count == 0 ? null : streams.Max(stream => Instant.Max(stream.LastReceived, stream.StatusAt ?? stream.LastReceived));
}
