using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Looks ahead whether somebody is first on call at each site with storage units, and tells of a gap while there is time to fill it. Only where people can
/// be reached at all: without a channel, a schedule would be a list of nobody.
/// </summary>
internal sealed class OnCallWatch(RecordStore store, FleetView fleet, AlertOptions options, TimeProvider clock, ILogger<OnCallWatch> logger) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = Instant.Now(clock);
        if (options.ReachesPeople && store.Read(session => Changes(session, now)).Count > 0)
        {
            await store.WriteAsync(WritePriority.Decision, transaction => Changes(transaction, now).ForEach(change => Enter(transaction, change, now)), cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                logger.LogError(error, "Nobody could look whether somebody is on call; it is tried again");
            }

            await Task.Delay(LookEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private List<(string Site, Span? Gap)> Changes(StoreSession session, Instant now)
    {
        var current = fleet.Current;
        var slots = OnCallStore.EndingAfter(session, now);
        return
        [
            .. from site in current.Units.Where(unit => unit.PeriodAt(now) is not null).Select(unit => unit.Site).Distinct()
               let gap = OnCallSlot.FirstGap(slots, current.PlaceOf(site), now)
               let member = IncidentStore.FindMember(session, MemberOf(site))
               where (gap is not null) != (member is { GoesOn: true })
               select (site, gap),
        ];
    }

    private void Enter(StoreTransaction transaction, (string Site, Span? Gap) change, Instant now)
    {
        var id = EventLog.Append(
            transaction,
            now,
            change.Gap is null ? EventKinds.OnCallGapClosed : EventKinds.OnCallGap,
            null,
            change.Site,
            new { site = change.Site, from = change.Gap?.From.ToString(), to = change.Gap?.To.ToString() });
        var told = new MemberChange(new Cause(CauseKind.OnCallGap, change.Site), change.Site, MemberOf(change.Site), Severity.Advisory)
        {
            Since = change.Gap?.From ?? now, GoesOn = change.Gap is not null, IsNew = change.Gap is not null, Event = id,
        };
        new Incidents(fleet.Current, options).Apply(transaction, told, now);
    }

    private static string MemberOf(string site) => $"on-call-gap:{site}";
}
