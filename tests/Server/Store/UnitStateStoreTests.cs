using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class UnitStateStoreTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");

    [Fact]
    public async Task State_Written_IsReadAsItWas()
    {
        await using var open = new OpenStore();
        await open.Write(transaction => UnitStateStore.TrySave(transaction, State(1) with { NextDeadline = null, Low = null }));

        var read = open.Store.Read(session => UnitStateStore.Find(session, Fridge))!;

        read.Should().BeEquivalentTo(State(1) with { NextDeadline = null, Low = null }, options => options.Excluding(row => row.State));
        read.State.ToArray().Should().Equal(1, 2, 3);
    }

    [Fact]
    public async Task State_SavedByTwo_TheLaterOneLoses()
    {
        await using var open = new OpenStore();

        (await TrySave(open, State(1))).Should().BeTrue();
        (await TrySave(open, State(1))).Should().BeFalse("somebody judged it first");
        (await TrySave(open, State(2))).Should().BeTrue();
        (await TrySave(open, State(2))).Should().BeFalse("somebody committed meanwhile");
        (await TrySave(open, State(4))).Should().BeFalse("version 3 was never seen");
    }

    [Fact]
    public async Task Deadline_Reached_TheUnitIsDue()
    {
        await using var open = new OpenStore();
        open.Store.Read(UnitStateStore.EarliestDeadline).Should().BeNull();
        await TrySave(open, State(1));
        await TrySave(open, State(1) with { Unit = new StorageUnitId("freezer-1"), NextDeadline = new Instant(50) });
        await TrySave(open, State(1) with { Unit = new StorageUnitId("van-1"), NextDeadline = null });

        open.Store.Read(UnitStateStore.EarliestDeadline).Should().Be(new Instant(50));
        open.Store.Read(session => UnitStateStore.Due(session, new Instant(99))).Select(unit => unit.Value).Should().Equal("freezer-1");
        open.Store.Read(session => UnitStateStore.Due(session, new Instant(100))).Select(unit => unit.Value).Should().Equal("freezer-1", "fridge-1");
    }

    [Fact]
    public async Task Checkpoints_OfAUnit_AreFoundFromAnInstant()
    {
        await using var open = new OpenStore();
        await open.Write(transaction => new long[] { 10, 20, 30 }.ToList().ForEach(at => CheckpointStore.Save(transaction, Checkpoint(at))));

        open.Store.Read(session => CheckpointStore.AtOrBefore(session, Fridge, new Instant(9))).Should().BeNull();
        open.Store.Read(session => CheckpointStore.AtOrBefore(session, Fridge, new Instant(20)))!.At.Should().Be(new Instant(20));
        open.Store.Read(session => CheckpointStore.After(session, Fridge, new Instant(10)).ToList()).Select(row => row.At.Milliseconds).Should().Equal(20, 30);

        await open.Write(transaction => CheckpointStore.Delete(transaction, Fridge, new Instant(10), new Instant(20)));
        open.Store.Read(session => CheckpointStore.After(session, Fridge, Instant.Beginning).ToList()).Select(row => row.At.Milliseconds).Should().Equal(10, 30);
    }

    private static Task<bool> TrySave(OpenStore open, UnitStateRow state) => open.Write(transaction => UnitStateStore.TrySave(transaction, state));

    private static CheckpointRow Checkpoint(long at) => new(Fridge, new Instant(at), new byte[] { 1 });

    private static UnitStateRow State(long version) => new()
    {
        Unit = Fridge,
        Version = version,
        State = new byte[] { 1, 2, 3 },
        NextDeadline = new Instant(100),
        Status = "in-range",
        Since = new Instant(1),
        Celsius = Celsius.FromMilli(-30_125),
        MeasuredAt = new Instant(90),
        Low = Celsius.FromMilli(2000),
        High = Celsius.FromMilli(6000),
        Settled = new Dictionary<ProbeId, Instant> { [new ProbeId(new DeviceId("pi-1"), "load")] = new(90), [new ProbeId(new DeviceId("pi-2"), "load")] = Instant.End },
        ReviewFrom = new Instant(70),
    };
}
