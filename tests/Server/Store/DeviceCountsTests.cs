using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

public sealed class DeviceCountsTests
{
    private static readonly Instant Start = new(1_767_600_000_000);
    private static readonly DeviceId Device = new("pi-001");

    [Fact]
    public async Task Event_First_IsDueAndTheRestOfTheTimeIsCounted()
    {
        await using var open = new OpenStore();

        (await AddAsync(open, 0)).Should().Be(1);
        (await AddAsync(open, 1)).Should().BeNull();
        (await AddAsync(open, 9, count: 3)).Should().BeNull();
        (await AddAsync(open, 10)).Should().Be(5, "it stands for the four that were kept back and itself");
        (await AddAsync(open, 11)).Should().BeNull();
        open.Store.Read(DeviceCounts.All).Should().Equal(
            new DeviceCount(Device, CountedAs.ReadingConflict, 7, Start, Start + TimeSpan.FromMinutes(11)));
    }

    [Fact]
    public async Task Event_AfterTheClockWasSetBack_IsDue()
    {
        await using var open = new OpenStore();
        await AddAsync(open, 0);

        (await AddAsync(open, -60 * 24 * 365)).Should().Be(1);
    }

    [Fact]
    public async Task Event_OfATransactionThatFailed_IsDueAgain()
    {
        await using var open = new OpenStore();
        var failing = () => open.Write(transaction =>
        {
            DeviceCounts.Add(transaction, Device, CountedAs.ReadingConflict, 1, Start).Should().Be(1);
            throw new InvalidOperationException("the work fails afterwards");
        });
        await failing.Should().ThrowAsync<InvalidOperationException>();

        (await AddAsync(open, 0)).Should().Be(1, "nobody was told");
    }

    [Fact]
    public async Task Strangers_BeyondThoseToldApart_ShareOneCount()
    {
        await using var open = new OpenStore();
        await open.Write(transaction =>
        {
            for (var i = 0; i < DeviceCounts.StrangersMax; i++)
            {
                DeviceCounts.AddStranger(transaction, new DeviceId($"stranger-{i}"), CountedAs.MessageNotEnrolled, Start).Should().Be(1);
            }
        });

        await open.Write(transaction => DeviceCounts.AddStranger(transaction, new DeviceId("one-more"), CountedAs.MessageNotEnrolled, Start).Should().Be(1));
        await open.Write(transaction => DeviceCounts.AddStranger(transaction, new DeviceId("and-another"), CountedAs.MessageNotEnrolled, Start).Should().BeNull());
        await open.Write(transaction => DeviceCounts.AddStranger(transaction, new DeviceId("stranger-7"), CountedAs.MessageNotEnrolled, Start).Should().BeNull());

        var counts = open.Store.Read(DeviceCounts.All);
        counts.Should().HaveCount(DeviceCounts.StrangersMax + 1);
        counts.Single(count => count.Device == DeviceCounts.OtherStrangers).Count.Should().Be(2);
        counts.Single(count => count.Device == new DeviceId("stranger-7")).Count.Should().Be(2);
    }

    private static Task<long?> AddAsync(OpenStore open, int minute, long count = 1) =>
        open.Write(transaction => DeviceCounts.Add(transaction, Device, CountedAs.ReadingConflict, count, Start + TimeSpan.FromMinutes(minute)));
}
