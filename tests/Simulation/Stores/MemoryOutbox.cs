using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Stores;

/// <summary>An outbox on a disk in memory.</summary>
/// <param name="disk">The disk.</param>
/// <param name="followsUnread">Whether a new one here follows one that could not be read.</param>
/// <param name="statements">Sees what it does.</param>
/// <param name="newEpoch">Gives an id for an epoch.</param>
internal sealed class MemoryOutbox(MemoryDisk disk, bool followsUnread, IStatements statements, Func<string> newEpoch) : IOutboxPlace
{
    private const long RoomBytes = 1_000_000_000;

    public string Name => disk.Name;

    public long FreeBytes => disk.IsFull ? 0 : RoomBytes;

    public OpenedOutbox Open(Instant now)
    {
        var connection = disk.Connect(statements, isWriter: true);
        connection.Execute("PRAGMA page_size = 1024; PRAGMA synchronous = FULL;");
        var isNew = connection.Scalar("PRAGMA user_version") is 0L;
        var migratedFrom = OutboxSchema.Current.Ensure(connection, disk.Name, followsUnread);
        if (isNew)
        {
            // A run of a seed is to be the same each time, and epochs stand in messages.
            connection.Execute("UPDATE meta SET value = $epoch WHERE name = 'epoch'", ("$epoch", newEpoch()));
        }

        return new OpenedOutbox(connection, migratedFrom, followsUnread ? $"{disk.Name}.damaged" : null);
    }

    public string CopyAside(SqliteConnection connection, Instant now) => $"{disk.Name}.cloned";

    public void Remove(string copy)
    {
        // A copy in memory takes no room that anybody misses.
    }

    public string NewEpoch() => newEpoch();
}
