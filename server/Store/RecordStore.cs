using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Store;

/// <summary>
/// The record store: every reading as received, and everything decided from it. One SQLite file in WAL mode, synced at each commit; one
/// writer, many readers. The tables are read and written through the classes named after their nouns (<see cref="PackStore"/>,
/// <see cref="EventLog"/>, …), which take a session of this store.
/// </summary>
internal sealed class RecordStore : IAsyncDisposable
{
    private readonly IStorePlace _place;
    private readonly ReaderPool _readers;
    private readonly StoreWriter _writer;

    private RecordStore(IStorePlace place, TimeProvider clock, TaskScheduler? loops)
    {
        _place = place;
        _readers = new ReaderPool(place.OpenReader);
        _writer = new StoreWriter(place.OpenWriter, Announcement, clock, loops);
        Id = Read(session => session.QueryFirst("SELECT value FROM meta WHERE name = 'store-id'", row => row.GetString(0))!); // Schema wrote it.
        SqliteVersion = Read(session => session.QueryFirst("SELECT sqlite_version()", row => row.GetString(0))!); // Always one row.
        Events.Advance(Read(EventLog.LastId));
        Marks.Advance(Read(MarkStore.LastGeneration));
        ExposureMarks.Advance(Read(ExposureMarkStore.LastGeneration));
    }

    /// <summary>The random id that the file got when it was created: edges obey acknowledgements of one store only.</summary>
    public string Id { get; }

    public string SqliteVersion { get; }

    public StoreHealth Health => _writer.Health;

    /// <summary>The room on its disk.</summary>
    /// <exception cref="IOException">The disk does not say.</exception>
    public DiskSpace DiskSpace() => _place.DiskSpace();

    /// <inheritdoc cref="StoreWriter.Progress"/>
    public WriterProgress WriterProgress => _writer.Progress;

    /// <summary>Tells of new events: <c>await store.Events.WaitForNewAsync(cursor, …)</c>, then <see cref="EventLog.Read"/>.</summary>
    public CommitSignal Events { get; } = new();

    /// <summary>Tells of new marks, by generation.</summary>
    public CommitSignal Marks { get; } = new();

    /// <summary>Tells of new marks of what to add up again, by generation.</summary>
    public CommitSignal ExposureMarks { get; } = new();

    /// <summary>Opens the store, creating file and folder when there is none.</summary>
    /// <exception cref="StoreOpenException">Another program's file, a newer schema, a second server, or a disk that refuses.</exception>
    public static RecordStore Open(string path, TimeProvider clock, ILogger? logger = null) => Open(new StoreFile(path), clock, logger);

    /// <summary>Opens the store at a place, which it owns from then on; its writer runs on <paramref name="loops"/>, or else on the thread pool.</summary>
    /// <exception cref="StoreOpenException">As above.</exception>
    public static RecordStore Open(IStorePlace place, TimeProvider clock, ILogger? logger = null, TaskScheduler? loops = null)
    {
        try
        {
            var store = new RecordStore(place, clock, loops);
            logger ??= NullLogger.Instance;
            logger.LogInformation("Record store {Id} at {Path}, SQLite {Version}", store.Id, place.Path, store.SqliteVersion);
            if (place.MigratedFrom is { } version)
            {
                logger.LogWarning(
                    "The record store was brought from schema version {Old} to {New}: a program version before this one opens it no longer",
                    version, Schema.Current.Version);
            }

            return store;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs work on the writer and completes when it is on disk. The work must be short, must not wait, and may run only once per call.
    /// An exception of the work itself undoes that work alone and comes back as it is.
    /// </summary>
    /// <param name="priority">Which lane it takes.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    /// <param name="actor">In whose name it is done, which its events tell: this program's unless given.</param>
    /// <exception cref="StoreWriteException">The commit failed: nothing is stored, the call may be repeated.</exception>
    public Task<T> WriteAsync<T>(WritePriority priority, Func<StoreTransaction, T> work, CancellationToken cancellation, Actor? actor = null) =>
        _writer.WriteAsync(priority, work, actor ?? Actor.Software, cancellation);

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(WritePriority priority, Action<StoreTransaction> work, CancellationToken cancellation, Actor? actor = null) =>
        WriteAsync(
            priority,
            transaction =>
            {
                work(transaction);
                return true;
            },
            cancellation,
            actor);

    /// <summary>Runs queries that all see the same commit. The result must not be lazy: the session goes back to the pool.</summary>
    public T Read<T>(Func<StoreSession, T> work) => _readers.Read(work);

    /// <summary>Finishes the queued writes and closes. The readers go first, so that the last checkpoint is the writer's.</summary>
    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        await _writer.DisposeAsync();
        _place.Dispose();
    }

    private Action Announcement(StoreTransaction transaction)
    {
        var (lastEvent, lastMark, lastExposureMark) = (EventLog.LastId(transaction), MarkStore.LastGeneration(transaction), ExposureMarkStore.LastGeneration(transaction));
        return () =>
        {
            Events.Advance(lastEvent);
            Marks.Advance(lastMark);
            ExposureMarks.Advance(lastExposureMark);
        };
    }
}
