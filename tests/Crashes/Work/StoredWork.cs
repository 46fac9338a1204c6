namespace ColdChain.Crashes.Tests.Work;

/// <summary>Work on a file of the product, by the product's own classes, in steps each of which is one commit.</summary>
internal abstract class StoredWork(string path) : IAsyncDisposable
{
    public const string Outbox = "outbox";
    public const string Record = "record";

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>How many steps there are, numbered from 1.</summary>
    public abstract int Steps { get; }

    /// <summary>The work on a kind of file.</summary>
    public static StoredWork Of(string kind, string path) => kind switch
    {
        Outbox => new OutboxWork(path),
        Record => new RecordWork(path),
        _ => throw new ArgumentException($"'{kind}' is neither {Outbox} nor {Record}.", nameof(kind)),
    };

    /// <summary>Opens the file, or makes it.</summary>
    public abstract void Open();

    /// <summary>Does a step. When this returns, it survives a power cut.</summary>
    public abstract Task DoAsync(int step);

    /// <summary>Closes the file, if it is open; it can be opened again.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>All that the file holds, as far as it follows from the steps. It is closed for that, and opened again.</summary>
    public async Task<string> StateAsync()
    {
        await DisposeAsync();
        var state = TableDump.Of(Path);
        Open();
        return state;
    }
}
