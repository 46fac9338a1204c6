using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Ingest;

public sealed class PackIngestTests
{
    [Fact]
    public async Task Pack_New_IsStoredMarkedAndAcknowledged()
    {
        await using var bench = await IngestBench.StartAsync();
        var pack = Some.Pack(1, 3);

        await bench.SendAsync(pack);

        bench.Readings().Should().Equal(pack.Readings);
        bench.Store.Read(MarkStore.Pending).Should()
            .Equal(new PendingMarks(new StorageUnitId("fridge-1"), pack.Readings[0].MeasuredAt!.Value, pack.Readings[2].MeasuredAt!.Value, 1));
        bench.Events(EventKinds.StreamStarted).Should().ContainSingle().Which.Subject.Should().Be("pi-001");
        var ack = await bench.AckWhere(ack => ack.UpTo == 3);
        ack.Should().BeEquivalentTo(new Ack(bench.Store.Id, Some.Epoch, 3, SeqRanges.Empty, [], bench.Store.Read(EventChain.HeadText))
        {
            Contents = pack.Readings.Aggregate(new ContentSum(1, 0), (sum, reading) => sum.With(reading)),
        });
        bench.Acks.Should().OnlyContain(item => item.Topic == "coldchain/v1/pi-001/down/ack");
    }

