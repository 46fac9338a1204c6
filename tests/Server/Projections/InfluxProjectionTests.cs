using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Projections;

/// <summary>The projection against a real influxd, pack by pack.</summary>
[Trait("Needs", "influxdb")]
public sealed class InfluxProjectionTests : IAsyncLifetime
{
    private static readonly CancellationToken Never = CancellationToken.None;
    private readonly FixedClock _clock = new(Some.Start + TimeSpan.FromDays(14));
    private readonly OpenStore _open = new();
    private InfluxServer _influx = null!;
    private InfluxClient _client = null!;
    private InfluxProjection _projection = null!;
    private InfluxComparison _comparison = null!;

    public async Task InitializeAsync()
    {
        _influx = await InfluxServer.StartedAsync();
        _client = new InfluxClient(_influx.Options);
        _projection = new InfluxProjection(_open.Store, _client, _clock);
        _comparison = new InfluxComparison(_open.Store, new InfluxQueries(_client), _projection, _clock);
    }

    public async Task DisposeAsync()
    {
        _projection.Dispose();
        _client.Dispose();
        await _influx.DisposeAsync();
        await _open.DisposeAsync();
    }

    [Fact]
    public async Task Readings_OfManyBatches_AreAllThere_EachDay()
    {
        for (var first = 1; first <= 12_000; first += 400)
        {
            await StoreAsync(Some.Pack(first, first + 399));
        }

        await ProjectAsync();

        (await _comparison.CompareAsync(30, rests: 0, Never)).Should().BeEmpty();
        (await CountAsync()).Should().Be(12_000);
        (await _influx.QueryAsync("SELECT celsius FROM temperature WHERE seq = 1700"))["series"]![0]!["values"]![0]![1]!.GetValue<decimal>().Should().Be(5.7m);
    }

    [Fact]
    public async Task Readings_OfEveryKind_ArriveAsTheyAre()
    {
        await StoreAsync(Some.PackOf(
            Some.Reading(1, "4"),
            Some.Reading(2) with { Value = null, Fault = "odd \"\\ reason, with = signs" },
            Some.Reading(3) with { MeasuredAt = null, Boot = "b", Mono = 5 }));
        await StoreAsync(Some.PackOf(Some.Reading(1, "5", epoch: Some.OtherEpoch)));

        await ProjectAsync();

        (await CountAsync()).Should().Be(2, "equal instants of two epochs are two points");
        (await _influx.QueryAsync("SELECT reason FROM fault"))["series"]![0]!["values"]![0]![1]!.GetValue<string>().Should().Be("odd \"\\ reason, with = signs");
        _projection.Skipped.Should().Be(1);
    }

    [Fact]
    public async Task Readings_WithoutATrustedClock_AreWrittenOnceAnAnchorDatesThem()
    {
        await StoreAsync(Some.PackOf(Some.Reading(1, "4"), Some.Reading(2) with { MeasuredAt = null, Boot = "b", Mono = 180_000 }));
        await ProjectAsync();
        (await CountAsync()).Should().Be(1);

        await _open.Write(transaction => AnchorStore.TryInsert(transaction, Some.Device, new ClockAnchor("b", 0, Some.Start, 10), Some.Start));
        _open.Store.Read(InfluxProjection.IsRewriting).Should().BeTrue("InfluxDB lacks what can be dated now");
        await ProjectAsync();

        (await CountAsync()).Should().Be(2);
        (await _comparison.CompareAsync(30, rests: 0, Never)).Should().BeEmpty();
    }

    [Fact]
    public async Task Cursor_WhileInfluxIsDown_StaysWhereItIs()
    {
        await StoreAsync(Some.Pack(1, 10));
        await ProjectAsync();
        await _influx.KillAsync();
        await StoreAsync(Some.Pack(11, 20));

        await _projection.Invoking(projection => projection.WriteNextAsync(Never)).Should().ThrowAsync<InfluxException>().WithMessage("*does not answer*Start it*");
        _open.Store.Read(InfluxProjection.PacksBehind).Should().Be(1);

        await _influx.StartAsync();
        await ProjectAsync();
        (await CountAsync()).Should().Be(20);
    }

