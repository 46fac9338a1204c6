using ColdChain.Server.Store;
using ColdChain.Simulation.Tests.Stores;

namespace ColdChain.Server.Tests.Store;

/// <summary>A record store in a file.</summary>
public sealed class FileStoreContractTests : StoreContract
{
    private readonly TempFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    private protected override RecordStore Open() => RecordStore.Open(_folder.File("store.db"), TimeProvider.System);

    private protected override RecordStore OpenAfterDeath(RecordStore running) =>
        RecordStore.Open(_folder.CopyOfStore(_folder.File("store.db"), "left.db"), TimeProvider.System);
}

/// <summary>A record store in the simulator's memory.</summary>
public sealed class MemoryStoreContractTests : StoreContract
{
    private readonly MemoryDisk _disk = new("contract");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _disk.Dispose();
    }

    private protected override RecordStore Open() => RecordStore.Open(Place(), TimeProvider.System);

    private protected override RecordStore OpenAfterDeath(RecordStore running)
    {
        _disk.CloseAll();
        return RecordStore.Open(Place(), TimeProvider.System);
    }

    private MemoryStore Place() => new(_disk, new UnseenStatements(), () => new string('5', 32));
}
