namespace ColdChain.Core.Casework;

/// <summary>Why a storage unit left its limits, or could not be read: a short list, so that causes can be counted. The words are stored, as those of the steps.</summary>
public static class Causes
{
    /// <summary>A person left the door open.</summary>
    public const string DoorOpen = "door-open";

    /// <summary>The mains failed.</summary>
    public const string Power = "power";

    /// <summary>The compressor or its control failed.</summary>
    public const string Compressor = "compressor";

    /// <summary>It defrosted.</summary>
    public const string Defrost = "defrost";

    /// <summary>Too much, or something too warm, was put in at once.</summary>
    public const string Overloading = "overloading";

    /// <summary>The probe, its cable or its device failed.</summary>
    public const string ProbeFault = "probe-fault";

    /// <summary>Work that was planned.</summary>
    public const string PlannedWork = "planned-work";

    /// <summary>It was looked for, and not found.</summary>
    public const string Unknown = "unknown";

    /// <summary>Another one, which stands in the note.</summary>
    public const string Other = "other";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [DoorOpen, Power, Compressor, Defrost, Overloading, ProbeFault, PlannedWork, Unknown, Other];

    /// <summary>True for the cause that says nothing without a note.</summary>
    /// <param name="cause">One of <see cref="All"/>.</param>
    public static bool NeedsNote(string cause) => cause == Other;
}
