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

    // The anchor up to which what it dates has been written.
    private const string Anchors = "influx-anchors";

    // The pack up to which points of an earlier run may be there while everything is written again.
    private const string Rewritten = "influx-rewritten";

    /// <summary>A database that refuses a whole series would otherwise fill the event log: one event stands for many readings.</summary>
    private static readonly TimeSpan EventInterval = TimeSpan.FromMinutes(10);

    // One at a time: a comparison must not count while lines are written, nor a cursor move on from where it was put back.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly RefusedLines _untold = new();
    private Instant _toldAt = Instant.Beginning;
    private bool _hasCaughtUp;
    private int _restarts;
    private long _skipped;
    private long _refused;

    /// <summary>Readings passed over since the start because their instant is not known.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Readings that InfluxDB refused for good since the start.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How many packs are not projected yet.</summary>
    public static long PacksBehind(StoreSession session) => PackStore.LastId(session) - CursorStore.Get(session, Consumer);

    /// <summary>
    /// True while everything is written again, so that InfluxDB may hold more than what lies before the cursor, or while it may lack what a new
    /// anchor dates.
    /// </summary>
    public static bool IsRewriting(StoreSession session) =>
        CursorStore.Get(session, Consumer) < CursorStore.Get(session, Rewritten) || CursorStore.Get(session, Anchors) < AnchorStore.LastId(session);

    /// <summary>True once it has found nothing left to write since the start, or since everything was begun anew.</summary>
    public bool HasCaughtUp { get => Volatile.Read(ref _hasCaughtUp); private set => Volatile.Write(ref _hasCaughtUp, value); }

    /// <summary>How often everything was begun anew since the start.</summary>
    public int Restarts => Volatile.Read(ref _restarts);

    /// <summary>Puts the cursor back to the first pack, so that everything is written again.</summary>
    public static Task RestartAsync(RecordStore store, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            CursorStore.Set(transaction, Rewritten, Math.Max(CursorStore.Get(transaction, Rewritten), CursorStore.Get(transaction, Consumer)));
            CursorStore.Set(transaction, Consumer, 0);
        },
        cancellation);

    /// <summary>Projects the next packs; false when there is none.</summary>
    /// <exception cref="InfluxException">InfluxDB did not take them, for a reason that may pass; the cursor is where it was.</exception>
    public Task<bool> WriteNextAsync(CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            var (cursor, anchors) = store.Read(session => (CursorStore.Get(session, Consumer), CursorStore.Get(session, Anchors)));
            var batch = store.Read(session => ReadingBatch.After(session, cursor, anchors));
            if (batch.LastPack == cursor && batch.LastAnchor == anchors && !MustTell())
            {
                HasCaughtUp = true;
                return false;
            }

            try
            {
                var refused = new RefusedLines();
                foreach (var request in batch.Lines.Chunk(ReadingBatch.LinesMax))
                {
                    await WriteAsync(request, refused, cancellation);
                }

                await AdvanceAsync(batch, refused, cancellation);
            }
            catch (InfluxDatabaseMissingException)
            {
                // What it held is gone as well, so a new one starts with the first pack.
                await influx.CreateDatabaseAsync(cancellation);
                await store.WriteAsync(WritePriority.Decision, BeginAnew, cancellation);
                Restarted();
            }

            return true;
        },
        cancellation);

    /// <summary>Has everything written again, while the projection runs.</summary>
    public Task RebuildAsync(CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            await RestartAsync(store, cancellation);
            Restarted();
            return true;
        },
        cancellation);

    /// <summary>Runs work while nothing is written to InfluxDB.</summary>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
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

    public void Dispose() => _turn.Dispose();

    private void Restarted()
    {
        HasCaughtUp = false;
        Interlocked.Increment(ref _restarts);
    }

    private static void BeginAnew(StoreTransaction transaction)
    {
        CursorStore.Set(transaction, Consumer, 0);
        CursorStore.Set(transaction, Rewritten, 0);
    }

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
        await store.WriteAsync(WritePriority.Reading, transaction => Advance(transaction, batch), cancellation);
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

    private static void Advance(StoreTransaction transaction, ReadingBatch batch)
    {
        CursorStore.Set(transaction, Consumer, batch.LastPack);
        CursorStore.Set(transaction, Anchors, batch.LastAnchor);
    }

    private bool MustTell() => _untold.Count > 0 && Instant.Now(clock) - _toldAt >= EventInterval;

    private Task<long> AppendAsync(string kind, object payload, Instant at, CancellationToken cancellation) =>
        store.WriteAsync(WritePriority.Reading, transaction => EventLog.Append(transaction, at, kind, null, Consumer, payload), cancellation);
}
