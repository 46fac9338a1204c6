using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Stores;

/// <summary>
/// A disk with one database, in memory: the same SQLite with the same locks and transactions, without files. It outlives the processes that
/// use it. What a process has not committed when it dies is gone; what it has is there.
/// </summary>
internal sealed class MemoryDisk : IDisposable
{
    private static int _count;

    private readonly string _address;
    private readonly SqliteConnection _keeper;
    private readonly List<SqliteConnection> _open = [];
    private SqliteConnection? _writer;
    private SqliteConnection? _saved;

    public MemoryDisk(string name)
    {
        Name = name;
        _address = $"Data Source=file:/{name}-{Interlocked.Increment(ref _count)}?vfs=memdb;Pooling=False;Default Timeout=1";
        _keeper = new SqliteConnection(_address);
        _keeper.Open();
    }

    public string Name { get; }

    /// <summary>True while there is no room for another page.</summary>
    public bool IsFull { get; private set; }

    /// <summary>When room was last taken away or given back.</summary>
    public Core.Readings.Instant? LastChangedAt { get; private set; }

    /// <summary>True for a disk that lies: what was committed since it was last saved is gone when its process dies. A planted defect.</summary>
    public bool IsLazy { get; set; }

    /// <summary>A connection of the disk's owner, for questions from outside of any process.</summary>
    public SqliteConnection Inspect() => _keeper;

    /// <summary>A connection of a process.</summary>
    public SqliteConnection Connect(IStatements statements, bool isWriter)
    {
        var connection = new InjectedConnection(_address, statements);
        connection.Open();
        _open.Add(connection);
        if (isWriter)
        {
            _writer = connection;
            Limit(connection);
        }

        return connection;
    }

    /// <summary>Takes away what room there is, or gives it back.</summary>
    public void Fill(bool isFull, Core.Readings.Instant now)
    {
        (LastChangedAt, IsFull) = (isFull == IsFull ? LastChangedAt : now, isFull);
        if (_writer is { State: System.Data.ConnectionState.Open } writer)
        {
            Limit(writer);
        }
    }

    /// <summary>The process is gone: its connections close, and an open transaction with them.</summary>
    public void CloseAll()
    {
        foreach (var connection in _open)
        {
            connection.Dispose();
        }

        _open.Clear();
        _writer = null;
        if (IsLazy)
        {
            _saved?.BackupDatabase(_keeper);
        }
    }

    /// <summary>Makes what was committed up to now last, on a disk that lies.</summary>
    public void Save()
    {
        _saved ??= new SqliteConnection("Data Source=:memory:;Pooling=False");
        _saved.Open();
        _keeper.BackupDatabase(_saved);
    }

    public void Dispose()
    {
        IsLazy = false;
        CloseAll();
        _saved?.Dispose();
        _keeper.Dispose();
    }

    // A limit below the present size is the present size: then SQLite answers SQLITE_FULL to whatever needs another page.
    private void Limit(SqliteConnection connection)
    {
        using var command = new SqliteCommand(IsFull ? "PRAGMA max_page_count = 1" : "PRAGMA max_page_count = 1073741823", connection);
        command.ExecuteScalar();
    }
}
