using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Faults;
using ColdChain.Simulation.Tests.Machines;
using ColdChain.Simulation.Tests.Network;
using ColdChain.Simulation.Tests.Truth;

namespace ColdChain.Simulation.Tests;

/// <summary>Everything that one run simulates: the truth, the machines and what lies between them.</summary>
internal sealed class Site : IDisposable
{
    private readonly string _fleetFile = Path.Combine(Path.GetTempPath(), $"simulated-fleet-{Guid.NewGuid():N}.yaml");

    public Site(Random random, Trace trace, Instant start, SiteTruth truth)
    {
        (Random, Trace, Truth) = (random, trace, truth);
        Pump = new Pump(start, random);
        Broker = new Broker(Pump, random, kind => Counts.Add(kind));
        Room = new MachineRoom(Pump, random, trace, Broker, Ledger);
        File.WriteAllText(_fleetFile, FleetText.Of(truth));
        Server = new ServerMachine(Room, FleetFile, RulesFolder);
        Edges = [.. truth.Devices.Select(device => new EdgeMachine(Room, device))];
        People = new People(this);
        (Session, Facts) = (new StoreSession(Server.Disk.Inspect()), new Facts(this));
    }

    /// <summary>A folder with the only rule pack that is used here: a server that dies every few minutes need not read the others each time.</summary>
    public static string RulesFolder { get; } = OnePack("eu-edqm.json");

    public Random Random { get; }

    public Trace Trace { get; }

    public SiteTruth Truth { get; }

    public Pump Pump { get; }

    public Broker Broker { get; }

    public Ledger Ledger { get; } = new();

    public FaultCounts Counts { get; } = new();

    public MachineRoom Room { get; }

    public ServerMachine Server { get; }

    public IReadOnlyList<EdgeMachine> Edges { get; }

    /// <summary>Who enters what.</summary>
    public People People { get; }

    /// <summary>What the oracle is told.</summary>
    public Facts Facts { get; }

    /// <summary>A look into the record store from outside of any process.</summary>
    public StoreSession Session { get; }

    /// <summary>Where the fleet file lies.</summary>
    public string FleetFile() => _fleetFile;

    /// <summary>Starts every machine.</summary>
    public void Start()
    {
        Server.Start();
        foreach (var edge in Edges)
        {
            edge.Start();
        }

        People.Start();
    }

    /// <summary>Somebody writes a new fleet file, and starts the server again.</summary>
    public void Enter(FleetChange change)
    {
        Counts.Add(change.What);
        Tell($"{change.What} in the fleet file");
        foreach (var (unit, uses) in change.Uses)
        {
            unit.Uses = uses;
        }

        File.WriteAllText(_fleetFile, FleetText.Of(Truth));
        Server.Kill();
    }

    /// <summary>Writes down something that the simulation did.</summary>
    public void Tell(string what) => Trace.Add(Pump.Now, "site", what);

    private static string OnePack(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "simulated-rules")).FullName;
        var pack = Path.Combine(folder, name);
        if (!File.Exists(pack))
        {
            File.Copy(Path.Combine(ColdChain.Server.Fleet.RulePackFolder.Default, name), pack);
        }

        return folder;
    }

    public void Dispose()
    {
        foreach (var edge in Edges)
        {
            edge.Dispose();
        }

        Server.Dispose();
        File.Delete(_fleetFile);
    }
}
