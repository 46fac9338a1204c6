namespace ColdChain.Simulation.Tests.Faults;

/// <summary>A defect that is planted at a seam, to see that the checkers find it.</summary>
internal enum PlantedDefect
{
    None,

    /// <summary>The record store reports commits that a death undoes: acknowledged before it is durable.</summary>
    CommitsThatAreLost,

    /// <summary>The record store forgets now and then which numbers it holds: duplicates are taken as new.</summary>
    ForgottenDuplicates,

    /// <summary>A fold begins at a checkpoint that is later than what changed.</summary>
    LateCheckpoint,

    /// <summary>A storage unit is not marked to be judged again.</summary>
    LostMark,

    /// <summary>A hold is written as if a person had lifted it.</summary>
    LiftedHold,

    /// <summary>What is not judged shows as in range.</summary>
    RosyState,

    /// <summary>An acknowledgement covers more than is stored.</summary>
    GenerousAcknowledgement,

    /// <summary>An event is removed.</summary>
    RemovedEvent,

    /// <summary>A temperature is changed on its way into the outbox.</summary>
    ChangedReading,
}
