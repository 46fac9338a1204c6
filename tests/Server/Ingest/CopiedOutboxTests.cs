using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Ingest;

/// <summary>Two outboxes of one epoch: noticed by the server, whatever the devices themselves notice.</summary>
public sealed class CopiedOutboxTests
{
    [Fact]
    public async Task Boot_ThatReturnsAfterAnother_IsToldWithBoth()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Beat("a", mono: 100));
        await bench.SendAsync(Beat("b", mono: 5));
        bench.Events(EventKinds.OutboxCloned).Should().BeEmpty("a device was started again");

        await bench.SendAsync(Beat("a", mono: 160));

        var told = Told(bench).Should().ContainSingle().Which;
        Text(told, "evidence", "epoch").Should().Be($"boot-returned {Some.Epoch}");
        told["boots"]!.AsArray().Select(boot => (string?)boot).Should().Equal("b", "a");
        Text(told, "reason").Should().Contain("memory card");
        bench.Count(CountedAs.OutboxCloned).Should().Be(1);
    }

    [Fact]
    public async Task Boots_ThatAlternate_AreToldOnceAndCounted()
    {
        await using var bench = await IngestBench.StartAsync();

        for (var minute = 0; minute < 10; minute++)
        {
            await bench.SendAsync(Beat(minute % 2 == 0 ? "a" : "b", mono: minute));
        }

        Told(bench).Should().ContainSingle();
        bench.Count(CountedAs.OutboxCloned).Should().Be(8);
    }

    [Fact]
    public async Task Heartbeat_DeliveredLate_IsNoSign()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Beat("a", mono: 100, lastSeq: 7));
        await bench.SendAsync(Beat("b", mono: 5, lastSeq: 9));
        await bench.SendAsync(Beat("b", mono: 65, lastSeq: 10));
        await bench.SendAsync(Beat("a", mono: 100, lastSeq: 10));
        await bench.SendAsync(Beat("b", mono: 5, lastSeq: 9));

        Told(bench).Should().BeEmpty("a boot that was over is heard once more, and says nothing that it had not said");
    }

    [Fact]
    public async Task Numbers_ThatFell_AreToldAsAnOlderCopy()
    {
        await using var bench = await IngestBench.StartAsync();

        await bench.SendAsync(Beat("a", mono: 100, lastSeq: 150));
        await bench.SendAsync(Beat("b", mono: 5, lastSeq: 100));

        var told = Told(bench).Should().ContainSingle().Which;
        Text(told, "evidence").Should().Be("numbers-fell");
        Text(told, "reason").Should().Contain("up to 150 and now up to 100");
    }

    [Fact]
    public async Task OlderCopy_DoesNotHideWhatTheNewerOneOwed()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 150));
        await bench.SendAsync(Beat("a", mono: 100, lastSeq: 155));

        await bench.SendAsync(Beat("b", mono: 5, lastSeq: 100));
        bench.Stream().Owed().ToString().Should().Be("151-155", "the copy knows nothing of them");

        await bench.SendAsync(Some.Status(epoch: Some.OtherEpoch) with
        {
            At = $"{Some.Start + TimeSpan.FromMinutes(156)}", Previous = new PreviousOutbox(Some.Epoch, SeqRanges.Of(95, 100), false), LastSeq = 6,
        });
        bench.Store.Read(session => DeviceStreams.Of(session, Some.Device)).Losses.Should().ContainSingle().Which.Rows.ToString().Should().Be("151-155", "nobody is left to deliver them");
    }

    [Fact]
    public async Task Number_UsedTwice_IsToldWithTheBootsOfBoth()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.PackOf(Some.Reading(1) with { Boot = "a", Mono = 1 }));

        await bench.SendAsync(Some.PackOf(Some.Reading(1, "9.5") with { Boot = "b", Mono = 1 }));

        var told = Told(bench).Should().ContainSingle().Which;
        Text(told, "evidence").Should().Be("number-reused");
        told["boots"]!.AsArray().Select(boot => (string?)boot).Should().Equal("a", "b");
    }

    [Fact]
    public async Task Device_ThatLeftItsCopy_IsToldOnceHoweverOftenItSaysSo_AndWhateverWasToldBefore()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.PackOf(Some.Reading(1)));
        await bench.SendAsync(Some.PackOf(Some.Reading(1, "9.5")));

        for (var minute = 0; minute < 3; minute++)
        {
            await bench.SendAsync(Some.Status(epoch: Some.OtherEpoch) with { Previous = new PreviousOutbox(Some.Epoch, SeqRanges.Empty, false), Mono = minute });
        }

        Told(bench).Select(told => Text(told, "evidence", "epoch")).Should().Equal($"number-reused {Some.Epoch}", $"told-by-device {Some.OtherEpoch}");
        bench.Count(CountedAs.OutboxCloned).Should().Be(2);
    }

    [Fact]
    public async Task Boots_OfALongLife_AreRememberedUpToALimit()
    {
        await using var bench = await IngestBench.StartAsync();

        for (var boot = 0; boot < CopiedOutbox.BootsMax + 5; boot++)
        {
            await bench.SendAsync(Beat($"boot-{boot}", mono: 1));
        }

        bench.Stream().Boots.Should().HaveCount(CopiedOutbox.BootsMax).And.EndWith(new HeardBoot($"boot-{CopiedOutbox.BootsMax + 4}", 1));
        Told(bench).Should().BeEmpty();
    }

    [Fact]
    public async Task Statement_SumsTheContentsThatItCovers_RefusedOnesIncluded()
    {
        await using var bench = await IngestBench.StartAsync();
        var future = Some.Reading(2, at: Instant.Now(TimeProvider.System) + TimeSpan.FromDays(1));
        Reading[] readings = [Some.Reading(1), future, Some.Reading(3)];

        await bench.SendAsync(Some.PackOf(readings));
        await bench.SendAsync(Some.PackOf(readings), UpKind.Backfill);
        await bench.SendAsync(Some.PackOf(Some.Reading(3, "9.5")));
        await bench.SendAsync(Some.Status(gone: [new Gone(4, 9, "card worn out")]));

        (await bench.AckWhere(ack => ack.UpTo == 9)).Contents
            .Should().Be(readings.Aggregate(new ContentSum(1, 0), (sum, reading) => sum.With(reading)), "what came first counts, and once");
    }

    [Fact]
    public async Task Stream_OfAnEarlierVersion_IsSummedFromWhereItIs()
    {
        await using var bench = await IngestBench.StartAsync();
        await bench.SendAsync(Some.Pack(1, 10));
        await bench.Store.WriteAsync(
            WritePriority.Decision,
            transaction => StreamStore.Save(transaction, StreamStore.Find(transaction, Some.Device, Some.Epoch)! with { Contents = null }),
            CancellationToken.None);

        await bench.SendAsync(Some.Pack(11, 12));

        (await bench.AckWhere(ack => ack.UpTo == 12)).Contents.Should().Be(new ContentSum(11, 0).With(Some.Reading(11)).With(Some.Reading(12)));
    }

    private static Status Beat(string boot, long mono, long lastSeq = 0) => Some.Status() with { Boot = boot, Mono = mono, LastSeq = lastSeq };

    private static List<JsonNode> Told(IngestBench bench) => bench.Events(EventKinds.OutboxCloned).ConvertAll(row => JsonNode.Parse(row.Payload)!);

    private static string Text(JsonNode node, params string[] names) => string.Join(' ', names.Select(name => node[name]?.ToString() ?? "null"));
}
