using ColdChain.Core.Readings;
using ColdChain.Server.Alerts;
using ColdChain.Server.Audit;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.HoldNotices;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;

namespace ColdChain.Server.Api;

/// <summary>Looks at everything without which the server does not do its work: for whoever asks after its health, and for the beacon.</summary>
internal sealed class HealthChecks(
    Sources sources, EvaluatorService evaluator, SupervisionService supervision, AnchorKeeper anchors, IDeviceLinks devices, HoldNoticeService notices, NoticeOutlet outlet, LadderService ladder,
    IServiceProvider optional)
{
    /// <summary>The evaluator rests for at most a few seconds; when it has not caught up for longer, it is stuck or drowned.</summary>
    private static readonly TimeSpan BehindAfter = TimeSpan.FromSeconds(30);

    /// <summary>InfluxDB may be away for a restart; a chart that is later than this needs somebody.</summary>
    private static readonly TimeSpan ProjectionBehindAfter = TimeSpan.FromMinutes(15);

    /// <summary>Twice missed.</summary>
    private static readonly TimeSpan AnchorBehindAfter = 2 * AnchorKeeper.Every;

    /// <summary>Days of readings of a large site, so that there is time to make room.</summary>
    private const long DiskFreeLeast = 500 * Megabyte;
    private const long Megabyte = 1000 * 1000;

    /// <summary>All of them, the most important first.</summary>
    public IReadOnlyList<HealthCheck> Look()
    {
        var now = sources.Now;
        var store = sources.Store.Health;
        return
        [
            HealthCheck.Of("store", store.IsGood, $"The record store cannot commit: {store.LastError?.TrimEnd('.')}."),
            HealthCheck.Of("clock", !StateReasons.IsAhead(sources.Store.Read(StreamStore.Latest), now), StateReasons.ClockBehind(now)),
            HealthCheck.OfAge("evaluator", now - evaluator.CaughtUpAt, BehindAfter, $"The evaluator is behind: it last had judged everything at {evaluator.CaughtUpAt}."),
            HealthCheck.OfAge("supervision", now - supervision.LookedAt, BehindAfter, $"Nobody looks who is silent: it was last looked at {supervision.LookedAt}."),
            HealthCheck.OfAge("alerts", now - ladder.LookedAt, BehindAfter, $"Nobody is told of what is due: it was last looked at {ladder.LookedAt}."),
            .. OfCanary(now),
            HealthCheck.OfAge("audit-anchor", now - anchors.AnchoredAt, AnchorBehindAfter, $"The audit trail was last anchored at {anchors.AnchoredAt}: its file cannot be written."),
            HealthCheck.OfAge("hold-notices", now - notices.LookedAt, BehindAfter, "Nobody writes notices of holds: the blood bank's system is told nothing."),
            OfNotices(sources.Store.Read(session => NoticeStore.OverdueSince(session, outlet, now))),
            .. OfInflux(now),
            .. devices.Health.Select(OfLink),
            OfDisk(sources.Store.DiskSpace()),
        ];
    }

    /// <summary>Whether there is room on a disk.</summary>
    public static HealthCheck OfDisk(DiskSpace disk) => HealthCheck.Of(
        "disk",
        disk.FreeBytes >= DiskFreeLeast,
        $"The disk of the record store has {disk.FreeBytes / Megabyte} MB left of {disk.TotalBytes / Megabyte} MB. Make room: a full disk takes no readings, and devices keep theirs for as long as they have room.");

    private static HealthCheck OfNotices(Instant? overdue) => HealthCheck.Of(
        "hold-notices-taken", overdue is null, $"A notice of a hold waits since {overdue}: the blood bank's system has not taken it. Until then, tell it by hand what is held.");

    private IEnumerable<HealthCheck> OfCanary(Instant now)
    {
        if (optional.GetService<CanaryKeeper>() is { } canary)
        {
            var (last, fault) = (canary.CameThroughAt, canary.Fault);
            yield return fault is not null
                ? new HealthCheck("canary", fault)
                : HealthCheck.OfAge("canary", now - last, canary.LateAfter, $"No alarm of the canary came through since {last}: nobody may be told of an excursion either.");
        }
    }

    private IEnumerable<HealthCheck> OfInflux(Instant now)
    {
        if (optional.GetService<InfluxProjectionService>() is { } influx)
        {
            yield return HealthCheck.OfAge(
                "influx", now - influx.CaughtUpAt, ProjectionBehindAfter, $"InfluxDB is behind since {influx.CaughtUpAt}; judging does not depend on it. {influx.LastError}");
        }

        if (optional.GetService<InfluxComparisonService>()?.Last is { } counted)
        {
            yield return HealthCheck.Of(
                "influx-comparison",
                counted.Differences.Count == 0,
                $"InfluxDB does not hold what the record store holds, for {counted.Differences.Count} of the devices and days; judging does not depend on it. 'projections rebuild influx' writes it again.");
        }
    }

    private static HealthCheck OfLink(BrokerLinkHealth link) => HealthCheck.Of(
        $"broker-{link.Lane}",
        link.IsGood,
        link.IsConnected
            ? $"The broker lets nothing of the {link.Lane} lane through: {link.Refused}"
            : $"The {link.Lane} link to the broker is down since {link.Since}; devices keep their readings meanwhile. {link.LastError}");
}
