using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class MarkStoreTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");
    private static readonly StorageUnitId Freezer = new("freezer-1");

    [Fact]
    public async Task Marks_OfAUnit_AreTakenTogether()
    {
        await using var open = new OpenStore();
        await Mark(open, Fridge, 50, 60);
        await Mark(open, Freezer, 10, 10);
        await Mark(open, Fridge, 20, 30);

        open.Store.Read(MarkStore.Pending).Should().Equal(
            new PendingMarks(Fridge, new Instant(20), new Instant(60), 3), new PendingMarks(Freezer, new Instant(10), new Instant(10), 2));
        open.Store.Read(session => MarkStore.Pending(session, new StorageUnitId("other"))).Should().BeNull();
    }

    [Fact]
    public async Task Mark_ThatArrivesMeanwhile_Survives()
    {
        await using var open = new OpenStore();
        await Mark(open, Fridge, 50, 50);
        var read = open.Store.Read(session => MarkStore.Pending(session, Fridge))!;
        await Mark(open, Fridge, 20, 20);

        await open.Write(transaction => MarkStore.Delete(transaction, read));

        open.Store.Read(MarkStore.Pending).Should().Equal(new PendingMarks(Fridge, new Instant(20), new Instant(20), 2));
    }

    [Fact]
    public async Task Generation_AfterDeletion_IsNotReused()
    {
        await using var open = new OpenStore();
        await Mark(open, Fridge, 50, 50);
        await open.Write(transaction => MarkStore.Delete(transaction, MarkStore.Pending(transaction, Fridge)!));

        await Mark(open, Fridge, 60, 60);

        open.Store.Read(session => MarkStore.Pending(session, Fridge))!.UpToGeneration.Should().Be(2);
    }

    private static Task Mark(OpenStore open, StorageUnitId unit, long from, long to) =>
        open.Write(transaction => MarkStore.Append(transaction, unit, new Instant(from), new Instant(to)));
}
