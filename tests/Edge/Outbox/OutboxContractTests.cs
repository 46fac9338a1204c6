using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using ColdChain.Simulation.Tests.Stores;

namespace ColdChain.Edge.Tests.Outbox;

/// <summary>An outbox in a file.</summary>
public sealed class DiskOutboxContractTests : OutboxContract
{
    private readonly TempFolder _folder = new();

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    private protected override IOutboxPlace Place() => new OutboxDisk(_folder.File("outbox.db"));
}

/// <summary>An outbox in the simulator's memory.</summary>
public sealed class MemoryOutboxContractTests : OutboxContract
{
    private readonly MemoryDisk _disk = new("contract");
    private int _epochs;

    public override void Dispose()
    {
        base.Dispose();
        _disk.Dispose();
    }

    private protected override IOutboxPlace Place() =>
        new MemoryOutbox(_disk, followsUnread: false, new UnseenStatements(), () => (++_epochs).ToString("x32", System.Globalization.CultureInfo.InvariantCulture));
}
