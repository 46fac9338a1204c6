using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Mqtt.Link;
using ColdChain.Server;
using ColdChain.Server.Excursions;
using ColdChain.Server.Exposure;
using ColdChain.Server.Fleet;
using ColdChain.Server.Ingest;
using ColdChain.Server.Store;
using ColdChain.Server.Supervision;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Network;
using ColdChain.Simulation.Tests.Stores;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>A running server, as far as it has come up.</summary>
internal sealed record RunningServer(RecordStore Store, FleetView Fleet, IReadOnlyList<RulePack> Packs, Placements Placements, Instant Since);

/// <summary>The server's machine: its clock, its disk, and the server that runs on it, time and again. Pages and API are not there.</summary>
internal sealed class ServerMachine(MachineRoom room, Func<string> fleetFile, string rulesFolder) : IDisposable
{
    private const string LiveClient = "server-live";
    private const string BackfillClient = "server-backfill";

    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(5);

    /// <summary>Longer than in earnest: a look costs the same however little has happened.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(150);

    private readonly long _bootedAt = room.Pump.Elapsed - TimeSpan.FromMinutes(1).Ticks;
    private SimulatedProcess? _process;

    public static IReadOnlyList<string> Clients { get; } = [LiveClient, BackfillClient];

    public MemoryDisk Disk { get; } = new("record");

    /// <summary>By how much its wall clock is off, in ticks.</summary>
    public long WallOffset { get; set; }

    /// <summary>What runs; null while nothing does.</summary>
    public RunningServer? Running { get; private set; }

    /// <summary>Changes statements: a planted defect.</summary>
    public Action<SqliteCommand> Plants { get; set; } = _ => { };

    public SimulatedProcess? Process => _process;

    public bool IsRunning => _process is { IsAlive: true };

    /// <summary>Starts the server, unless it runs.</summary>
    public void Start()
    {
        if (IsRunning)
        {
            return;
        }

        var process = _process = new SimulatedProcess("server", room.Pump, room.Trace, () => WallOffset, _bootedAt);
        process.AtEnd(Disk.CloseAll);
        process.AtEnd(() => Running = null);
        process.AtEnd(() => room.Pump.After(RestartAfter + room.UpTo(TimeSpan.FromMinutes(2)), null, Start));
        process.Start(() => RunAsync(process), error =>
        {
            process.Tell($"ended: {error?.Message}");
            process.Dispose();
        });
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public void Kill() => _process?.Dispose();

    public void Dispose()
    {
        Kill();
        Disk.Dispose();
    }

    private async Task RunAsync(SimulatedProcess process)
    {
        var statements = new ServerStatements(room.Pump, room.Ledger, moment => room.KillsAtCommit(process, moment), process, command => Plants(command));
        var store = RecordStore.Open(new MemoryStore(Disk, statements, room.NewId), process.Clock, loops: process.Loops);
        var packs = RulePackFolder.Read(rulesFolder);
        var view = new FleetView();
        await new FleetLoader(store, view, packs, process.Clock).LoadAsync(fleetFile(), CancellationToken.None);
        var history = await RulePackHistory.LoadAsync(store, rulesFolder, process.Clock, CancellationToken.None);
        await ServeAsync(process, store, view, packs, history);
    }

    // As the server's composition does it, without what listens for requests.
    private async Task ServeAsync(SimulatedProcess process, RecordStore store, FleetView view, IReadOnlyList<RulePack> packs, IReadOnlyList<DatedPack> history)
    {
        var (plans, placements) = (PlanBuilder.Build(view.Current, history), new Placements(view.Current, history));
        var clock = process.Clock;
        var links = new Links(room.Broker, process);
        using var attendance = new Attendance(clock, new TraceLogger<Attendance>(process)) { LookEvery = TimeSpan.FromSeconds(20) };
        var hearing = new ServerHearing(attendance, store, links);
        using var supervision = new SupervisionService(new Supervisor(store, view, packs, hearing.Now), clock, new TraceLogger<SupervisionService>(process)) { RestAtMost = Rest };
        using var evaluator = new EvaluatorService(store, () => plans, attendance, clock, new TraceLogger<EvaluatorService>(process)) { RestAtMost = Rest };
        using var exposures = new ExposureService(store, () => placements, clock, new TraceLogger<ExposureService>(process)) { RestAtMost = Rest };
        using var ingest = new IngestService(links.Live, links.Backfill, store, view, clock, new TraceLogger<IngestService>(process), process.Loops);
        await ingest.SubscribeAsync(CancellationToken.None);
        Running = new RunningServer(store, view, packs, placements, room.Pump.Now);
        Task[] services =
        [
            attendance.RunAsync(CancellationToken.None),
            supervision.RunAsync(CancellationToken.None),
            ingest.RunAsync(CancellationToken.None),
            evaluator.RunAsync(CancellationToken.None),
            exposures.RunAsync(CancellationToken.None),
        ];
        await await Task.WhenAny(services);
    }

    private sealed class Links : IDeviceLinks
    {
        private readonly ProcessClock _clock;
        private BrokerLinkHealth _live;

        public Links(Broker broker, SimulatedProcess process)
        {
            _clock = process.Clock;
            _live = new BrokerLinkHealth(BrokerLinks.LiveLane, IsConnected: false, Instant.Now(_clock), null, null, null);
            var live = broker.Open(LiveClient, process);
            live.Changed = isConnected => _live = _live with { IsConnected = isConnected, Since = Instant.Now(_clock) };
            (Live, Backfill) = (live, broker.Open(BackfillClient, process));
        }

        public IMqttLink Live { get; }

        public IMqttLink Backfill { get; }

        public IReadOnlyList<BrokerLinkHealth> Health => [_live];

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
