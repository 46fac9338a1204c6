using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Walks up the ladders. What is due follows from deadlines in the store, each absolute, so that whatever stops this program stops no ladder: after a
/// start, what was missed is due at once. A message is committed before it is sent.
/// </summary>
internal sealed class LadderService(RecordStore store, FleetView fleet, AlertOptions options, TimeProvider clock, ILogger<LadderService> logger) : BackgroundService
{
    private const int IncidentsAtOnce = 200;

    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);

    private Instant? _nextEnvelope = Instant.Beginning;
    private long _lookedAt = Instant.Now(clock).Milliseconds;

    /// <summary>When it last looked; its start, before the first time.</summary>
    public Instant LookedAt => new(Interlocked.Read(ref _lookedAt));

    /// <summary>Takes all steps that are due, and puts what is to be told into messages.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = Instant.Now(clock);
        while (await TakeSomeAsync(now, cancellation))
        {
        }

        if (_nextEnvelope <= now)
        {
            _nextEnvelope = await store.WriteAsync(WritePriority.Decision, transaction => Envelopes.Make(transaction, now), cancellation);
        }

        Interlocked.Exchange(ref _lookedAt, now.Milliseconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var seen = store.Read(EventLog.LastId);
                await LookAsync(stoppingToken);
                await RestAsync(seen, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogCritical(error, "Nobody could be told of what is due; it is tried again");
                await Task.Delay(RestAfterError, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    private async Task<bool> TakeSomeAsync(Instant now, CancellationToken cancellation)
    {
        var due = store.Read(session => IncidentStore.Due(session, now, IncidentsAtOnce));
        if (due.Count == 0)
        {
            return false;
        }

        // What the last of them tell is put into messages at once: one wait for the disk less before somebody hears of it.
        var (steps, isLast) = (new LadderSteps(fleet.Current, options), due.Count < IncidentsAtOnce);
        _nextEnvelope = await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var roster = new Roster(transaction, now);
                due.ForEach(row => steps.Take(transaction, row.Id, roster, now));
                return isLast ? Envelopes.Make(transaction, now) : now;
            },
            cancellation);
        return !isLast;
    }

    private async Task RestAsync(long seenEvent, CancellationToken cancellation)
    {
        var deadline = Instant.Earlier(store.Read(IncidentStore.EarliestDeadline), _nextEnvelope);
        var rest = deadline is { } at ? at - Instant.Now(clock) : RestAtMost;
        if (rest > TimeSpan.Zero)
        {
            await store.Events.WaitForNewAsync(seenEvent, rest < RestAtMost ? rest : RestAtMost, clock, cancellation);
        }
    }
}
