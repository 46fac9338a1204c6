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

    // The last event that was dealt with; null before the first look.
    private long? _position;

    /// <summary>Deals with everything that is in the log.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        if (_position is null && store.Read(session => CursorStore.Get(session, Begun)) == 0)
        {
            await BeginAsync(cancellation);
        }

        _position ??= store.Read(session => CursorStore.Get(session, Consumer));
        while (await ReadOnAsync(_position.Value, cancellation))
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
                await store.Events.WaitForNewAsync(_position ?? 0, RestAtMost, clock, stoppingToken);
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
    private async Task<bool> ReadOnAsync(long position, CancellationToken cancellation)
    {
        var events = store.Read(session => EventLog.Read(session, position, EventsAtOnce));
        if (events.Count == 0)
        {
            return false;
        }

        // What is of no incident is not worth a commit of its own: it is read again after a restart.
        if (events.Exists(MemberReader.Concerns))
        {
            await store.WriteAsync(WritePriority.Decision, transaction => Apply(transaction, events), cancellation);
        }

        _position = events[^1].Id;
        return true;
    }

    private void Apply(StoreTransaction transaction, List<EventRow> events)
    {
        var (now, reader, incidents) = (Instant.Now(clock), new MemberReader(fleet.Current), new Incidents(fleet.Current, options));
        foreach (var change in events.Select(row => reader.Of(transaction, row)).OfType<MemberChange>())
        {
            incidents.Apply(transaction, change, now);
        }

        CursorStore.Set(transaction, Consumer, events[^1].Id);
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
