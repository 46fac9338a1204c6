using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Projections;

/// <summary>
/// Writes the accepted readings of every pack to InfluxDB, in the order of the packs, behind a cursor of its own. The cursor moves only
/// after InfluxDB has stored everything before it; what is written twice stays one point. Nothing that is judged depends on it.
/// </summary>
internal sealed class InfluxProjection(RecordStore store, InfluxClient influx, TimeProvider clock) : IDisposable
{
    /// <summary>The name of its cursor.</summary>
    public const string Consumer = "influx";

    /// <summary>A database that refuses a whole series would otherwise fill the event log: one event stands for many readings.</summary>
    private static readonly TimeSpan EventInterval = TimeSpan.FromMinutes(10);

    private const int DifferencesTold = 20;

    // One at a time: a comparison must not count while lines are written, nor a cursor move on from where it was put back.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly RefusedLines _untold = new();
    private Instant _toldAt = Instant.Beginning;
    private long _skipped;
    private long _refused;

    /// <summary>Readings passed over since the start because their instant is not known.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Readings that InfluxDB refused for good since the start.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How many packs are not projected yet.</summary>
    public static long PacksBehind(StoreSession session) => PackStore.LastId(session) - CursorStore.Get(session, Consumer);

    /// <summary>Puts the cursor back to the first pack, so that everything is written again.</summary>
    public static Task RestartAsync(RecordStore store, CancellationToken cancellation) =>
        store.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, Consumer, 0), cancellation);

    /// <summary>Projects the next packs; false when there is none.</summary>
    /// <exception cref="InfluxException">InfluxDB did not take them, for a reason that may pass; the cursor is where it was.</exception>
    public Task<bool> WriteNextAsync(CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            var cursor = Cursor();
            var batch = store.Read(session => ReadingBatch.After(session, cursor));
            if (batch.LastPack == cursor && !MustTell())
            {
                return false;
            }

            try
            {
                var refused = new RefusedLines();
                await WriteAsync(batch.Lines, refused, cancellation);
                await AdvanceAsync(batch, refused, cancellation);
            }
            catch (InfluxDatabaseMissingException)
            {
                // What it held is gone as well, so a new one starts with the first pack.
                await influx.CreateDatabaseAsync(cancellation);
                await RestartAsync(store, cancellation);
            }

            return true;
        },
        cancellation);

    /// <summary>Has everything written again, while the projection runs.</summary>
    public Task RebuildAsync(CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            await RestartAsync(store, cancellation);
            return true;
        },
        cancellation);

    /// <summary>
    /// Counts both sides over the last days, today (UTC) included, and appends an event when they differ. What is not projected yet is no
    /// difference.
    /// </summary>
    /// <exception cref="InfluxException">InfluxDB did not answer.</exception>
    public Task<List<CountDifference>> CompareAsync(int days, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            var now = Instant.Now(clock);
            var end = DeviceDay.StartOf(now) + TimeSpan.FromDays(1);
            var differences = await new CountComparison(store, influx).DifferencesAsync(Cursor(), end - TimeSpan.FromDays(days), end, cancellation);
            if (differences.Count > 0)
            {
                var told = differences.Take(DifferencesTold).Select(difference => new
                {
                    Device = difference.Of.Device.Value, Day = difference.Of.Day.ToString(), difference.Stored, difference.Projected,
                });
                await AppendAsync(EventKinds.ProjectionDiffers, new { differences.Count, Differences = told.ToList() }, now, cancellation);
            }

            return differences;
        },
        cancellation);

    public void Dispose() => _turn.Dispose();

    private long Cursor() => store.Read(session => CursorStore.Get(session, Consumer));

    // Halves what is refused until the offending lines stand alone: all others get in. Lines are written again on the way, without effect.
    private async Task WriteAsync(ReadOnlyMemory<string> lines, RefusedLines refused, CancellationToken cancellation)
    {
        if (lines.IsEmpty || await influx.WriteAsync(lines, cancellation) is not { } refusal)
        {
            return;
        }

        if (lines.Length == 1 || refusal.Dropped == lines.Length)
        {
            refused.Add(lines.Span, refusal.Reason);
            return;
        }

        await WriteAsync(lines[..(lines.Length / 2)], refused, cancellation);
        await WriteAsync(lines[(lines.Length / 2)..], refused, cancellation);
    }

    private async Task AdvanceAsync(ReadingBatch batch, RefusedLines refused, CancellationToken cancellation)
    {
        await store.WriteAsync(WritePriority.Reading, transaction => CursorStore.Set(transaction, Consumer, batch.LastPack), cancellation);
        Interlocked.Add(ref _skipped, batch.Skipped);
        Interlocked.Add(ref _refused, refused.Count);
        _untold.Add(refused);
        if (MustTell())
        {
            var now = Instant.Now(clock);
            await AppendAsync(EventKinds.ProjectionRefused, new { Readings = _untold.Count, _untold.Line, _untold.Reason }, now, cancellation);
            _untold.Clear();
            _toldAt = now;
        }
    }

    private bool MustTell() => _untold.Count > 0 && Instant.Now(clock) - _toldAt >= EventInterval;

    private Task<long> AppendAsync(string kind, object payload, Instant at, CancellationToken cancellation) =>
        store.WriteAsync(WritePriority.Reading, transaction => EventLog.Append(transaction, at, kind, null, Consumer, payload), cancellation);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }
}
