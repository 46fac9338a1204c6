using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>
/// Answers for the lines of long charts from InfluxDB, and says for which times it cannot stand for the record store: where a step is empty
/// or has readings of two epochs, where readings contradict each other, what is not projected yet, and days that were not found equal.
/// </summary>
internal sealed class InfluxLines(RecordStore store, InfluxQueries influx, InfluxComparison comparison, TimeProvider clock) : IDisposable
{
    /// <summary>A person waits for the chart, and the record store can draw it as well.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(3);

    /// <summary>So long nobody waits again for an InfluxDB that did not answer.</summary>
    public static readonly TimeSpan RestAfterFailure = TimeSpan.FromMinutes(1);

    /// <summary>More packs than these are not looked through: the record store draws the chart.</summary>
    private const int PacksBehindMax = 2000;

    private const int AtOnceMax = 2;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly SemaphoreSlim _free = new(AtOnceMax);
    private long _restUntil = Instant.Beginning.Milliseconds;

    /// <inheritdoc cref="ExtremesReader"/>
    public async Task<ExtremesAnswer> ReadAsync(ExtremesQuery query, CancellationToken cancellation)
    {
        if (Instant.Now(clock).Milliseconds < Interlocked.Read(ref _restUntil))
        {
            return ExtremesAnswer.Not(CopyState.NoAnswer);
        }

        if (comparison.Last is not { } compared || store.Read(InfluxProjection.PacksBehind) > PacksBehindMax)
        {
            return ExtremesAnswer.Not(CopyState.Incomplete);
        }

        // Before InfluxDB is asked: what is projected meanwhile counts as not projected, and is read from the record store.
        var cursor = store.Read(session => CursorStore.Get(session, InfluxProjection.Consumer));
        return await FoundAsync(query, cancellation) is { } found ? store.Read(session => Answer(session, query, found, cursor, compared)) : ExtremesAnswer.Not(CopyState.NoAnswer);
    }

    public void Dispose() => _free.Dispose();

    // Null when it does not answer.
    private async Task<List<StepExtremes>?> FoundAsync(ExtremesQuery query, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await _free.WaitAsync(either.Token);
            try
            {
                return await influx.ExtremesAsync(query, either.Token);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (Exception error) when (error is InfluxException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Interlocked.Exchange(ref _restUntil, (Instant.Now(clock) + RestAfterFailure).Milliseconds);
            return null;
        }
    }

    private static ExtremesAnswer Answer(StoreSession session, ExtremesQuery query, List<StepExtremes> found, long cursor, Comparison compared)
    {
        var devices = query.Probes.Select(mounted => mounted.Probe.Device).Distinct().ToList();
        var late = devices.SelectMany(device => PackStore.SpansAfter(session, cursor, device)).Where(span => span.From < query.To && span.To >= query.From).ToList();
        List<(Instant From, Instant To)> open =
        [
            .. late,
            .. devices.SelectMany(device => ConflictStore.Between(session, device, query.From, query.To)).SelectMany(Claimed),
            .. Unequal(query, devices, compared),
            .. DoubtfulSteps(query, found),
        ];
        return new ExtremesAnswer(CopyState.Good, found, open, late.Select(span => span.From).Append(query.To).Min());
    }

    private static IEnumerable<(Instant From, Instant To)> Claimed(ConflictRow conflict) =>
        new[] { conflict.At, conflict.OtherAt }.OfType<Instant>().Select(at => (at, at));

    private static IEnumerable<(Instant From, Instant To)> Unequal(ExtremesQuery query, IReadOnlyList<DeviceId> devices, Comparison compared)
    {
        for (var day = DeviceDay.StartOf(query.From); day < query.To; day += Day)
        {
            if (!devices.All(device => compared.IsEqual(new DeviceDay(device, day))))
            {
                yield return (day, day + Day);
            }
        }
    }

    // Steps without a temperature, or with those of two epochs, which may name the same instant.
    private static IEnumerable<(Instant From, Instant To)> DoubtfulSteps(ExtremesQuery query, List<StepExtremes> found)
    {
        var grid = new TimeGrid(query.Step);
        var rows = found.CountBy(step => (step.Probe, step.Step)).ToDictionary();
        foreach (var mounted in query.Probes)
        {
            for (var step = grid.StartOf(mounted.From); step < mounted.To; step += query.Step)
            {
                if (rows.GetValueOrDefault((mounted.Probe, step)) != 1)
                {
                    yield return (step, step + query.Step);
                }
            }
        }
    }
}
