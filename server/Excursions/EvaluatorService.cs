using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// Keeps every storage unit judged up to the present: it evaluates units that are marked, and units whose next deadline has come. It is
/// woken by marks and by the earliest deadline; a missed wake-up costs at most <see cref="RestAtMost"/>.
/// </summary>
internal sealed class EvaluatorService(
    RecordStore store, Func<UnitPlans> plans, Attendance attendance, TimeProvider clock, ILogger<EvaluatorService> logger) : BackgroundService
{
    private static readonly TimeSpan RestAtMost = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);
    private readonly Evaluator _evaluator = new(store, attendance);
    private long _caughtUpAt = Instant.Now(clock).Milliseconds;
    private long _steps;

    /// <summary>When it last had judged everything that was there to judge; its start, before the first time.</summary>
    public Instant CaughtUpAt => new(Interlocked.Read(ref _caughtUpAt));

    /// <summary>Counts rounds and units, failed ones included: while it stands still for longer than a rest, the loop hangs.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Interlocked.Increment(ref _steps);
            try
            {
                var seen = store.Read(MarkStore.LastGeneration);
                await EvaluateDueAsync(stoppingToken);
                await RestAsync(seen, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Evaluation failed; it is tried again, and units show as not judged until then");
                await Task.Delay(RestAfterError, clock, stoppingToken).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Evaluates every unit that is marked, due, or has never been evaluated by this version or a later one.</summary>
    public async Task EvaluateDueAsync(CancellationToken cancellation)
    {
        var current = plans();
        var now = Instant.Now(clock);
        var (marked, due, known) = store.Read(session => (
            MarkStore.Pending(session).Select(marks => marks.Unit).ToList(),
            UnitStateStore.Due(session, now),
            UnitStateStore.All(session).Where(row => row.Settled is not null).Select(row => row.Unit).ToHashSet()));
        var unjudged = current.All.Select(plan => plan.Unit).Where(unit => !known.Contains(unit));
        var failures = new List<Exception>();
        foreach (var unit in marked.Concat(due).Concat(unjudged).Distinct())
        {
            try
            {
                await EvaluateAsync(unit, current.Find(unit), cancellation);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // One unit that cannot be judged must not keep the others from being judged. It stays marked, and shows as not judged.
                failures.Add(new InvalidOperationException($"Storage unit {unit} could not be judged: {error.Message}", error));
            }

            Interlocked.Increment(ref _steps);
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        Interlocked.Exchange(ref _caughtUpAt, now.Milliseconds);
    }

    // A unit that the fleet no longer knows has nothing to be judged by: without this its marks and deadline would wake the loop for ever.
    private Task EvaluateAsync(StorageUnitId unit, UnitPlan? plan, CancellationToken cancellation) => plan is not null
        ? _evaluator.EvaluateAsync(plan, cancellation)
        : store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                UnitStateStore.ClearDeadline(transaction, unit);
                if (MarkStore.Pending(transaction, unit) is { } marks)
                {
                    MarkStore.Delete(transaction, marks);
                }
            },
            cancellation);

    private async Task RestAsync(long seenGeneration, CancellationToken cancellation)
    {
        var deadline = store.Read(UnitStateStore.EarliestDeadline);
        var rest = deadline is { } at ? at - Instant.Now(clock) : RestAtMost;
        if (rest > TimeSpan.Zero)
        {
            await store.Marks.WaitForNewAsync(seenGeneration, rest < RestAtMost ? rest : RestAtMost, clock, cancellation);
        }
    }
}
