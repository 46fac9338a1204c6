using System.Collections.Concurrent;
using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Tells the devices of each site whether light and sound are to be on there: while an alarm of the site is critical and nobody has taken it on. It is a
/// statement of how things are, sent when that changes and every minute, so that a device that was away hears it as well.
/// </summary>
internal sealed class SiteAlarms(RecordStore store, FleetView fleet, IMqttLink link, TimeProvider clock, ILogger<SiteAlarms> logger) : BackgroundService
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAtMost = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (long Incidents, Instant At)> _told = new();

    /// <summary>Tells the devices of a site how things are now.</summary>
    /// <returns>How many devices the broker took it for; of a site without devices, none.</returns>
    public async Task<int> TellAsync(string site, CancellationToken cancellation)
    {
        var (now, incidents) = (Instant.Now(clock), store.Read(Counts).GetValueOrDefault(site));
        var taken = 0;
        foreach (var device in fleet.Current.Devices.Where(device => device.Site == site && !device.IsForeign))
        {
            await link.PublishAsync(new MqttMessage(Topics.Alarm(device.Id), ControlCodec.EncodeAlarm(new SiteAlarm(now.ToString(), incidents > 0, incidents))), cancellation);
            taken++;
        }

        _told[site] = (incidents, now);
        return taken;
    }

    /// <summary>Tells each site of which something changed, or that has not been told for a minute.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var (now, counts) = (Instant.Now(clock), store.Read(Counts));
        foreach (var site in fleet.Current.Sites)
        {
            var isToldLately = _told.TryGetValue(site.Id, out var told) && now - told.At < RepeatEvery;
            if (!isToldLately || told.Incidents != counts.GetValueOrDefault(site.Id))
            {
                await TellAsync(site.Id, cancellation);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var seen = store.Read(EventLog.LastId);
                await link.WaitUntilConnectedAsync(stoppingToken);
                await LookAsync(stoppingToken);
                await store.Events.WaitForNewAsync(seen, LookAtMost, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogWarning(error, "Devices could not be told whether an alarm is on; it is tried again");
                await Task.Delay(LookAtMost, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    // Of each site, what is critical and nobody has, apart from what is shelved: of that there is little.
    private Dictionary<string, long> Counts(StoreSession session)
    {
        var now = Instant.Now(clock);
        var counts = IncidentStore.Untaken(session).Where(untaken => untaken.Severity == Severity.Critical).ToDictionary(untaken => untaken.Site, untaken => (long)untaken.Count);
        foreach (var shelved in AcknowledgementStore.ShelvingsAt(session, now).Where(shelving => shelving.Covers(Severity.Critical, now)).Select(shelving => shelving.Incident).Distinct())
        {
            if (IncidentStore.Find(session, shelved) is { State: { Severity: Severity.Critical, IsAcknowledged: false, IsClosed: false, Wakes: true } } row)
            {
                counts[row.Site]--;
            }
        }

        return counts;
    }
}
