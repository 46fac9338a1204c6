using System.Text;
using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Ingest;

/// <summary>What a device says and cannot be true: counted, told once with its reason, kept, and without effect on anything else.</summary>
public sealed class LiesTests
{
    private static readonly DeviceId Gateway = new("gateway");

    [Theory]
    [InlineData("2100-01-01T00:00:00Z", CountedAs.ReadingAhead, "set the clock of the device")]
    [InlineData("1980-01-01T00:00:00Z", CountedAs.ReadingBeforeSupervision, "supervises it from 2026-01-01T00:00:00.000Z")]
    [InlineData("2010-01-01T00:00:00Z", CountedAs.ReadingBeforeSupervision, "begin its period earlier")]
    [InlineData("2025-11-30T23:59:59Z", CountedAs.ReadingBeforeSupervision, "set the device's clock")]
    public async Task Time_ThatCannotBe_IsRefusedAloneCountedAndExplained(string at, string cause, string explained)
    {
        await using var bench = await IngestBench.StartAsync();
        var impossible = Some.Reading(2, "9.9", at: Some.At(at));

        await bench.SendAsync(Some.PackOf(Some.Reading(1), impossible, Some.Reading(3)));

        bench.Readings().Select(reading => reading.Key.Seq).Should().Equal(1, 3);
        bench.Store.Read(MarkStore.Pending).Should().ContainSingle().Which.From.Should().Be(Some.Reading(1).MeasuredAt!.Value, "the past is not judged again");
        (await bench.AckWhere(ack => ack.UpTo == 3)).Refused.Should().ContainSingle().Which.Reason.Should().Contain(explained);
        bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().ContainSingle()
            .Which.Bytes.ToArray().Should().Equal(PackCodec.Encode(Some.PackOf(impossible)));
        bench.Count(cause).Should().Be(1);
        var told = Payload(bench.Events(EventKinds.ReadingRefused).Should().ContainSingle().Which);
        ((string?)told["cause"]).Should().Be(cause);
        ((string?)told["reason"]).Should().Contain(explained);
    }

