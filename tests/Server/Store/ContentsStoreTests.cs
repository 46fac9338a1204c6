using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class ContentsStoreTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(0, 11, true)]
    [InlineData(15, 16, true)]
    [InlineData(19, 99, true)]
    [InlineData(20, 99, false)]
    public async Task Stay_HalfOpen_OverlapsASpanOrNot(long from, long to, bool inside)
    {
        await using var open = new OpenStore();
        await Enter(open, 10, 20);

        open.Store.Read(session => ContentsStore.Inside(session, Fridge, new Instant(from), new Instant(to))).Should().HaveCount(inside ? 1 : 0);
    }

    [Fact]
    public async Task Stay_ThatGoesOn_IsInsideUntilItIsEnded()
    {
        await using var open = new OpenStore();
        await Enter(open, 10, null);
        open.Store.Read(session => ContentsStore.Inside(session, Fridge, new Instant(1000), Instant.End)).Should().ContainSingle();

        var ended = await Leave(open, 30);

        ended!.OutAt.Should().Be(new Instant(30));
        open.Store.Read(session => ContentsStore.Inside(session, Fridge, new Instant(30), Instant.End)).Should().BeEmpty();
        (await Leave(open, 40)).Should().BeNull("it has left already");
    }

    [Fact]
    public async Task Stay_EnteredTwice_IsOne()
    {
        await using var open = new OpenStore();

        (await Enter(open, 10, null))!.Id.Should().Be(1);
        (await Enter(open, 10, null)).Should().BeNull();
        (await Enter(open, 50, null)).Should().NotBeNull("coming back is another stay");
        open.Store.Read(session => ContentsStore.OfBloodUnit(session, "G123498654321", "RBC")).Should().HaveCount(2);
    }

    [Fact]
    public async Task Leaving_BeforeItCame_IsRefused()
    {
        await using var open = new OpenStore();
        await Enter(open, 10, null);

        (await Leave(open, 9)).Should().BeNull();
    }

    private static Task<ContentsRow?> Enter(OpenStore open, long inAt, long? outAt) => open.Write(transaction => ContentsStore.TryEnter(
        transaction,
        new ContentsRow(0, Fridge, "G123498654321", "RBC", new Instant(inAt), outAt is { } at ? new Instant(at) : null, new Instant(99), null)));

    private static Task<ContentsRow?> Leave(OpenStore open, long outAt) => open.Write(transaction =>
        ContentsStore.TryLeave(transaction, Fridge, "G123498654321", "RBC", new Instant(outAt), new Instant(99)));
}
