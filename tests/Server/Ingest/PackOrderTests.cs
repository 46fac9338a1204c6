using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Server.Tests.Ingest;

public sealed class PackOrderTests
{
    private const int SeqMax = 60;

    [Fact]
    public void Packs_AnyOrderOverlapAndRepetition_StoreEveryReadingOnce() =>
        Prop.ForAll(Packs().ToArbitrary(), packs => StoresEachOnceAsync(packs).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    /// <summary>Pieces of one stream, cut anywhere, in any order, repeated or not; together not always the whole.</summary>
    private static Gen<Pack[]> Packs() =>
        from pieces in (from first in Gen.Choose(1, SeqMax) from length in Gen.Choose(1, 30) select (first, length)).ArrayOf()
        select pieces.Select(piece => Some.Pack(piece.first, Math.Min(SeqMax, piece.first + piece.length - 1))).ToArray();

    private static async Task<bool> StoresEachOnceAsync(Pack[] packs)
    {
        await using var open = new OpenStore();
        var intake = new PackIntake(new FleetView());
        foreach (var pack in packs)
        {
            await open.Write(transaction => intake.Store(transaction, Arrival(pack)));
        }

        var sent = packs.SelectMany(pack => pack.Readings).DistinctBy(reading => reading.Key).OrderBy(reading => reading.Key.Seq);
        var stream = open.Store.Read(session => StreamStore.Find(session, Some.Device, Some.Epoch));
        var held = stream?.Held ?? SeqRanges.Empty;
        var contents = sent.Aggregate(new ContentSum(1, 0), (sum, reading) => sum.With(reading));
        return (stream is null || stream.Contents == contents)
            && IngestBench.ReadingsIn(open.Store, Some.Probe).SequenceEqual(sent)
            && held.Equals(SeqRanges.From(sent.Select(reading => reading.Key.Seq)))
            && open.Store.Read(session => ConflictStore.Between(session, Some.Device, Instant.Beginning, Instant.End)).Count == 0;
    }

    private static Arrival Arrival(Pack pack)
    {
        var bytes = PackCodec.Encode(pack);
        return new Arrival(new Inbound(pack.Device, UpKind.Live, bytes, Some.Start), pack, [], SHA256.HashData(bytes));
    }
}
