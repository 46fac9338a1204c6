using ColdChain.Hosting.Clocks;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Server.Tests.Ingest;

/// <summary>A server that started at its last shutdown, two hours ago, and has no time server yet: its devices know better.</summary>
public sealed class ServerClockTests
{
    [Fact]
    public async Task Reading_AheadOfAClockThatNobodyVouchesFor_StaysWithItsDevice_AndIsTakenOnceTheClockIsSet()
    {
        var clock = new FixedClock(Some.At("2026-01-05T10:00:00Z"));
        await using var bench = await IngestBench.StartAsync(clock, authority: new DeniedClock());
        var pack = Some.PackOf(Some.Reading(1, at: Some.At("2026-01-05T10:05:00Z")), Some.Reading(2, at: Some.At("2026-01-05T12:00:00Z")));

        await bench.SendAsync(pack);
        await bench.SendAsync(pack);

        bench.Readings().Select(reading => reading.Key.Seq).Should().Equal(1);
        (await bench.AckWhere(ack => ack.UpTo == 1)).Covered().Contains(2).Should().BeFalse("the device keeps what is not covered");
        bench.Store.Read(session => RefusedStore.OfDevice(session, Some.Device, 10)).Should().BeEmpty();
        bench.Events(EventKinds.ReadingLeft).Should().ContainSingle().Which.Payload.Should().Contain("nobody vouches for this clock");
        bench.Count(CountedAs.ReadingLeft).Should().Be(2, "it came twice");

        clock.Now = Some.At("2026-01-05T12:00:30Z");
        await bench.SendAsync(pack);

        bench.Readings().Select(reading => reading.Key.Seq).Should().Equal(1, 2);
        (await bench.AckWhere(ack => ack.UpTo == 2)).Refused.Should().BeEmpty();
    }

    [Fact]
    public async Task Pack_WhollyAhead_IsAnsweredWithoutIt()
    {
        var clock = new FixedClock(Some.At("2026-01-05T10:00:00Z"));
        await using var bench = await IngestBench.StartAsync(clock, authority: new DeniedClock());

        await bench.SendAsync(Some.PackOf(Some.Reading(1, at: Some.At("2026-01-05T12:00:00Z"))));

        bench.Readings().Should().BeEmpty();
        (await bench.AckWhere(ack => ack.UpTo == 0)).Ranges.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public async Task Reading_BeforeItsSupervision_IsRefusedWhateverTheClock()
    {
        await using var bench = await IngestBench.StartAsync(new FixedClock(Some.At("2026-01-05T10:00:00Z")), authority: new DeniedClock());

        await bench.SendAsync(Some.PackOf(Some.Reading(1, at: Some.At("2010-01-01T00:00:00Z"))));

        bench.Count(CountedAs.ReadingBeforeSupervision).Should().Be(1);
    }
}
