using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Store;

public sealed class LossDatesTests
{
    private const string Third = "cccccccccccccccccccccccccccccccc";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Loss_BeforeAnOutboxWhoseClockWasSetBack_EndsAtTheSameReadingWhateverTheBatching(int readingsInAPack)
    {
        await using var open = new OpenStore();
        Instant[] measured = [At(2), At(8), At(12)]; // The new outbox begins before the old one ended, by a clock that was behind.
        var readings = measured.Select((at, place) => Some.Reading(place + 1, epoch: Some.OtherEpoch, at: at)).ToArray();
        await open.Write(transaction =>
        {
            PackStore.Insert(transaction, Some.PackRow(Some.PackOf(Some.Reading(1, at: At(5)))));
            foreach (var pack in readings.Chunk(readingsInAPack))
            {
                PackStore.Insert(transaction, Some.PackRow(Some.PackOf(pack)));
            }
        });
        var left = Stream(Some.Epoch, At(5), new Status(Some.Epoch, null, "boot", 1, 1, 0, 0, 1, "test", [], null));
        var next = Stream(Some.OtherEpoch, At(12), new Status(Some.OtherEpoch, null, "boot", 2, 3, 0, 0, 1, "test", [], null, new PreviousOutbox(null, SeqRanges.Empty, Unread: true)));

        var lost = open.Store.Read(session => LossDates.Of(session, new DeviceStreams([left, next])).ToList());

        lost.Should().Equal(new LostTime(At(5), At(8)));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(60)]
    public async Task Loss_OfAnOutboxThatDeliveredNothing_LiesWhereItsHeartbeatWasWheneverThatIsHeard(int heardAfterMinutes)
    {
        await using var open = await FirstAndThirdAsync();
        var first = Stream(Some.Epoch, At(5), Heartbeat(Some.Epoch, At(5), 1)) with { Held = SeqRanges.Of(1, 1) };
        var second = Stream(Some.OtherEpoch, null, Heartbeat(Some.OtherEpoch, At(6), 2)) with { FirstReceived = At(heardAfterMinutes) };
        var last = Stream(Third, At(12), Heartbeat(Third, At(12), 1)) with { Held = SeqRanges.Of(1, 1) };

        var lost = open.Store.Read(session => LossDates.Of(session, new DeviceStreams([first, second, last])).ToList());

        lost.Should().Equal(new LostTime(At(5), At(12)));
    }

    [Fact]
    public async Task Loss_OfTwoCardsInARow_EndsAtTheFirstReadingThatAnyLaterOneDelivered()
    {
        await using var open = await FirstAndThirdAsync();
        var unread = new PreviousOutbox(null, SeqRanges.Empty, Unread: true);
        var first = Stream(Some.Epoch, At(5), Heartbeat(Some.Epoch, At(5), 1)) with { Held = SeqRanges.Of(1, 1) };
        var second = Stream(Some.OtherEpoch, null, Heartbeat(Some.OtherEpoch, At(6), 0) with { Previous = unread });
        var last = Stream(Third, At(12), Heartbeat(Third, At(12), 1) with { Previous = unread }) with { Held = SeqRanges.Of(1, 1) };

        var lost = open.Store.Read(session => LossDates.Of(session, new DeviceStreams([first, second, last])).ToList());

        lost.Should().OnlyContain(time => time == new LostTime(At(5), At(12)), "the second one delivered nothing that would date either loss").And.HaveCount(2);
    }

    [Fact]
    public async Task Loss_AtTheBeginningOfAnOutbox_IsDatedOverOneThatDeliveredNothing()
    {
        await using var open = await FirstAndThirdAsync();
        var first = Stream(Some.Epoch, At(5), Heartbeat(Some.Epoch, At(5), 1)) with { Held = SeqRanges.Of(1, 1) };
        var second = Stream(Some.OtherEpoch, null, Heartbeat(Some.OtherEpoch, At(6), 0));
        var last = Stream(Third, At(12), Heartbeat(Third, At(12), 2)) with { Held = SeqRanges.Of(1, 1), Gone = SeqRanges.Of(2, 2) };

        var after = open.Store.Read(session => LossDates.After(session, new DeviceStreams([first, second, last]), last, 1));

        after.Should().Be(At(5));
    }

    private static async Task<OpenStore> FirstAndThirdAsync()
    {
        var open = new OpenStore();
        await open.Write(transaction =>
        {
            PackStore.Insert(transaction, Some.PackRow(Some.PackOf(Some.Reading(1, at: At(5)))));
            PackStore.Insert(transaction, Some.PackRow(Some.PackOf(Some.Reading(1, epoch: Third, at: At(12)))));
        });
        return open;
    }

    private static Status Heartbeat(string epoch, Instant at, long lastSeq) => new(epoch, at.ToString(), "boot", 1, lastSeq, 0, 0, 1, "test", [], null);

    private static Instant At(int minute) => Some.Start + TimeSpan.FromMinutes(minute);

    private static StreamRow Stream(string epoch, Instant? latest, Status status) => new()
    {
        Device = Some.Device,
        Epoch = epoch,
        FirstReceived = Some.Start,
        LastReceived = Some.Start,
        LatestAt = latest,
        Status = System.Text.Encoding.UTF8.GetString(ControlCodec.EncodeStatus(status)),
    };
}
