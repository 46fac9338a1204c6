using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Ingest;

public sealed class AckStatementTests
{
    [Fact]
    public async Task Stream_Unknown_HasNoStatement()
    {
        await using var open = new OpenStore();

        (await StatementOf(open, null)).Should().BeNull();
    }

    [Fact]
    public async Task Stream_WithEverything_IsSaidWhole()
    {
        await using var open = new OpenStore();

        var ack = await StatementOf(open, Stream("1-10,14-20,30") with { Refused = SeqRanges.Of(11, 11), Gone = SeqRanges.Of(12, 13) });

        ack.Should().BeEquivalentTo(new Ack(open.Store.Id, Some.Epoch, 20, SeqRanges.Of(30, 30), [new RefusedReading(11, "why")], open.Store.Read(EventChain.HeadText)));
    }

    [Fact]
    public async Task Stream_WithoutItsBeginning_HoldsNothingContiguous()
    {
        await using var open = new OpenStore();

        var ack = await StatementOf(open, Stream("5-9"));

        (ack!.UpTo, ack.Ranges.ToString()).Should().Be((0, "5-9"));
    }

    [Fact]
    public async Task Stream_WithManyHoles_IsCutToWhatAMessageHoldsAndStaysTrue()
    {
        await using var open = new OpenStore();
        var held = SeqRanges.From(Enumerable.Range(1, 20_000).Select(i => 2L * i));

        var ack = await StatementOf(open, Stream(held.ToString()));

        ack!.Ranges.Ranges.Should().HaveCount(AckStatement.RangesMax);
        ack.Ranges.Except(held).IsEmpty.Should().BeTrue();
        ControlCodec.EncodeAck(ack).Length.Should().BeLessThan(WireLimits.BytesMax);
    }

    [Fact]
    public async Task Stream_WithManyRefused_NamesTheNewest()
    {
        await using var open = new OpenStore();
        await open.Write(transaction => Enumerable.Range(1, 150).ToList().ForEach(seq => Refuse(transaction, seq)));

        var ack = await StatementOf(open, Stream("") with { Refused = SeqRanges.Of(1, 150) });

        ack!.UpTo.Should().Be(150);
        ack.Refused.Select(refused => refused.Seq).Should().Equal(Enumerable.Range(51, 100).Select(seq => (long)seq));
        ControlCodec.TryDecodeAck(ControlCodec.EncodeAck(ack), out _, out _).Should().BeTrue();
    }

    private static async Task<Ack?> StatementOf(OpenStore open, StreamRow? stream)
    {
        await open.Write(transaction =>
        {
            if (stream is not null)
            {
                StreamStore.Save(transaction, stream);
                Refuse(transaction, 11);
            }
        });
        return open.Store.Read(session => AckStatement.Of(session, open.Store.Id, Some.Device, Some.Epoch));
    }

    private static void Refuse(StoreTransaction transaction, long seq) =>
        RefusedStore.TryInsert(transaction, new Refusal(Some.Device, Some.Epoch, seq, "why", PackCodec.Encode(Some.Pack(seq, seq)), Some.Start));

    private static StreamRow Stream(string held) => new()
    {
        Device = Some.Device,
        Epoch = Some.Epoch,
        Held = SeqRanges.TryParse(held, out var ranges) ? ranges : throw new FormatException(held),
        FirstReceived = Some.Start,
        LastReceived = Some.Start,
    };
}