    [Fact]
    public async Task Database_ThatWasDropped_IsFilledAgainFromTheFirstPack()
    {
        await StoreAsync(Some.Pack(1, 10));
        await ProjectAsync();
        await _influx.QueryAsync("DROP DATABASE coldchain");
        await StoreAsync(Some.Pack(11, 20));

        await ProjectAsync();

        (await CountAsync()).Should().Be(20);
    }

    [Fact]
    public async Task Points_ThatVanished_AreADifference_UntilTheProjectionIsRebuilt()
    {
        await StoreAsync(Some.Pack(1, 10));
        await ProjectAsync();
        await _influx.QueryAsync("DROP MEASUREMENT temperature");

        (await _comparison.CompareAsync(30, rests: 0, Never)).Should().Equal(
            new CountDifference(new DeviceDay(Some.Device, DeviceDay.StartOf(Some.Start)), Stored: 10, Projected: 0));
        Events(EventKinds.ProjectionDiffers).Should().ContainSingle().Which.Payload.Should().Contain("\"stored\":10");

        (await _comparison.CompareAsync(30, rests: 0, Never)).Should().NotBeEmpty();
        Events(EventKinds.ProjectionDiffers).Should().ContainSingle("the same is not told twice");

        await _projection.RebuildAsync(Never);
        await _comparison.Invoking(comparison => comparison.CompareAsync(30, rests: 0, Never)).Should().ThrowAsync<InfluxException>("half of it is there").WithMessage("*again*");
        await ProjectAsync();
        (await _comparison.CompareAsync(30, rests: 0, Never)).Should().BeEmpty();
        Events(EventKinds.ProjectionEqualAgain).Should().ContainSingle("a repair is told as well");
    }

    [Fact]
    public async Task Lines_OfAPoisonedField_ArePassedOverAndTold_AndAllOthersAreWritten()
    {
        // InfluxDB fixes the type of a field for each shard, which is a week.
        await _influx.QueryAsync("CREATE DATABASE coldchain");
        await _influx.WriteAsync($"temperature,device=other celsius=\"warm\" {Some.Start.Milliseconds}");
        var nextWeek = Enumerable.Range(9, 8).Select(seq => Some.Reading(seq, at: Some.Start + TimeSpan.FromDays(7) + TimeSpan.FromMinutes(seq)));
        await StoreAsync(Some.PackOf([.. Some.Pack(1, 7).Readings, Some.Reading(8) with { Value = null, Fault = "power-on" }, .. nextWeek]));

        await ProjectAsync();

        (await _influx.NumberAsync($"SELECT count(seq) FROM temperature WHERE device = '{Some.Device}'")).Should().Be(8);
        (await _influx.NumberAsync("SELECT count(reason) FROM fault")).Should().Be(1);
        _projection.Refused.Should().Be(7);
        Events(EventKinds.ProjectionRefused).Should().ContainSingle().Which.Payload.Should().Contain("\"readings\":7").And.Contain("type conflict");
        _open.Store.Read(InfluxProjection.PacksBehind).Should().Be(0);
    }

    [Fact]
    public async Task Lines_ThatGoOnBeingRefused_ShareAnEventInEachInterval()
    {
        await _influx.QueryAsync("CREATE DATABASE coldchain");
        await _influx.WriteAsync($"temperature,device=other celsius=\"warm\" {Some.Start.Milliseconds}");
        for (var first = 1; first <= 30; first += 10)
        {
            await StoreAsync(Some.Pack(first, first + 9));
            await ProjectAsync();
        }

        Events(EventKinds.ProjectionRefused).Should().ContainSingle().Which.Payload.Should().Contain("\"readings\":10");

        _clock.Now += TimeSpan.FromMinutes(10);
        await ProjectAsync();

        Events(EventKinds.ProjectionRefused).Should().HaveCount(2).And.Subject.Last().Payload.Should().Contain("\"readings\":20");
    }

