using ColdChain.Server.Store;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Stores;

/// <summary>A record store on a disk in memory.</summary>
/// <param name="disk">The disk.</param>
/// <param name="statements">Sees what is done.</param>
/// <param name="newId">Gives the id of a new store, 32 hexadecimal digits.</param>
internal sealed class MemoryStore(MemoryDisk disk, IStatements statements, Func<string> newId) : IStorePlace
{
    private const long RoomBytes = 1_000_000_000;

    public string Path => disk.Name;

    public long? MigratedFrom { get; private set; }

    public StoreTransaction OpenWriter()
    {
        var connection = disk.Connect(statements, isWriter: true);
        try
        {
            Run(connection, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            var version = Schema.Current.Ensure(connection, disk.Name);
            if (version == 0)
            {
                // A run of a seed is to be the same each time, and the store's id stands in messages.
                Run(connection, $"UPDATE meta SET value = '{newId()}' WHERE name = 'store-id'");
            }
            else if (version < Schema.Current.Version)
            {
                MigratedFrom = version;
            }

            return new StoreTransaction(connection);
        }
        catch (SqliteException error)
        {
            connection.Dispose();
            throw new StoreOpenException($"{disk.Name} cannot be used as record store: {error.Message}. Make room on its disk.", error);
        }
    }

    public StoreSession OpenReader()
    {
        var connection = disk.Connect(statements, isWriter: false);
        Run(connection, "PRAGMA query_only=1;");
        return new StoreSession(connection);
    }

    public DiskSpace DiskSpace() => new(disk.IsFull ? 0 : RoomBytes, RoomBytes);

    public void Dispose() => disk.CloseAll();

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
