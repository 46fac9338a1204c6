using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>
/// The file of the record store and how to connect to it. SQLite before 3.51.3 can corrupt a file when two connections write or
/// checkpoint at the same time (the WAL-reset bug): a lock file keeps a second process out, and readers cannot write.
/// </summary>
internal sealed class StoreFile : IStorePlace
{
    private const int BusySeconds = 10;

    private readonly FileStream _lock;

    public StoreFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _lock = Lock(Path);
    }

    public string Path { get; }

    /// <summary>
    /// Reads a store that this process does not own, in one transaction: nothing of it changes, and a server may be running over it.
    /// </summary>
    /// <exception cref="StoreOpenException">There is none, or not one of this version.</exception>
    public static T Read<T>(string path, Func<StoreSession, T> work)
    {
        if (!File.Exists(path))
        {
            throw new StoreOpenException($"There is no record store at {path}. Name the file record.db in the server's data folder.");
        }

        using var readers = new ReaderPool(() => OpenToRead(System.IO.Path.GetFullPath(path)));
        return readers.Read(work);
    }

    /// <summary>The schema version that an old file had before it was opened to write; null when nothing had to be added.</summary>
    public long? MigratedFrom { get; private set; }

    public StoreTransaction OpenWriter()
    {
        var connection = Connect(SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: a commit that was reported is on disk (RELIABILITY measured 0 of 200 kept after a power cut with NORMAL).
            Run(connection, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA journal_size_limit=67108864;");
            if (Schema.Current.Ensure(connection, Path) is > 0 and var version && version < Schema.Current.Version)
            {
                MigratedFrom = version;
            }

            Run(connection, "PRAGMA journal_mode=WAL;"); // Remains in the file: not before it is known to be a record store.
            return new StoreTransaction(connection);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new StoreOpenException($"{Path} cannot be used as record store: {error.Message}. Check the disk, the rights on the file and that it is a record store.", error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public StoreSession OpenReader() => new(Connect(SqliteOpenMode.ReadOnly));

    public DiskSpace DiskSpace() => Store.DiskSpace.Of(Path);

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!); // A full path to a file has a folder.
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreOpenException($"{path} cannot be locked: {error.Message} Stop the other server that uses it, or check the rights on the folder.", error);
        }
    }

    // A store that nobody has open has no log beside it, and would get one that belongs to whoever reads: it is opened as a file that rests.
    private static StoreSession OpenToRead(string path)
    {
        var connection = Connect(File.Exists(path + "-wal") ? path : $"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly);
        try
        {
            Schema.Current.Expect(connection, path);
            return new StoreSession(connection);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new StoreOpenException($"{path} cannot be read as record store: {error.Message}. Check the rights on the file and that it is a record store.", error);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection Connect(SqliteOpenMode mode) => Connect(Path, mode);

    private static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        var options = new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = BusySeconds };
        var connection = new SqliteConnection(options.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new StoreOpenException($"{source} cannot be opened: {error.Message}. Check that the folder exists and may be written.", error);
        }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
