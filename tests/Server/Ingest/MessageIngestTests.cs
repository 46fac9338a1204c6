using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Ingest;

public sealed class MessageIngestTests
{
    private static readonly DeviceId Gateway = new("gateway");

    [Fact]
    public async Task Poison_ThenGood_KeepsTheOneAndStoresTheOther()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Device, UpKind.Live, "this is no pack");
        await bench.SendAsync(Some.Pack(1, 3));

        bench.Readings().Should().HaveCount(3);
        var refused = bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().ContainSingle().Which;
        Encoding.UTF8.GetString(refused.Bytes.Span).Should().Be("this is no pack");
        refused.Reason.Should().Contain("not JSON");
        bench.Events(EventKinds.MessageRefused).Should().ContainSingle().Which.Payload.Should().Contain("not JSON");
    }

    [Fact]
    public async Task Poison_Repeated_IsKeptOnceAndToldOnce()
    {
        await using var bench = await IngestBench.StartAsync();

        for (var i = 0; i < 5; i++)
        {
            await bench.SendAsync(Some.Device, UpKind.Backfill, "{");
        }

        bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().ContainSingle();
        bench.Events(EventKinds.MessageRefused).Should().ContainSingle();
        bench.Counts.MessagesRefused.Should().Be(5);
    }

    [Fact]
    public async Task Stranger_IsRefusedToldOnceAndNotAcknowledged()
    {
        await using var bench = await IngestBench.StartAsync();
        var stranger = new ProbeId(new DeviceId("stranger"), "load");

        await bench.SendAsync(Some.Pack(1, 3, probe: stranger));
        await bench.SendAsync(Some.Pack(4, 6, probe: stranger));
        await bench.SendAsync(Some.Pack(1, 1));
        await bench.AckWhere(ack => ack.UpTo == 1);

        bench.Events(EventKinds.MessageRefused).Should().ContainSingle().Which.Payload.Should().Contain("not in the fleet");
        bench.Readings(stranger).Should().BeEmpty();
        bench.Acks.Should().OnlyContain(item => item.Topic == "coldchain/v1/pi-001/down/ack");
    }

    [Fact]
    public async Task Heartbeat_IsKeptAndAnswered()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Status());

        (await bench.AckWhere(ack => ack.Epoch == Some.Epoch)).UpTo.Should().Be(0);
        ControlCodec.TryDecodeStatus(Encoding.UTF8.GetBytes(bench.Stream().Status!), out var status, out _).Should().BeTrue();
        status.Software.Should().Be("edge 0.1.0");
        bench.Stream().StatusAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Gone_IsRecordedOnceMarkedAndSettled()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 10));
        await bench.SendAsync(Some.Pack(21, 30));
        var first = bench.Store.Read(MarkStore.LastGeneration);

        await bench.SendAsync(Some.Status(gone: [new Gone(11, 20, "card worn out")]));
        await bench.SendAsync(Some.Status(gone: [new Gone(11, 20, "card worn out")]));

        bench.Events(EventKinds.StreamGone).Should().ContainSingle().Which.Payload.Should().Contain("11-20").And.Contain("card worn out");
        bench.Store.Read(session => session.Query("SELECT from_at FROM marks WHERE generation > $first", row => new Instant(row.GetInt64(0)), ("$first", first)))
            .Should().Equal([Some.Reading(10).MeasuredAt!.Value], "the unit is judged again from the last reading before the loss");
        (await bench.AckWhere(ack => ack.UpTo == 30)).Ranges.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Gone_ButSentAfterAll_IsHeld()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Status(gone: [new Gone(1, 10, "thought lost")]));
        await bench.SendAsync(Some.Pack(4, 6));

        bench.Stream().Gone.ToString().Should().Be("1-3,7-10");
        bench.Stream().Held.ToString().Should().Be("4-6");
    }

    [Fact]
    public async Task Heartbeat_NamingAnotherStore_IsTold()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Status(foreignStore: "another-store"));

        bench.Events(EventKinds.StreamForeignStore).Should().ContainSingle().Which.Payload.Should().Contain("another-store");
    }

    [Fact]
    public async Task ForeignDevice_SameReadingsTwice_AreStoredOnceAndNotAcknowledged()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Gateway, UpKind.Live, Foreign(0, 4.2m, 4.3m));
        await bench.SendAsync(Gateway, UpKind.Live, Foreign(0, 4.2m, 4.3m));
        await bench.SendAsync(Gateway, UpKind.Live, Foreign(60, 4.3m, 4.4m));
        await bench.SendAsync(Some.Pack(1, 1));
        await bench.AckWhere(ack => ack.UpTo == 1);

        var readings = bench.Readings(new ProbeId(Gateway, "load"));
        readings.Select(reading => reading.Value!.Value.ToString()).Should().Equal("4.2", "4.3", "4.4");
        readings.Should().OnlyContain(reading => reading.Key.Epoch == PackStore.ForeignEpoch);
        readings.Select(reading => reading.Key.Seq).Should().OnlyHaveUniqueItems();
        bench.Stream(PackStore.ForeignEpoch, Gateway).Held.ToString().Should().Be("1-4", "a repeated reading takes a number too");
        bench.Acks.Should().OnlyContain(item => item.Topic == "coldchain/v1/pi-001/down/ack");
        bench.Store.Read(MarkStore.Pending).Should().ContainSingle().Which.From.Should().Be(Some.Start);
    }

    [Fact]
    public async Task ForeignDevice_OtherValueAtThatInstant_IsASecondReading()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Gateway, UpKind.Live, Foreign(0, 4.2m));
        await bench.SendAsync(Gateway, UpKind.Live, Foreign(0, 9.9m));

        bench.Readings(new ProbeId(Gateway, "load")).Select(reading => reading.Value!.Value.ToString()).Should().Equal("4.2", "9.9");
    }

    [Fact]
    public async Task ForeignPack_OfAnOrdinaryDevice_IsRefusedWithTheCure()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Device, UpKind.Live, """[{"bn":"pi-001/","n":"load","bt":1767600000,"v":4.2}]""");

        bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().ContainSingle().Which.Reason.Should().Contain("foreign: true");
    }

    [Fact]
    public async Task Link_CutWhenTheAckIsDue_AckComesAfterwards()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 3));
        await bench.AckWhere(ack => ack.UpTo == 3);

        bench.Network.Cut("live");
        await bench.SendAsync(Some.Pack(4, 6), UpKind.Backfill);
        bench.Network.Restore("live");

        (await bench.AckWhere(ack => ack.UpTo == 6)).Ranges.IsEmpty.Should().BeTrue();
    }

    // One reading a minute from 2026-01-05T08:00:00Z on, as another vendor's gateway would send it.
    private static string Foreign(int second, params decimal[] values)
    {
        var records = values.Select((value, i) => FormattableString.Invariant($$"""{"n":"gateway/load","u":"Cel","t":{{1767600000 + second + (60 * i)}},"v":{{value}}}"""));
        return $"[{string.Join(',', records)}]";
    }
}
