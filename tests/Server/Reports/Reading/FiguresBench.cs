using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>
/// A record store with samples in minutes after a beginning, written <c>0:4 5:fault 7:fault-crc 10:6.5</c>, and a rule of 2 to 6 °C that joins samples up to
/// 15 minutes apart and recommends one every 5 minutes.
/// </summary>
internal sealed class FiguresBench : IAsyncDisposable
{
    public const string Load = "pi-001/load";
    public const string Air = "pi-001/air";

    public static readonly Instant Begin = Some.Start;
    public static readonly StorageUnitId UnitId = new("fridge-1");

    private static readonly RulePack Shipped = RulePackFolder.Read(Path.Combine(Repository.Root, "storage-rules")).First(pack => pack.Id == "eu-edqm");

    private readonly OpenStore _open = new();
    private readonly Dictionary<DeviceId, long> _lastSeq = [];

    /// <summary>The rule packs; that of the bench, always in force, unless a test says otherwise.</summary>
    public IReadOnlyList<DatedPack> Packs { get; set; } = [Pack()];

    public RecordStore Store => _open.Store;

    public static Instant At(double minute) => new(Begin.Milliseconds + (long)Math.Round(minute * 60_000));

    public static ProbeId Id(string probe) => ProbeId.TryParse(probe, out var id) ? id : throw new FormatException(probe);

    /// <summary>A pack with the rule of the bench, changed where the test needs it, from a minute on.</summary>
    public static DatedPack Pack(double? fromMinute = null, Func<StorageRule, StorageRule>? change = null, string version = "1", double sampleEvery = 5)
    {
        var rule = Shipped.Find("RBC", StorageContext.Storage)! with { Low = Celsius.FromMilli(2_000), High = Celsius.FromMilli(6_000), MaxGap = TimeSpan.FromMinutes(15), LoadDelay = TimeSpan.Zero };
        var pack = Shipped with { Version = version, Hash = version, SampleEvery = TimeSpan.FromMinutes(sampleEvery), Rules = [change?.Invoke(rule) ?? rule] };
        return new DatedPack(pack, fromMinute is { } minute ? At(minute) : Instant.Beginning);
    }

    /// <summary>A load probe.</summary>
    public static FleetProbe Probe(string probe = Load, int offsetMilli = 0, ProbeRole role = ProbeRole.Load) => new(Id(probe), role, offsetMilli);

    /// <summary>A time of use; from ever and for ever where no minute is given.</summary>
    public static UnitPeriod Period(double? from, double? to, params FleetProbe[] probes) => new(
        from is { } first ? At(first) : Begin - TimeSpan.FromDays(365), to is { } last ? At(last) : Instant.End, Shipped.Id, ["RBC"], StorageContext.Storage, probes.Length == 0 ? [Probe()] : probes);

    public static StorageUnit Unit(params UnitPeriod[] periods) => new(UnitId, "Fridge 1", "rabat", StorageUnitKind.Refrigerator, periods.Length == 0 ? [Period(null, null)] : periods);

    /// <summary>Delivers samples of a probe.</summary>
    public Task MeasureAsync(string probe, string samples) => DeliverAsync(Id(probe), samples.Split(' ').Select(sample => sample.Split(':'))
        .Select(parts => (At(double.Parse(parts[0], CultureInfo.InvariantCulture)), parts[1])));

    /// <summary>The same, each with its instant.</summary>
    public Task DeliverAsync(ProbeId probe, IEnumerable<(Instant At, string Content)> samples)
    {
        var readings = samples.Select(sample => ReadingOf(probe, sample.At, sample.Content)).ToList();
        return _open.Write(transaction =>
        {
            foreach (var chunk in readings.Chunk(500))
            {
                PackStore.Insert(transaction, Some.PackRow(new Pack(probe.Device, Some.Epoch, chunk)));
            }
        });
    }

    /// <summary>Says that samples of a probe are not believed.</summary>
    public Task DisbelieveAsync(ConditionKind kind, double from, double to, string probe = Load) => _open.Write(transaction => ConditionStore.Save(transaction, new ConditionRow
    {
        Unit = UnitId, Condition = new Condition(kind, Id(probe), At(from), At(to), At(to)), DiscoveredAt = At(to), UpdatedAt = At(to),
    }));

    /// <summary>Announces something of the storage unit.</summary>
    public Task AnnounceAsync(string kind, double from, double to, string? probe = null) => _open.Write(transaction => WindowStore.Insert(
        transaction, new WindowRow(0, UnitId, kind, probe is null ? null : Id(probe), At(from), At(to), "because", "person:amina", At(from), null, null)));

    public Task Write(Action<StoreTransaction> work) => _open.Write(work);

    public UnitFigures Read(double from, double to, StorageUnit? unit = null, int pointsMax = 400) => Read(At(from), At(to), unit, pointsMax);

    public UnitFigures Read(Instant from, Instant to, StorageUnit? unit = null, int pointsMax = 400) => Read(Settled(from, to), unit, pointsMax);

    public UnitFigures Read(LookedAt looked, StorageUnit? unit = null, int pointsMax = 400) =>
        Store.Read(session => new UnitFiguresReader(Packs).Read(session, unit ?? Unit(), looked, pointsMax, CancellationToken.None));

    /// <summary>A time that is looked at when nothing of it can be in doubt any more.</summary>
    public static LookedAt Settled(Instant from, Instant to) => new(from, to, to + TimeSpan.FromDays(1));

    /// <summary>The times of the load probe out of range or unknown, by the engine.</summary>
    public IReadOnlyList<Stretch> Stretches(Instant from, Instant to, StorageUnit? unit = null, ProbeId? probe = null) =>
        Store.Read(session => EngineStretches.Of(session, unit ?? Unit(), probe ?? Id(Load), Packs, from, to));

    /// <summary>The figures of the only probe.</summary>
    public FiguresContent One(double from, double to, StorageUnit? unit = null) => Read(from, to, unit).Probes.Should().ContainSingle().Which.Figures;

    public IReadOnlyList<JudgedSample> Samples(double from, double to, StorageUnit? unit = null) =>
        Store.Read(session => new UnitFiguresReader(Packs).Samples(session, unit ?? Unit(), Settled(At(from), At(to))).ToList());

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    private Core.Readings.Reading ReadingOf(ProbeId probe, Instant at, string content)
    {
        var seq = _lastSeq[probe.Device] = _lastSeq.GetValueOrDefault(probe.Device) + 1;
        var reading = new Core.Readings.Reading { Key = new ReadingKey(probe.Device, Some.Epoch, seq), Probe = probe, MeasuredAt = at };
        return content.StartsWith("fault", StringComparison.Ordinal) ? reading with { Fault = content == "fault" ? "no-answer" : content["fault-".Length..] } : reading with { Value = Some.Degrees(content) };
    }
}
