using System.Threading.Channels;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ColdChain.Server.Store;

/// <summary>
/// The only writer of the record store: one connection, one loop. It takes all jobs that wait (decisions first), runs each in a savepoint
/// of one transaction, and commits once, so that many callers share one wait for the disk. A job that fails rolls back alone.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private const int WaitingMax = 4096;
    private const int BatchMax = 512;

    private readonly Channel<WriteJob> _decisions = NewLane();
    private readonly Channel<WriteJob> _readings = NewLane();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Func<StoreTransaction> _open;
    private readonly Func<StoreTransaction, Action> _announcement;
    private readonly TimeProvider _clock;
    private readonly Task _loop;
    private StoreTransaction? _transaction;
    private volatile StoreHealth _health = StoreHealth.Initial;
    private volatile bool _isWriting;
    private long _batches;

    /// <param name="open">Opens the connection; called again after a failure.</param>
    /// <param name="announcement">Asked before each commit what to announce after it, before the callers hear of it.</param>
    /// <param name="clock">Dates commits and failures in <see cref="Health"/>.</param>
    /// <param name="loops">Where the loop runs: the thread pool unless given.</param>
    public StoreWriter(Func<StoreTransaction> open, Func<StoreTransaction, Action> announcement, TimeProvider clock, TaskScheduler? loops = null)
    {
        (_open, _announcement, _clock) = (open, announcement, clock);
        _transaction = open();
        _loop = Task.Factory.StartNew(LoopAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, loops ?? TaskScheduler.Default).Unwrap();
    }

    public StoreHealth Health => _health;

    /// <summary>What a watchdog asks: a writer that has work and does not get on hangs in the disk.</summary>
    public WriterProgress Progress => new(Interlocked.Read(ref _batches), IsBusy);

    private bool IsBusy => _isWriting || _decisions.Reader.Count > 0 || _readings.Reader.Count > 0;

    /// <summary>Queues a job, waiting while the queue is full, and completes when its commit is on disk.</summary>
    public async Task<T> WriteAsync<T>(WritePriority priority, Func<StoreTransaction, T> work, Actor actor, CancellationToken cancellation)
    {
        var job = new WriteJob<T>(work, actor, cancellation);
        var lane = priority == WritePriority.Decision ? _decisions : _readings;
        await lane.Writer.WriteAsync(job, cancellation);
        _wake.Writer.TryWrite(true);
        return await job.Done;
    }

    /// <summary>Writes what is queued, then closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _decisions.Writer.TryComplete();
        _readings.Writer.TryComplete();
        _wake.Writer.TryComplete();
        await _loop;
        _transaction?.Dispose();
    }

    private static Channel<WriteJob> NewLane() =>
        Channel.CreateBounded<WriteJob>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    private async Task LoopAsync()
    {
        var batch = new List<WriteJob>(BatchMax);
        do
        {
            _wake.Reader.TryRead(out _);
            WriteAll(batch);
        }
        while (await _wake.Reader.WaitToReadAsync());

        // A job may have been queued between the last look and the completion.
        WriteAll(batch);
    }

    private void WriteAll(List<WriteJob> batch)
    {
        while (Take(batch))
        {
            _isWriting = true;
            Write(batch);
            batch.Clear();
            Interlocked.Increment(ref _batches);
            _isWriting = false;
        }
    }

    private bool Take(List<WriteJob> batch)
    {
        Take(_decisions, batch);
        Take(_readings, batch);
        return batch.Count > 0;
    }

    private static void Take(Channel<WriteJob> lane, List<WriteJob> batch)
    {
        while (batch.Count < BatchMax && lane.Reader.TryRead(out var job))
        {
            if (job.TryTake())
            {
                batch.Add(job);
            }
        }
    }

    private void Write(List<WriteJob> batch)
    {
        var done = new List<WriteJob>(batch.Count);
        try
        {
            var transaction = _transaction ??= _open();
            transaction.Begin();
            done.AddRange(batch.Where(job => Ran(job, transaction)));
            var announce = _announcement(transaction);
            transaction.Commit();
            announce();
        }
        catch (Exception error)
        {
            Lose(batch, error);
            return;
        }

        _health = _health.AfterCommit(Instant.Now(_clock));
        done.ForEach(job => job.Succeed());
    }

    private static bool Ran(WriteJob job, StoreTransaction transaction)
    {
        transaction.BeginJob(job.Actor);
        try
        {
            job.Run(transaction);
        }
        catch (Exception error) when (!IsStorageFault(error))
        {
            transaction.UndoJob();
            job.Fail(error);
            return false;
        }

        transaction.KeepJob();
        return true;
    }

    // A full disk or a failing one is nobody's job's fault, and SQLite may have rolled back by itself: the whole batch is lost.
    private static bool IsStorageFault(Exception error) => error is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_NOMEM or raw.SQLITE_READONLY or raw.SQLITE_CORRUPT
            or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_INTERRUPT,
    };

    // After such an error nobody knows what the connection still believes, so it is not used again.
    private void Lose(List<WriteJob> batch, Exception error)
    {
        _transaction?.Dispose();
        _transaction = null;
        _health = _health.AfterFailure(error.Message, Instant.Now(_clock));
        var loss = new StoreWriteException($"The record store could not commit: {error.Message.TrimEnd('.')}. Nothing of the batch is stored; try again.", error);
        batch.ForEach(job => job.Fail(loss));
    }
}
