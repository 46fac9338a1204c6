using ColdChain.Core.Readings;
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
    private readonly VouchedClock _authority = new();
    private bool _followsUnread;
    private bool _hadNoClock;
    private SimulatedProcess? _process;
    private string _epoch = "";
    private long _bootedAt = room.Pump.Elapsed - TimeSpan.FromMinutes(1).Ticks;

    public DeviceTruth Truth => truth;

    public string Client => truth.Id.Value;

    /// <summary>By how much its wall clock is off, in ticks.</summary>
    public long WallOffset { get; private set; }

    /// <summary>The boot that it is in.</summary>
    public string Boot { get; private set; } = room.NewId();

    /// <summary>When that began.</summary>
    public Instant BootedAt => room.Pump.At(_bootedAt);

    /// <summary>The outbox that it writes to.</summary>
    public string Epoch => _epoch;

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
        (Boot, _bootedAt, _hadNoClock) = (room.NewId(), room.Pump.Elapsed, !_authority.Vouches);
        Kill();
    }

    /// <summary>The power was cut, and the clock shows a time of before until somebody sets it.</summary>
    public void LoseClock(long behind)
    {
        (WallOffset, _authority.Vouches) = (-behind, false);
        CutPower();
    }

    /// <summary>A time server is reached: the clock is right, and somebody vouches for it.</summary>
    public void SetClock() => (WallOffset, _authority.Vouches) = (0, true);

    /// <summary>The clock is set while it runs, to whatever. Not in a boot that began without one: what that measured would have two dates.</summary>
    public void StepClock(long offset) => WallOffset = _hadNoClock ? WallOffset : offset;

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
        var clock = new DeviceClock(process.Clock, Boot, _authority, DeviceClock.DefaultFloor);
        var statements = new EdgeStatements(room, this, process);
        var outbox = SqliteOutbox.Open(new MemoryOutbox(_disk, _followsUnread, statements, room.NewId), truth.Id, clock, new TraceLogger(process));
        (_epoch, _followsUnread) = (outbox.Epoch, false);
        var options = new EdgeAgentOptions { Device = truth.Id, Uplink = new UplinkOptions { HeartbeatEvery = room.HeartbeatEvery } };
        var sources = truth.Sampled.Select(sampled => new SimulatedProbe(sampled, room.Pump, process.Clock, room.Ledger)).ToList();
        return new EdgeAgent(options, sources, outbox, link, clock, new TraceLogger(process), process.Loops).RunAsync(CancellationToken.None);
    }

    /// <summary>Vouches for the wall clock, or does not.</summary>
    private sealed class VouchedClock : IClockAuthority
    {
        public bool Vouches { get; set; } = true;

        public ClockWord Ask(DateTimeOffset wall) => Vouches ? new ClockWord(0, "a time server was reached") : new ClockWord(null, "no time server was reached");
    }
}