    [Fact]
    public async Task Time_AMonthBeforeSupervision_IsStored()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.PackOf(Some.Reading(1, at: Some.At("2025-12-02T00:00:00Z"))));

        bench.Readings().Should().ContainSingle("a device may have run on a bench");
    }

    [Fact]
    public async Task Time_Of1970_IsNoPack_TheNextOneIsStored()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Device, UpKind.Live, $$"""[{"bn":"pi-001/","n":"load","epoch":"{{Some.Epoch}}","seq":1,"t":3600,"v":4.2}]""");
        await bench.SendAsync(Some.Pack(2, 3));

        bench.Readings().Select(reading => reading.Key.Seq).Should().Equal(2, 3);
        bench.Count(CountedAs.MessageUnreadable).Should().Be(1);
        bench.Events(EventKinds.MessageRefused).Should().ContainSingle().Which.Payload.Should().Contain("relative to now");
    }

    [Fact]
    public async Task ForeignDevice_OfTheFuture_IsCountedAsOftenAsItSaysSo()
    {
        await using var bench = await IngestBench.StartAsync();
        const string pack = """[{"n":"gateway/load","u":"Cel","t":4102444800,"v":4.2}]""";

        await bench.SendAsync(Gateway, UpKind.Live, pack);
        await bench.SendAsync(Gateway, UpKind.Live, pack);

        bench.Readings(new ProbeId(Gateway, "load")).Should().BeEmpty();
        bench.Count(CountedAs.ReadingAhead, Gateway).Should().Be(2);
        bench.Store.Read(session => RefusedStore.OfDevice(session, Gateway, 10)).Should().ContainSingle("the same bytes are kept once");
        bench.Events(EventKinds.ReadingRefused).Should().ContainSingle();
    }

    [Fact]
    public async Task Pack_NamingAnotherDevice_IsRefusedNamingBoth()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Device, UpKind.Live, PackCodec.Encode(Some.Pack(1, 3, probe: new ProbeId(new DeviceId("pi-002"), "load"))));
        await bench.SendAsync(Some.Pack(1, 3));

        bench.Readings(new ProbeId(new DeviceId("pi-002"), "load")).Should().BeEmpty();
        bench.Readings().Should().HaveCount(3);
        bench.Count(CountedAs.MessageOfAnotherDevice).Should().Be(1);
        var told = bench.Events(EventKinds.MessageRefused).Should().ContainSingle().Which;
        told.Subject.Should().Be("pi-001");
        ((string?)Payload(told)["otherDevice"]).Should().Be("pi-002");
        ((string?)Payload(told)["reason"]).Should().Contain("came on the topic of 'pi-001'").And.Contain("on its own topic");
    }

    [Fact]
    public async Task Lies_OfTwoKinds_AreToldEach()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Some.Device, UpKind.Live, "{");
        await bench.SendAsync(Some.Device, UpKind.Live, """[{"bn":"pi-002/","n":"load","t":1767600000,"v":4.2}]""");
        await bench.SendAsync(Some.Device, UpKind.Live, """[{"bn":"pi-001/","n":"load","t":1767600000,"v":4.2}]""");

        bench.Events(EventKinds.MessageRefused).Select(row => (string?)Payload(row)["cause"]).Should()
            .Equal(CountedAs.MessageUnreadable, CountedAs.MessageOfAnotherDevice, CountedAs.MessageUnnumbered);
    }

    [Theory]
    [InlineData(UpKind.Live)]
    [InlineData(UpKind.Backfill)]
    [InlineData(UpKind.Status)]
    public async Task Message_ThatABrokerKept_IsNotTakenForALivingDevice(UpKind kind)
    {
        await using var bench = await IngestBench.StartAsync();
        var payload = kind == UpKind.Status ? ControlCodec.EncodeStatus(Some.Status()) : PackCodec.Encode(Some.Pack(1, 3));

        await bench.SendAsync(Some.Device, kind, payload, isRetained: true);

        bench.Store.Read(StreamStore.All).Should().BeEmpty("nobody was heard");
        bench.Count(CountedAs.MessageRetained).Should().Be(1);
        bench.Events(EventKinds.RetainedRefused).Should().ContainSingle().Which.Payload.Should().Contain("without the retain flag");
        bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().ContainSingle().Which.Bytes.ToArray().Should().Equal(payload);

        await bench.SendAsync(Some.Device, kind, payload);
        bench.Store.Read(StreamStore.All).Should().ContainSingle("the same message is taken when the device itself sends it");
    }

    [Fact]
    public async Task ForeignPack_ThatABrokerKept_IsNotStored()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Gateway, UpKind.Live, Encoding.UTF8.GetBytes("""[{"n":"gateway/load","u":"Cel","t":1767600000,"v":4.2}]"""), isRetained: true);

        bench.Readings(new ProbeId(Gateway, "load")).Should().BeEmpty();
        bench.Count(CountedAs.MessageRetained, Gateway).Should().Be(1);
    }

    [Theory]
    [InlineData(-11, true)]
    [InlineData(11, true)]
    [InlineData(-9, false)]
    [InlineData(9, false)]
    public async Task Clock_FarFromTheServers_IsToldWithTheDifference(int minutesAhead, bool isTold)
    {
        await using var bench = await IngestBench.StartAsync();
        var at = (Instant.Now(TimeProvider.System) + TimeSpan.FromMinutes(minutesAhead)).ToString();

        await bench.SendAsync(Some.Status() with { At = at });

        bench.Count(CountedAs.ClockWrong).Should().Be(isTold ? 1 : 0);
        var told = bench.Events(EventKinds.DeviceClockWrong);
        told.Should().HaveCount(isTold ? 1 : 0);
        told.ForEach(row => ((long)Payload(row)["secondsAhead"]!).Should().BeCloseTo(minutesAhead * 60, 60));
    }

    [Fact]
    public async Task Seq_UsedAgain_IsCounted()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 3));

        await bench.SendAsync(Some.PackOf(Some.Reading(2, "9.5"), Some.Reading(3)));

        bench.Count(CountedAs.ReadingConflict).Should().Be(1);
        bench.Count(CountedAs.ReadingRepeated).Should().Be(1);
        bench.Events(EventKinds.ReadingConflict).Should().ContainSingle();
    }

    [Fact]
    public async Task Traffic_Replayed_IsCountedAndChangesNothing()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 30));
        var before = bench.Readings();

        for (var times = 0; times < 3; times++)
        {
            await bench.SendAsync(Some.Pack(1, 30));
        }

        bench.Readings().Should().Equal(before);
        bench.Count(CountedAs.ReadingRepeated).Should().Be(90);
    }

    private static JsonNode Payload(EventRow row) => JsonNode.Parse(row.Payload)!; // The log stores objects only.
}
