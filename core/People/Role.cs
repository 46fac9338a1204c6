namespace ColdChain.Core.People;

/// <summary>What a person is at a place; it says what he may do there.</summary>
public enum Role
{
    /// <summary>Sees.</summary>
    Viewer,

    /// <summary>Works with blood units: enters what goes in and out, acknowledges alarms, announces work at a storage unit.</summary>
    Technician,

    /// <summary>Looks after storage units and probes: announces work, acknowledges alarms, changes the fleet.</summary>
    Biomedical,

    /// <summary>Decides about held blood units, and reads who did what.</summary>
    Quality,

    /// <summary>Looks after people, the fleet and the server. He decides nothing about blood.</summary>
    Admin,

    /// <summary>Sees everything, who did what included, and changes nothing.</summary>
    Auditor,
}
