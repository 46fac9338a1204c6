using System.Text.Json.Nodes;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Fleet;

/// <summary>A change of a rule counts from the start that first saw it; what lies before keeps the rule of its time.</summary>
public sealed class RulePackHistoryTests : IAsyncDisposable
{
    private readonly OpenStore _open = new();
    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();

    private string Folder => Path.GetDirectoryName(_folder.File("eu-edqm.json"))!; // A file in a folder has one.

    [Fact]
    public async Task Pack_Changed_JudgesFromNowOn()
    {
        Write(high: 6);
        await LoadAsync();
        _clock.Advance(TimeSpan.FromDays(10));
        Write(high: 5);

        var packs = await LoadAsync();

        packs.Select(dated => dated.From).Should().Equal(Instant.Beginning, Instant.Now(_clock));
        var spans = Spans(packs);
        spans.Select(span => span.Rule.High!.Value.Milli).Should().Equal(6000, 5000);
        spans[0].To.Should().Be(Instant.Now(_clock)).And.Be(spans[1].From);
        spans.Select(span => span.Rule.Citation.Hash).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Pack_Unchanged_IsTakenOnce()
    {
        Write(high: 6);
        await LoadAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        (await LoadAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Pack_TakenWhileTheClockWasAhead_GivesWayToTheNextOne()
    {
        var clock = new FixedClock(Scene.At("06:00"));
        Write(high: 6);
        await LoadAsync(clock);
        clock.Now += TimeSpan.FromDays(400);
        Write(high: 5);
        await LoadAsync(clock);
        clock.Now = Scene.At("08:00");
        Write(high: 4);

        var spans = Spans(await LoadAsync(clock));

        spans.Select(span => (span.Rule.High!.Value.Milli, span.From, span.To)).Should().Equal(
            (6000, new Instant(0), Scene.At("08:00")), (4000, Scene.At("08:00"), Instant.End));
    }

    [Fact]
    public async Task Pack_TakenWhileTheClockWasAhead_ComesIntoForceOnceItIsSetRight()
    {
        var clock = new FixedClock(Scene.At("06:00"));
        Write(high: 6);
        await LoadAsync(clock);
        clock.Now += TimeSpan.FromDays(400);
        Write(high: 5);
        await LoadAsync(clock);
        clock.Now = Scene.At("08:00");

        var spans = Spans(await LoadAsync(clock));

        spans.Select(span => (span.Rule.High!.Value.Milli, span.From)).Should().Equal((6000, new Instant(0)), (5000, Scene.At("08:00")));
        (await LoadAsync(clock)).Should().HaveCount(3, "it is in force now, and is not taken again");
    }

    public async ValueTask DisposeAsync()
    {
        await _open.DisposeAsync();
        _folder.Dispose();
    }

    private Task<IReadOnlyList<DatedPack>> LoadAsync(TimeProvider? clock = null) =>
        RulePackHistory.LoadAsync(_open.Store, Folder, clock ?? _clock, CancellationToken.None);

    private static IReadOnlyList<Core.Excursions.RuleSpan> Spans(IReadOnlyList<DatedPack> packs)
    {
        var probe = new ProbeId(new DeviceId("pi-1"), "load");
        var period = new UnitPeriod(new Instant(0), Instant.End, "eu-edqm", ["RBC"], StorageContext.Storage, [new FleetProbe(probe, ProbeRole.Load, 0)]);
        var unit = new StorageUnit(new StorageUnitId("fridge"), "Fridge", "site", StorageUnitKind.Refrigerator, [period]);
        return PlanBuilder.Build(new FleetHistory([], [], [unit], []), packs).All.Single().Probes.Single().Judge.Spans;
    }

    private void Write(int high)
    {
        var pack = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "storage-rules", "eu-edqm.json")))!.AsObject();
        var row = pack["products"]!.AsArray().First(product => (string?)product!["product"] == "RBC")!.DeepClone().AsObject();
        row["limits"]!["high"]!["value"] = high;
        row["warning"]!["high"]!["value"] = high - 0.5;
        pack["products"] = new JsonArray(row);
        File.WriteAllText(_folder.File("eu-edqm.json"), pack.ToJsonString());
    }
}
