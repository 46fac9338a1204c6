using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>
/// Keeps every storage unit judged up to the present: it evaluates units that are marked, and units whose next deadline has come. It is
/// woken by marks and by the earliest deadline; a missed wake-up costs at most <see cref="RestAtMost"/>.
/// </summary>
internal sealed class EvaluatorService(
    RecordStore store,
    Func<UnitPlans> plans,
    Attendance attendance,
    TimeProvider clock,
    ILogger<EvaluatorService> logger,
    int sliceOfSamples = Evaluator.SliceOfSamples) : BackgroundService
{
    private static readonly TimeSpan RestAfterError = TimeSpan.FromSeconds(1);

    /// <summary>Marks of the last hour are fresh: they go before any that have a history judged again.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    /// <summary>So many storage units are judged before their commits are waited for, and before it is looked for new ones: one write to the disk for all of them.</summary>
    private const int AtOnce = 8;

    private readonly Evaluator _evaluator = new(store, attendance, sliceOfSamples);
    private readonly Dictionary<StorageUnitId, long> _turns = [];
    private long _turn;

    // Units of some plans that were not judged at the last look. Once there is none, there will be none until there are other plans.
    private (UnitPlans? Of, List<StorageUnitId> Units) _unjudged = (null, []);
    private long _caughtUpAt = Instant.Now(clock).Milliseconds;
    private long _steps;

    /// <summary>The longest that it rests without being woken.</summary>
    public TimeSpan RestAtMost { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When it last had judged everything that was there to judge; its start, before the first time.</summary>
    public Instant CaughtUpAt => new(Interlocked.Read(ref _caughtUpAt));

    /// <summary>Counts rounds and units, failed ones included: while it stands still for longer than a rest, the loop hangs.</summary>
    public long Steps => Interlocked.Read(ref _steps);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Judges until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            Interlocked.Increment(ref _steps);
            try
            {
                var seen = store.Read(MarkStore.LastGeneration);
                await EvaluateDueAsync(cancellation);
                await RestAsync(seen, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.LogError(error, "Evaluation failed; it is tried again, and units show as not judged until then");
                await Task.Delay(RestAfterError, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
        }
    }

    /// <summary>Evaluates every unit that is marked, due, or has never been evaluated by this version or a later one.</summary>
    public async Task EvaluateDueAsync(CancellationToken cancellation)
    {
        while (await EvaluateRoundAsync(cancellation))
        {
        }
    }

    /// <summary>
    /// One round: all that is fresh or due at its beginning, and one slice of what is to be judged again. Whichever was judged longest ago comes
    /// first, and what becomes fresh meanwhile is among them: a storage unit with something new does not wait for those that have something new all the time.
    /// True when there is more.
    /// </summary>
    /// <exception cref="AggregateException">Units could not be judged; the others were.</exception>
    private async Task<bool> EvaluateRoundAsync(CancellationToken cancellation)
    {
        var current = plans();
        var now = Instant.Now(clock);
        var (fresh, history) = Waiting(current, now);
        var (isDone, failures, failed) = (history.Count <= 1, new List<Exception>(), new HashSet<StorageUnitId>());
        for (var left = fresh.ToHashSet(); left.Count > 0; left.IntersectWith(fresh))
        {
            StorageUnitId[] some = [.. fresh.OrderBy(unit => _turns.GetValueOrDefault(unit)).Take(AtOnce)];
            // Started one after the other, and each folds before it waits: what waits is their commits, which go to the disk together.
            var judged = await Task.WhenAll(some.Select(TryAsync));
            isDone &= judged.All(one => one.IsWhole);
            failures.AddRange(judged.Select(one => one.Failure).OfType<Exception>());
            failed.UnionWith(some.Where((_, index) => judged[index].Failure is not null));
            left.ExceptWith(some);
            fresh = [.. Waiting(current, Instant.Now(clock)).Fresh.Except(failed)];
        }

        // One that cannot be judged must not stand before the others for ever.
        foreach (var unit in history)
        {
            var (isWhole, failure) = await TryAsync(unit);
            if (failure is null)
            {
                isDone &= isWhole;
                break;
            }

            failures.Add(failure);
        }

        if (failures.Count > 0)
        {
            throw new AggregateException(failures);
        }

        if (isDone)
        {
            Interlocked.Exchange(ref _caughtUpAt, now.Milliseconds);
        }

        return !isDone;

        // One that failed stays marked, and shows as not judged.
        async Task<(bool IsWhole, Exception? Failure)> TryAsync(StorageUnitId unit)
        {
            _turns[unit] = ++_turn;
            try
            {
                return (await EvaluateAsync(unit, current.Find(unit), cancellation), null);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                return (true, new InvalidOperationException($"Storage unit {unit} could not be judged: {error.Message}", error));
            }
            finally
            {
                Interlocked.Increment(ref _steps);
            }
        }
    }

    /// <summary>The units with work: those where it is fresh or due; and of the others, the one that has come furthest first, so that they are done one after the other.</summary>
    private (List<StorageUnitId> Fresh, List<StorageUnitId> History) Waiting(UnitPlans current, Instant now)
    {
        var (marked, due) = store.Read(session => (MarkStore.Pending(session), UnitStateStore.Due(session, now)));
        if (!ReferenceEquals(_unjudged.Of, current) || _unjudged.Units.Count > 0)
        {
            var judged = store.Read(UnitStateStore.Judged).ToHashSet();
            _unjudged = (current, [.. current.All.Select(plan => plan.Unit).Where(unit => !judged.Contains(unit))]);
        }

        List<StorageUnitId> fresh = [.. marked.Where(marks => IsFresh(marks, now)).Select(marks => marks.Unit).Concat(due).Concat(_unjudged.Units).Distinct()];
        return (fresh, [.. marked.OrderByDescending(marks => marks.From).Select(marks => marks.Unit).Except(fresh)]);
    }

    // What has just come, or reaches to what has just come, apart from changes without an end.
    private static bool IsFresh(PendingMarks marks, Instant now) =>
        marks.From >= now - FreshFor || (marks.To >= now - FreshFor && marks.To < Instant.End);

    // A unit that the fleet no longer knows has nothing to be judged by: without this its marks and deadline would wake the loop for ever.
    private Task<bool> EvaluateAsync(StorageUnitId unit, UnitPlan? plan, CancellationToken cancellation) => plan is not null
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

                return true;
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
