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
    ServerClockStep,
    SensorFault,
    OutboxLost,

    /// <summary>A device, or the server, is cut off for the whole phase.</summary>
    Cut,
}
