using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Outbox;

/// <summary>Where an outbox is kept: on a disk, or in the memory of a simulator. The tables and the SQL are the same.</summary>
internal interface IOutboxPlace
{
    /// <summary>What it is called in the log.</summary>
    string Name { get; }

    /// <summary>Free bytes there.</summary>
    long FreeBytes { get; }

    /// <summary>Opens what is there, or makes it.</summary>
    /// <exception cref="OutboxException">It belongs to something else, or cannot be written.</exception>
    OpenedOutbox Open(Instant now);

    /// <summary>Copies an open outbox, whole; gives the name of the copy.</summary>
    string CopyAside(SqliteConnection connection, Instant now);

    /// <summary>Removes a copy.</summary>
    void Remove(string copy);

    /// <summary>A random id for an epoch, 32 hexadecimal digits.</summary>
    string NewEpoch();
}
