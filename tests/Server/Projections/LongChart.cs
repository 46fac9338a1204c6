using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Fleet;
using ColdChain.Server.Projections;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Projections;

/// <summary>A week of one storage unit, one reading a minute of two probes, in a record store and in an InfluxDB; and its chart from both.</summary>
internal sealed class LongChart : IAsyncDisposable
{
    public static readonly TimeSpan Length = TimeSpan.FromDays(7);
    public static readonly Instant From = Some.At("2026-03-02T00:00:00Z");
    public static readonly ProbeId Load = new(Some.Device, "load");
    public static readonly ProbeId Air = new(Some.Device, "air");

    private const int PackMinutes = 200;
    private static readonly CancellationToken Never = CancellationToken.None;

    private readonly OpenStore _open = new();
    private readonly InfluxClient _client;
    private readonly InfluxProjection _projection;
    private readonly InfluxComparison _comparison;
    private readonly InfluxLines _lines;
    private readonly IReadOnlyList<RulePack> _packs = RulePackFolder.Read(RulePackFolder.Default);
    private readonly StorageUnit _unit;
    private long _lastSeq;

    public LongChart(InfluxOptions options, TimeProvider? clock = null)
    {
        clock ??= new FixedClock(From + Length);
        _client = new InfluxClient(options);
        _projection = new InfluxProjection(_open.Store, _client, clock);
        _comparison = new InfluxComparison(_open.Store, new InfluxQueries(_client), _projection, clock);
        _lines = new InfluxLines(_open.Store, new InfluxQueries(_client), _comparison, clock);

        // In the middle of the week the load probe is calibrated anew.
        _unit = new StorageUnit(new("fridge-1"), "Fridge 1", "rabat", StorageUnitKind.Refrigerator,
        [
            Period(From - TimeSpan.FromDays(1), At(3, 9), offset: -125),
            Period(At(3, 9), Instant.End, offset: 250),
        ]);
    }

    /// <summary>An instant of the week.</summary>
    public static Instant At(int day, double hour) => From + TimeSpan.FromDays(day) + TimeSpan.FromHours(hour);

    /// <summary>Stores what both probes measured in [from, to): a cycle of the compressor, coarse enough for equal extremes.</summary>
    public async Task MeasureAsync(Instant from, Instant to)
    {
        for (var start = from; start < to; start += TimeSpan.FromMinutes(PackMinutes))
        {
            var end = Instant.Min(start + TimeSpan.FromMinutes(PackMinutes), to);
            var readings = new List<Reading>();
            for (var at = start; at < end; at += TimeSpan.FromMinutes(1))
            {
                var minute = (at - From).TotalMinutes;
                readings.Add(Reading(Load, at, 4_000 + 50 * (int)(20 * Math.Sin(minute / 37))));
                readings.Add(Reading(Air, at, 4_200 + 50 * (int)(40 * Math.Sin(minute / 11))));
            }

            await StoreAsync(new Pack(Some.Device, Some.Epoch, readings));
        }
    }

    /// <summary>Stores one temperature of the load probe; by default as the next of the same outbox.</summary>
    public Task MeasureAsync(Instant at, int milli, string epoch = Some.Epoch) =>
        StoreAsync(new Pack(Some.Device, epoch, [Reading(Load, at, milli) with { Key = new(Some.Device, epoch, epoch == Some.Epoch ? ++_lastSeq : 1) }]));

    /// <summary>Two contents under the key of the load probe's reading at an instant.</summary>
    public Task ContradictAsync(Instant at) => _open.Write(transaction => ConflictStore.TryInsert(transaction, new ConflictRow(
        0, new ReadingKey(Some.Device, Some.Epoch, 1), Load, at, Content(at, 4_000), Content(at, 7_000), at, at)));

    /// <summary>The judgement found a spike of the load probe.</summary>
    public Task DisbelieveAsync(Instant from, Instant to) => _open.Write(transaction => ConditionStore.Save(transaction, new ConditionRow
    {
        Unit = _unit.Id, Condition = new Condition(ConditionKind.ProbeSpike, Load, from, to, to), DiscoveredAt = to, UpdatedAt = to,
    }));

    public Task StoreAsync(Pack pack) => _open.Write(transaction => PackStore.Insert(transaction, Some.PackRow(pack)));

    public async Task ProjectAsync()
    {
        while (await _projection.WriteNextAsync(Never))
        {
        }
    }

    public Task CompareAsync() => _comparison.CompareAsync(32, rests: 0, Never);

    public Task<UnitSeries> FromStoreAsync() => ReadAsync(new SeriesReader(_open.Store, _packs));

    public Task<UnitSeries> FromCopyAsync() => ReadAsync(new SeriesReader(_open.Store, _packs, _lines.ReadAsync));

    public async ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _projection.Dispose();
        _client.Dispose();
        await _open.DisposeAsync();
    }

    private Task<UnitSeries> ReadAsync(SeriesReader reader) => reader.ReadAsync(_unit, From, From + Length, From + Length, Never);

    private static UnitPeriod Period(Instant from, Instant to, int offset) =>
        new(from, to, "eu-edqm", ["RBC"], StorageContext.Storage, [new FleetProbe(Load, ProbeRole.Load, offset), new FleetProbe(Air, ProbeRole.Air, 0)]);

    private Reading Reading(ProbeId probe, Instant at, int milli) =>
        new() { Key = new ReadingKey(Some.Device, Some.Epoch, ++_lastSeq), Probe = probe, MeasuredAt = at, Value = Celsius.FromMilli(milli) };

    private static byte[] Content(Instant at, int milli) => PackCodec.Encode(new Pack(Some.Device, Some.Epoch,
        [new Reading { Key = new ReadingKey(Some.Device, Some.Epoch, 1), Probe = Load, MeasuredAt = at, Value = Celsius.FromMilli(milli) }]));
}
