namespace ColdChain.Core.People;

/// <summary>What somebody may be allowed to do. What is not named here nobody may do.</summary>
public enum Permission
{
    /// <summary>See the tiles of storage units, and nothing behind them.</summary>
    SeeTiles,

    /// <summary>See storage units, contents, excursions, holds and readings, and ask the issue check.</summary>
    See,

    /// <summary>Enter that a blood unit was put in or taken out.</summary>
    EnterContents,

    /// <summary>Announce maintenance and tests of an alarm, and end them.</summary>
    EnterWindows,

    /// <summary>Acknowledge an alarm.</summary>
    Acknowledge,

    /// <summary>Say who is on call, and where people are reached.</summary>
    PlanOnCall,

    /// <summary>Report that a message reached its telephone: for the gateway that sent it.</summary>
    ReportDelivery,

    /// <summary>Propose what is to become of what is held: another person may release it then.</summary>
    Propose,

    /// <summary>Decide about what is held: release, discard or return.</summary>
    Decide,

    /// <summary>Prepare a report, and sign as its author.</summary>
    PrepareReports,

    /// <summary>Review a report that another person prepared.</summary>
    ReviewReports,

    /// <summary>Approve a report that another person prepared.</summary>
    ApproveReports,

    /// <summary>Take what is told of holds, and give receipts for it: the program of a blood bank.</summary>
    TakeHoldNotices,

    /// <summary>Change the fleet.</summary>
    EditFleet,

    /// <summary>Rebuild and compare what is derived from the record store.</summary>
    Operate,

    /// <summary>Ask whether the server is well, in depth: for whoever watches it from another machine.</summary>
    Watch,

    /// <summary>Add, change and disable accounts and API tokens.</summary>
    ManagePeople,

    /// <summary>Read the event log, which says who did what.</summary>
    ReadAudit,
}
