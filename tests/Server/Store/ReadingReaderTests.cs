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
