namespace ColdChain.Server.Store;

/// <summary>
/// Where a record store is kept and how to connect to it: a file, or the memory of a simulator. The tables and the SQL are the same.
/// </summary>
internal interface IStorePlace : IDisposable
{
    /// <summary>What it is called in the log and in errors.</summary>
    string Path { get; }

    /// <summary>The schema version that it had before it was opened to write; null when nothing had to be added.</summary>
    long? MigratedFrom { get; }

    /// <summary>Opens the connection of the only writer, and brings the schema up to date.</summary>
    /// <exception cref="StoreOpenException">It cannot be used.</exception>
    StoreTransaction OpenWriter();

    /// <summary>Opens a connection that cannot write.</summary>
    StoreSession OpenReader();

    /// <summary>The room there.</summary>
    /// <exception cref="IOException">The disk does not say.</exception>
    DiskSpace DiskSpace();
}
