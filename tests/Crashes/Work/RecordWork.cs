using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Server.Audit;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Crashes.Tests.Work;

/// <summary>
/// The record store of the server, by the real intake, contents and evaluator: a fleet comes into force, packs come in, a blood unit is
/// entered, a fridge that is too warm is judged and held, and what follows is judged too.
/// </summary>
internal sealed class RecordWork : StoredWork
{
    private const int ReadingsOfAPack = 4;
    private const string Epoch = "0123456789abcdef0123456789abcdef";
    private static readonly ProbeId Probe = new(new DeviceId("pi-1"), "load");
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new(Start);
    private readonly FleetView _fleet = new();
    private readonly IReadOnlyList<RulePack> _packs = RulePackFolder.Read(RulePackFolder.Default);
    private readonly List<Func<Task>> _steps;
    private readonly Attendance _attendance;
    private RecordStore? _store;
    private EvaluatorService? _evaluator;

    public RecordWork(string path)
        : base(path)
    {
        _attendance = new Attendance(_clock, NullLogger<Attendance>.Instance);
        _attendance.Pass(AwaitedData.Patience + TimeSpan.FromHours(1), _clock.Advance);
        _steps =
        [
            LoadFleetAsync,
            () => TakeInAsync(first: 1, milli: 4000),
            () => TakeInAsync(first: 5, milli: 9000),
            EnterAsync,
            JudgeAsync,
            () => TakeInAsync(first: 9, milli: 4000),
            JudgeAsync,
        ];
    }

    public override int Steps => _steps.Count;

    private RecordStore Store => _store ?? throw new InvalidOperationException("Open first.");

    private Instant Now => Instant.Now(_clock);

    public override void Open()
    {
        _store = RecordStore.Open(Path, _clock);
        _store.Read(session => TrailVerification.Verify(session, null)).Problem.Should().BeNull("the audit trail is whole at every start");
        _evaluator = new EvaluatorService(_store, () => PlanBuilder.Build(_fleet.Current, _packs), _attendance, _clock, NullLogger<EvaluatorService>.Instance);
        if (FleetReader.TryRead(_store.Read(FleetVersionStore.Latest)?.Text ?? "", RulePackFolder.ByKey(_packs), out var fleet, out _))
        {
            _fleet.Current = fleet;
        }
    }

    public override Task DoAsync(int step) => _steps[step - 1]();

    public override async ValueTask DisposeAsync()
    {
        _evaluator?.Dispose();
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        (_evaluator, _store) = (null, null);
    }

    private async Task LoadFleetAsync()
    {
        var file = Path + ".fleet.yaml";
        await File.WriteAllTextAsync(file, $$"""
            sites: [{ id: site, name: Site, zone: UTC }]
            devices: [{ id: pi-1, site: site }]
            storage-units:
              - id: fridge
                name: Fridge
                site: site
                kind: refrigerator
                history: [{ from: {{Instant.From(Start)}}, rules: eu-edqm, product: RBC, context: storage, probes: [{ id: pi-1/load, role: load }] }]
            """);
        await new FleetLoader(Store, _fleet, _packs, _clock).LoadAsync(file, CancellationToken.None);
    }

    private Task TakeInAsync(long first, int milli)
    {
        var readings = Enumerable.Range(0, ReadingsOfAPack).Select(i => new Reading
        {
            Key = new ReadingKey(Probe.Device, Epoch, first + i),
            Probe = Probe,
            MeasuredAt = Instant.From(Start) + TimeSpan.FromMinutes(5 * (first + i)),
            Value = Celsius.FromMilli(milli),
        });
        var pack = new Pack(Probe.Device, Epoch, [.. readings]);
        var bytes = PackCodec.Encode(pack);
        var arrival = new Arrival(new Inbound(pack.Device, UpKind.Live, bytes, Now), pack, [], SHA256.HashData(bytes));
        return Store.WriteAsync(WritePriority.Reading, transaction => { new PackIntake(_fleet).Store(transaction, arrival); }, CancellationToken.None);
    }

    private Task EnterAsync()
    {
        var stay = new NewStay(new StorageUnitId("fridge"), new BloodUnit("W000026123456", "RBC"), Instant.From(Start), null);
        return Store.WriteAsync(
            WritePriority.Decision, transaction => { ContentsEntry.Enter(transaction, _fleet.Current, _packs, stay, Now); }, CancellationToken.None);
    }

    private Task JudgeAsync() => (_evaluator ?? throw new InvalidOperationException("Open first.")).EvaluateDueAsync(CancellationToken.None);
}