    [Fact]
    public async Task Pack_Twice_IsStoredOnceAndAcknowledgedAgain()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Pack(1, 30));
        await bench.SendAsync(Some.Pack(1, 30), UpKind.Backfill);

        bench.Readings().Should().HaveCount(30);
        bench.Counts.Readings.Should().Be(new ReadingCounts(30, 30, 0, 0));
        await IngestBench.Until(() => bench.Acks.Count == 2);
    }

    [Fact]
    public async Task Pack_HalfHeld_StoresTheOtherHalf()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Pack(1, 20));
        await bench.SendAsync(Some.Pack(11, 30));

        bench.Readings().Should().Equal(Some.Pack(1, 30).Readings);
        bench.Counts.Readings.Should().Be(new ReadingCounts(30, 10, 0, 0));
        bench.Stream().Held.ToString().Should().Be("1-30");
        bench.Events(EventKinds.ReadingConflict).Should().BeEmpty();
    }

    [Fact]
    public async Task Pack_AroundHeldOnes_IsAcceptedInParts()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Pack(5, 6));
        await bench.SendAsync(Some.Pack(1, 10));

        bench.Readings().Should().Equal(Some.Pack(1, 10).Readings);
        bench.Store.Read(session => PackStore.Numbered(session, Some.Device, Some.Epoch, 1, 10, WireLimits.RecordsMax))
            .Select(row => row.Accepted.ToString()).Should().Equal("5-6", "1-4,7-10");
    }

    [Fact]
    public async Task SameKey_OtherContent_KeepsBothAndMarksTheInstant()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 3));
        var first = bench.Store.Read(MarkStore.LastGeneration);

        await bench.SendAsync(Some.PackOf(Some.Reading(2, "9.5"), Some.Reading(3)));

        bench.Readings().Should().Equal(Some.Pack(1, 3).Readings, "the first one stays");
        var conflict = bench.Store.Read(session => ConflictStore.Between(session, Some.Device, Some.Start, Some.Start + TimeSpan.FromHours(1)))
            .Should().ContainSingle().Which;
        conflict.Key.Should().Be(new ReadingKey(Some.Device, Some.Epoch, 2));
        Decoded(conflict.Held).Should().Be(Some.Reading(2));
        Decoded(conflict.Other).Should().Be(Some.Reading(2, "9.5"));
        bench.Events(EventKinds.ReadingConflict).Should().ContainSingle().Which.Payload.Should().Contain("\"seqs\":\"2\"");
        bench.Store.Read(session => session.Query("SELECT from_at FROM marks WHERE generation > $first", row => new Instant(row.GetInt64(0)), ("$first", first)))
            .Should().Equal(Some.Reading(2).MeasuredAt!.Value);
        bench.Counts.Readings.Should().Be(new ReadingCounts(3, 1, 1, 0));
    }

    [Fact]
    public async Task Conflict_Repeated_IsKeptOnce()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 3));

        await bench.SendAsync(Some.PackOf(Some.Reading(2, "9.5")));
        await bench.SendAsync(Some.PackOf(Some.Reading(2, "9.5")));

        bench.Events(EventKinds.ReadingConflict).Should().ContainSingle();
    }

    [Fact]
    public async Task Reading_FromTheFuture_IsRefusedAloneAndCountsAsDelivered()
    {
        await using var bench = await IngestBench.StartAsync();
        var future = Some.Reading(2, at: Instant.Now(TimeProvider.System) + TimeSpan.FromMinutes(20));

        await bench.SendAsync(Some.PackOf(Some.Reading(1), future, Some.Reading(3)));

        bench.Readings().Select(reading => reading.Key.Seq).Should().Equal(1, 3);
        var ack = await bench.AckWhere(ack => ack.UpTo == 3);
        ack.Refused.Should().ContainSingle().Which.Should().Match<RefusedReading>(refused => refused.Seq == 2 && refused.Reason.Contains("set the clock"));
        bench.Events(EventKinds.ReadingRefused).Should().ContainSingle();
        bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().ContainSingle()
            .Which.Bytes.ToArray().Should().Equal(PackCodec.Encode(Some.PackOf(future)));
    }

    [Fact]
    public async Task Reading_JustAhead_IsStored()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.PackOf(Some.Reading(1, at: Instant.Now(TimeProvider.System) + TimeSpan.FromMinutes(5))));

        bench.Readings().Should().HaveCount(1);
    }

    [Fact]
    public async Task Reading_WithoutTrustedClock_IsStoredAndHasNoInstant()
    {
        await using var bench = await IngestBench.StartAsync();
        var unset = Some.Reading(1) with { MeasuredAt = null, Boot = "boot-1", Mono = 5000 };

        await bench.SendAsync(Some.PackOf(unset));

        bench.Readings().Should().BeEmpty();
        bench.Stream().Held.ToString().Should().Be("1");
        bench.Store.Read(MarkStore.Pending).Should().BeEmpty();
        bench.Store.Read(session => PackStore.Numbered(session, Some.Device, Some.Epoch, 1, 1, WireLimits.RecordsMax))
            .SelectMany(ReadingReader.Accepted).Should().Equal(unset);
    }

    [Fact]
    public async Task Backlog_Holes_AreSaidInTheAcknowledgement()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Pack(100, 110));
        await bench.SendAsync(Some.Pack(1, 40), UpKind.Backfill);
        var ack = await bench.AckWhere(ack => ack.UpTo == 40);
        ack.Ranges.ToString().Should().Be("100-110");

        await bench.SendAsync(Some.Pack(41, 99), UpKind.Backfill);
        (await bench.AckWhere(ack => ack.UpTo == 110)).Ranges.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Epoch_New_IsAStreamOfItsOwn()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Pack(1, 3));
        await bench.SendAsync(Some.Pack(1, 2, Some.OtherEpoch));

        bench.Events(EventKinds.StreamStarted).Select(row => row.Payload).Should().SatisfyRespectively(
            first => first.Should().Contain(Some.Epoch).And.Contain("\"epochsBefore\":0"),
            second => second.Should().Contain(Some.OtherEpoch).And.Contain("\"epochsBefore\":1"));
        (await bench.AckWhere(ack => ack.Epoch == Some.OtherEpoch)).UpTo.Should().Be(2);
        bench.Readings().Should().HaveCount(5);
    }

    [Fact]
    public async Task Acknowledged_IsThereAfterAPowerCut()
    {
        await using var bench = await IngestBench.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await bench.SendAsync(Some.Pack((i * 10) + 1, (i * 10) + 10));
        }

        await bench.AckWhere(ack => ack.UpTo > 0);
        var acknowledged = bench.Acks.Max(item => item.Ack.UpTo);
        await using var copy = bench.OpenAfterPowerCut();

        acknowledged.Should().BePositive();
        IngestBench.ReadingsIn(copy, Some.Probe).Take((int)acknowledged).Should().Equal(Some.Pack(1, acknowledged).Readings);
    }

    [Fact]
    public async Task Store_RefusesForAWhile_NothingIsLostNorDoubled()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.Store.WriteAsync(WritePriority.Decision, FullDisk.Simulate, CancellationToken.None);

        await bench.SendAsync(Some.Pack(1, 900));

        bench.Store.Health.LastError.Should().Contain("full", "the first try failed");
        bench.Readings().Should().Equal(Some.Pack(1, 900).Readings);
        (await bench.AckWhere(ack => ack.UpTo == 900)).Refused.Should().BeEmpty();
        bench.Events(EventKinds.MessageRefused).Should().BeEmpty();
    }

    private static Reading Decoded(ReadOnlyMemory<byte> bytes) =>
        PackCodec.TryDecode(Some.Device, bytes.Span, out var pack, out var error) ? pack.Readings.Single() : throw new FormatException(error);
}