    [Fact]
    public async Task Difference_ThatWasToldBeforeARestart_IsToldAgainOnlyWhenItChanges()
    {
        await StoreAsync(Some.Pack(1, 10));
        await ProjectAsync();
        await _influx.QueryAsync("DROP MEASUREMENT temperature");
        await _comparison.CompareAsync(30, rests: 0, Never);

        var restarted = new InfluxComparison(_open.Store, new InfluxQueries(_client), _projection, _clock);
        await restarted.CompareAsync(30, rests: 0, Never);
        Events(EventKinds.ProjectionDiffers).Should().ContainSingle();

        await StoreAsync(Some.Pack(11, 20));
        await ProjectAsync();
        await restarted.CompareAsync(30, rests: 0, Never);
        Events(EventKinds.ProjectionDiffers).Should().HaveCount(2).And.Subject.Last().Payload.Should().Contain("\"stored\":20,\"projected\":10");
    }

    [Fact]
    public async Task Points_ThatSomebodyElseWrote_AreADifference()
    {
        await StoreAsync(Some.Pack(1, 10));
        await ProjectAsync();
        await _influx.WriteAsync($"temperature,device=it's\\ other,probe=p,epoch=e celsius=1.0 {Some.Start.Milliseconds}");

        (await _comparison.CompareAsync(30, rests: 0, Never)).Should().Equal(
            new CountDifference(new DeviceDay(new("it's other"), DeviceDay.StartOf(Some.Start)), Stored: 0, Projected: 1));
    }

    [Fact]
    public async Task Backlog_OfALongOutage_IsReadInBatchesOfALimitedSize()
    {
        for (var first = 1; first <= 60_000; first += 500)
        {
            await StoreAsync(Some.Pack(first, first + 499));
        }

        var batch = _open.Store.Read(session => ReadingBatch.After(session, 0, 0));

        batch.Lines.Should().HaveCount(5000, "what is read and sent at a time does not grow with what waits");
        batch.LastPack.Should().Be(10);
        await ProjectAsync();
        (await CountAsync()).Should().Be(60_000);
    }

    [Fact]
    public async Task Lines_OfABatchThatIsTooLarge_AreSentInSmallerOnes()
    {
        await using var narrow = await InfluxServer.StartedAsync("max-body-size = 3000");
        using var client = new InfluxClient(narrow.Options);
        using var projection = new InfluxProjection(_open.Store, client, _clock);
        await StoreAsync(Some.Pack(1, 900));

        while (await projection.WriteNextAsync(Never))
        {
        }

        (await narrow.NumberAsync("SELECT count(celsius) FROM temperature")).Should().Be(900);
        projection.Refused.Should().Be(0);
    }

    [Fact]
    public async Task Influx_ThatAsksWhoIsThere_IsWrittenToByItsUser_AndByNobodyElse()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("password"), "secret\n");
        await using var guarded = await InfluxServer.StartedAsync("auth-enabled = true");
        await guarded.QueryAsync("CREATE USER writer WITH PASSWORD 'secret' WITH ALL PRIVILEGES");
        using var stranger = new InfluxClient(guarded.Options);
        using var client = new InfluxClient(guarded.Options with { User = "writer", PasswordFile = folder.File("password") });
        using var refused = new InfluxProjection(_open.Store, stranger, _clock);
        using var projection = new InfluxProjection(_open.Store, client, _clock);
        await StoreAsync(Some.Pack(1, 10));

        await refused.Invoking(it => it.WriteNextAsync(Never)).Should().ThrowAsync<InfluxException>().WithMessage("*401*");
        _open.Store.Read(InfluxProjection.PacksBehind).Should().Be(1);
        while (await projection.WriteNextAsync(Never))
        {
        }

        var comparison = new InfluxComparison(_open.Store, new InfluxQueries(client), projection, _clock);
        (await comparison.CompareAsync(30, rests: 0, Never)).Should().BeEmpty("what was counted is the ten that were written");
    }

    private Task StoreAsync(Pack pack) => _open.Write(transaction =>
        UndatedStore.Insert(transaction, PackStore.Insert(transaction, Some.PackRow(pack)), pack.Readings));

    private async Task ProjectAsync()
    {
        while (await _projection.WriteNextAsync(Never))
        {
        }
    }

    private Task<long> CountAsync() => _influx.NumberAsync("SELECT count(celsius) FROM temperature");

    private List<EventRow> Events(string kind) => [.. _open.Store.Read(session => EventLog.Read(session, 0, 100)).Where(row => row.Kind == kind)];
}
