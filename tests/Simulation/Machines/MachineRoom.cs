using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Network;

namespace ColdChain.Simulation.Tests.Machines;

/// <summary>What all machines of a simulation share.</summary>
internal sealed class MachineRoom(Pump pump, Random random, Trace trace, Broker broker, Ledger ledger)
{
    public Pump Pump => pump;

    public Trace Trace => trace;

    public Broker Broker => broker;

    public Ledger Ledger => ledger;

    /// <summary>How often a device sends a heartbeat: less often than in earnest, and still often enough for the server.</summary>
    public TimeSpan HeartbeatEvery { get; } = TimeSpan.FromSeconds(165);

    /// <summary>Asked at each commit of a process; true kills it there.</summary>
    public Func<SimulatedProcess, CommitMoment, bool> KillsAtCommit { get; set; } = (_, _) => false;

    /// <summary>A random id of 32 hexadecimal digits, from the seed.</summary>
    public string NewId() => Convert.ToHexStringLower(random.NextBytes(16));

    /// <summary>A random time.</summary>
    public TimeSpan UpTo(TimeSpan most) => random.NextDouble() * most;
}

/// <summary>What <see cref="Random"/> lacks.</summary>
internal static class RandomBytes
{
    public static byte[] NextBytes(this Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
