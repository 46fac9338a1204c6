using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Store;

public sealed class ReadingReaderTests
{
    [Fact]
    public async Task Readings_StoredInAnyOrder_ComeByInstantEpochAndSeq()
    {
        await using var open = new OpenStore();
        var late = Some.Reading(1, "5", Some.OtherEpoch, at: Some.Start + TimeSpan.FromMinutes(7));
        var twin = Some.Reading(2, "6", Some.OtherEpoch, at: Some.Start + TimeSpan.FromMinutes(7));
        await Store(open, Some.Pack(11, 20), Some.PackOf(late, twin), Some.Pack(1, 10));

        var read = Read(open, Some.Start, Some.Start + TimeSpan.FromHours(1));

        read.Should().Equal([.. Some.Pack(1, 7).Readings, late, twin, .. Some.Pack(8, 20).Readings]);
    }

    [Theory]
    [InlineData(5, 15, 5, 15)]
    [InlineData(10, 10, 10, 10)]
    [InlineData(0, 3, 1, 3)]
    [InlineData(18, 99, 18, 20)]
    public async Task Span_CutsPacks_BothEndsAreIncluded(int fromMinute, int toMinute, int firstSeq, int lastSeq)
    {
        await using var open = new OpenStore();
        await Store(open, Some.Pack(1, 10), Some.Pack(11, 20));

        Read(open, Some.Start + TimeSpan.FromMinutes(fromMinute), Some.Start + TimeSpan.FromMinutes(toMinute))
            .Should().Equal(Some.Pack(firstSeq, lastSeq).Readings);
    }

    [Fact]
    public async Task Span_Empty_GivesNothing()
    {
        await using var open = new OpenStore();
        await Store(open, Some.Pack(1, 10));

        Read(open, Some.Start + TimeSpan.FromMinutes(11), Some.Start + TimeSpan.FromMinutes(99)).Should().BeEmpty();
    }

    [Fact]
    public async Task Pack_AcceptedInPart_GivesThatPart()
    {
        await using var open = new OpenStore();
        await open.Write(transaction => PackStore.Insert(transaction, Some.PackRow(Some.Pack(1, 10)) with { Accepted = SeqRanges.Of(3, 4) }));

        Read(open, Instant.Beginning, Instant.End).Should().Equal(Some.Pack(3, 4).Readings);
    }

    [Fact]
    public async Task Probes_OfOneDevice_AreToldApart()
    {
        await using var open = new OpenStore();
        var air = new ProbeId(Some.Device, "air");
        await Store(open, Some.PackOf(Some.Reading(1), Some.Reading(2, probe: air), Some.Reading(3)), Some.Pack(1, 3, probe: new ProbeId(new DeviceId("pi-002"), "load")));

        open.Store.Read(session => ReadingReader.Read(session, [air], Instant.Beginning, Instant.End)).Should().Equal(Some.Reading(2, probe: air));
        open.Store.Read(session => ReadingReader.Read(session, [Some.Probe, air], Instant.Beginning, Instant.End)).Should().HaveCount(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Claims_OfPacksThatReachOverEachOther_ComeInTheOrderOfTime(int seed)
    {
        await using var open = new OpenStore();
        var random = new Random(seed);
        var other = new ProbeId(new DeviceId("pi-002"), "load");
        var readings = Enumerable.Range(1, 400).Select(seq => Some.Reading(seq, probe: seq % 3 == 0 ? other : Some.Probe, at: Some.Start + TimeSpan.FromMinutes(random.Next(600)))).ToList();
        foreach (var group in readings.GroupBy(reading => (reading.Probe, Pack: random.Next(30))))
        {
            // Numbers must ascend in a pack; time does not. One pack in thirty holds readings of the whole time.
            var members = group.Key.Pack == 0 ? [.. group] : group.OrderBy(reading => reading.MeasuredAt).ToList();
            foreach (var pack in members.Chunk(group.Key.Pack == 0 ? 100 : 4))
            {
                await Store(open, Some.PackOf([.. pack.Select((reading, i) => reading with { Key = reading.Key with { Seq = pack.Max(r => r.Key.Seq) * 1000 + i } })]));
            }
        }

        var claims = open.Store.Read(session => ReadingReader.Claims(session, [Some.Probe, other], Some.Start + TimeSpan.FromMinutes(60), Some.Start + TimeSpan.FromMinutes(500)).ToList());

        claims.Select(claim => claim.Sample.At).Should().BeInAscendingOrder();
        claims.Select(claim => (claim.Probe, claim.Sample.At, claim.Sample.Lowest)).Should().BeEquivalentTo(readings
            .Where(reading => reading.MeasuredAt >= Some.Start + TimeSpan.FromMinutes(60) && reading.MeasuredAt <= Some.Start + TimeSpan.FromMinutes(500))
            .Select(reading => (reading.Probe, reading.MeasuredAt!.Value, reading.Value!.Value.Milli)));
    }

    [Fact]
    public async Task Pack_NoLongerReadable_IsNamed()
    {
        await using var open = new OpenStore();
        await open.Write(transaction => PackStore.Insert(transaction, Some.PackRow(Some.Pack(1, 2)) with { Bytes = new byte[] { 1, 2, 3 } }));

        var read = () => Read(open, Instant.Beginning, Instant.End);

        read.Should().Throw<InvalidDataException>().WithMessage("Pack 1 of pi-001*Restore the store from a backup*");
    }

    private static Task Store(OpenStore open, params Pack[] packs) =>
        open.Write(transaction => packs.ToList().ForEach(pack => PackStore.Insert(transaction, Some.PackRow(pack))));

    private static List<Reading> Read(OpenStore open, Instant from, Instant to) =>
        open.Store.Read(session => ReadingReader.Read(session, [Some.Probe], from, to));
}
