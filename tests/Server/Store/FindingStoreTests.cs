using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class FindingStoreTests
{
    private static readonly StorageUnitId Fridge = new("fridge-1");

    [Theory]
    [InlineData(0, 9, "")]
    [InlineData(0, 10, "ended")]
    [InlineData(20, 29, "ended")]
    [InlineData(21, 29, "")]
    [InlineData(21, 30, "unseen")]
    [InlineData(40, 49, "unseen")]
    [InlineData(41, 49, "")]
    [InlineData(41, 50, "open")]
    [InlineData(1000, 1000, "open")]
    [InlineData(15, 60, "ended unseen open")]
    public async Task Findings_ThatTouchAnInterval_AreThoseWhoseExposureMeetsIt(long from, long to, string expected)
    {
        await using var open = new OpenStore();
        await open.Write(transaction =>
        {
            Insert(transaction, Fridge, "ended", new(10), end: new(20), settled: new(25));
            Insert(transaction, Fridge, "unseen", new(30), end: null, settled: new(40));
            Insert(transaction, Fridge, "open", new(50), end: null, settled: null);
            Insert(transaction, new StorageUnitId("fridge-2"), "other", new(0), end: null, settled: null);
        });

        var found = open.Store.Read(session => FindingStore.Touching(session, Fridge, new(from), new(to)));

        string.Join(' ', found.Select(row => row.Finding.Probe.Name)).Should().Be(expected);
    }

    private static void Insert(StoreTransaction transaction, StorageUnitId unit, string probe, Instant start, Instant? end, Instant? settled)
    {
        var stretch = new Stretch
        {
            Start = start, Side = Side.High, End = end, SettledAt = settled, LastKnown = end ?? start,
            EndReason = settled is null ? EndReason.Open : end is null ? EndReason.Unknown : EndReason.InRange,
            Rule = new ProbeRule { High = Celsius.FromMilli(6000) },
        };
        FindingStore.Insert(transaction, new FindingRow
        {
            Unit = unit, Finding = new Finding(0, 1, new ProbeId(new DeviceId("pi-1"), probe), stretch, start), DiscoveredAt = start, UpdatedAt = start,
        });
    }
}
