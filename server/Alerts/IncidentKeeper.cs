using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Reads the event log and makes incidents of it, in one transaction with its cursor: a crash loses none and opens none twice. A wake-up is a hint;
/// the log is the truth. What was over before there were incidents is no news.
/// </summary>
internal sealed class IncidentKeeper(RecordStore store, FleetView fleet, AlertOptions options, TimeProvider clock, ILogger<IncidentKeeper> logger) : BackgroundService
{
    /// <summary>The name of its cursor.</summary>
    public const string Consumer = "incidents";

    private const int EventsAtOnce = 500;
    private const string Begun = "incidents-begun";
    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);

    /// <summary>Deals with everything that is in the log.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (store.Read(session => CursorStore.Get(session, Begun)) == 0)
        {
            await BeginAsync(cancellation);
        }

        while (await store.WriteAsync(WritePriority.Decision, ReadOn, cancellation))
        {
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(stoppingToken);
                var cursor = store.Read(session => CursorStore.Get(session, Consumer));
                await store.Events.WaitForNewAsync(cursor, RestAtMost, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogCritical(error, "What happened could not be made into incidents, so that nobody is told of it; it is tried again");
                await Task.Delay(RestAfterError, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    // False when there was nothing left. A log that grows by what is made of it is read to its end as well.
    private bool ReadOn(StoreTransaction transaction)
    {
        var cursor = CursorStore.Get(transaction, Consumer);
        var events = EventLog.Read(transaction, cursor, EventsAtOnce);
        if (events.Count == 0)
        {
            return false;
        }

        var (now, reader, incidents) = (Instant.Now(clock), new MemberReader(fleet.Current), new Incidents(fleet.Current, options));
        foreach (var change in events.Select(row => reader.Of(transaction, row)).OfType<MemberChange>())
        {
            incidents.Apply(transaction, change, now);
        }

        CursorStore.Set(transaction, Consumer, events[^1].Id);
        return true;
    }

    // A store that is older than its incidents: of what has happened until now, only what still goes on is told.
    private async Task BeginAsync(CancellationToken cancellation)
    {
        var last = store.Read(EventLog.LastId);
        var goingOn = GoingOn(last);
        await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var (now, incidents) = (Instant.Now(clock), new Incidents(fleet.Current, options));
                foreach (var change in goingOn.OrderBy(change => change.Event))
                {
                    incidents.Apply(transaction, change, now);
                }

                CursorStore.Set(transaction, Consumer, last);
                CursorStore.Set(transaction, Begun, 1);
            },
            cancellation);
    }

    private Dictionary<string, MemberChange>.ValueCollection GoingOn(long last)
    {
        var (goingOn, reader) = (new Dictionary<string, MemberChange>(), new MemberReader(fleet.Current));
        for (var cursor = 0L; cursor < last;)
        {
            var (read, changes) = store.Read(session =>
            {
                var events = EventLog.Read(session, cursor, EventsAtOnce).TakeWhile(row => row.Id <= last).ToList();
                return (events.Count == 0 ? last : events[^1].Id, events.Select(row => reader.Of(session, row)).OfType<MemberChange>().ToList());
            });
            cursor = read;
            foreach (var change in changes)
            {
                goingOn.Remove(change.Member);
                if (change.GoesOn)
                {
                    goingOn.Add(change.Member, change);
                }
            }
        }

        return goingOn.Values;
    }
}
