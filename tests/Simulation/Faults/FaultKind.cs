namespace ColdChain.Simulation.Tests.Faults;

/// <summary>What can go wrong in a phase.</summary>
internal enum FaultKind
{
    Loss,
    Duplication,
    Reordering,
    Delay,
    BrokenConnections,
    EdgePartition,
    ServerPartition,
    SilentPartition,
    ForgetfulBroker,
    EdgeCrash,
    PowerCut,
    ServerCrash,
    EdgeDiskFull,
    ServerDiskFull,
    EdgeClockStep,

    /// <summary>A device starts without knowing the time, and learns it later.</summary>
    UnsetClock,
    ServerClockStep,
    SensorFault,
    OutboxLost,

    /// <summary>A device, or the server, is cut off for the whole phase.</summary>
    Cut,
}
