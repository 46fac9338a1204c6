using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

/// <summary>A real record store in a folder of its own.</summary>
internal sealed class OpenStore : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    public OpenStore(TimeProvider? clock = null) => Store = RecordStore.Open(Path, clock ?? TimeProvider.System);

    public RecordStore Store { get; }

    public string Path => _folder.File("store.db");

    /// <summary>Opens what a power cut would leave at this moment.</summary>
    public RecordStore OpenAfterPowerCut() => RecordStore.Open(_folder.CopyOfStore(Path, "copy.db"), TimeProvider.System);

    public Task<T> Write<T>(Func<StoreTransaction, T> work) => Store.WriteAsync(WritePriority.Decision, work, CancellationToken.None);

    public Task Write(Action<StoreTransaction> work) => Store.WriteAsync(WritePriority.Decision, work, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Dispose();
    }
}
