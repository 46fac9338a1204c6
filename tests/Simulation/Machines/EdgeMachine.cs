using ColdChain.Edge;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Uplink;
using ColdChain.Hosting.Clocks;
using ColdChain.Simulation.Tests.Network;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Stores;
using ColdChain.Simulation.Tests.Truth;
using Microsoft.Data.Sqlite;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>A device: its clock, its memory card, and the agent that runs on it, time and again.</summary>
internal sealed class EdgeMachine(MachineRoom room, DeviceTruth truth) : IDisposable
{
    private static readonly TimeSpan RestartAfter = TimeSpan.FromSeconds(5);

    private MemoryDisk _disk = new($"outbox-{truth.Id}");
    private bool _followsUnread;
    private SimulatedProcess? _process;
    private string _epoch = "";
    private string _boot = room.NewId();
    private long _bootedAt = room.Pump.Elapsed - TimeSpan.FromMinutes(1).Ticks;

    public DeviceTruth Truth => truth;

    public string Client => truth.Id.Value;

    /// <summary>By how much its wall clock is off, in ticks.</summary>
    public long WallOffset { get; set; }

    public bool IsRunning => _process is { IsAlive: true };

    public MemoryDisk Disk => _disk;

    /// <summary>Changes statements: a planted defect.</summary>
    public Action<SqliteCommand> Plants { get; set; } = _ => { };

    /// <summary>The most messages that an agent ever had under way.</summary>
    public int UnderWayMost { get; private set; }

    /// <summary>Starts the agent, unless it runs.</summary>
    public void Start()
    {
        if (IsRunning)
        {
            return;
        }

        var process = _process = new SimulatedProcess(Client, room.Pump, room.Trace, () => WallOffset, _bootedAt);
        process.AtEnd(_disk.CloseAll);
        process.AtEnd(() => room.Pump.After(RestartAfter + room.UpTo(TimeSpan.FromMinutes(2)), null, Start));
        var link = room.Broker.Open(Client, process);
        process.AtEnd(() => UnderWayMost = Math.Max(UnderWayMost, link.UnconfirmedMost));
        process.Start(() => RunAsync(process, link), error =>
        {
            process.Tell($"ended: {error?.Message}");
            process.Dispose();
        });
    }

    /// <summary>Ends the agent in the middle of whatever it does.</summary>
    public void Kill() => _process?.Dispose();

    /// <summary>Ends the agent, and with it the boot: the monotonic clock begins anew.</summary>
    public void CutPower()
    {
        (_boot, _bootedAt) = (room.NewId(), room.Pump.Elapsed);
        Kill();
    }

    /// <summary>The memory card is gone, or unreadable, and with it what was not delivered.</summary>
    public void LoseOutbox(bool isNoticed)
    {
        Kill();
        room.Ledger.Perished.Add(_epoch);
        _disk.Dispose();
        (_disk, _followsUnread) = (new MemoryDisk($"outbox-{truth.Id}"), isNoticed);
    }

    public void Dispose()
    {
        Kill();
        _disk.Dispose();
    }

    private Task RunAsync(SimulatedProcess process, SimulatedLink link)
    {
        var clock = new DeviceClock(process.Clock, _boot, new AssumedClock(), DeviceClock.DefaultFloor);
        var statements = new EdgeStatements(room.Pump, room.Ledger, Client, () => _epoch, moment => room.KillsAtCommit(process, moment), process, command => Plants(command));
        var outbox = SqliteOutbox.Open(new MemoryOutbox(_disk, _followsUnread, statements, room.NewId), truth.Id, clock, new TraceLogger(process));
        (_epoch, _followsUnread) = (outbox.Epoch, false);
        var options = new EdgeAgentOptions { Device = truth.Id, Uplink = new UplinkOptions { HeartbeatEvery = room.HeartbeatEvery } };
        var sources = truth.Probes.Select(probe => new SimulatedProbe(probe, room.Pump, process.Clock, room.Ledger)).ToList();
        return new EdgeAgent(options, sources, outbox, link, clock, new TraceLogger(process), process.Loops).RunAsync(CancellationToken.None);
    }
}
