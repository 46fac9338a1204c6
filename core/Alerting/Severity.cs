namespace ColdChain.Core.Alerting;

/// <summary>How much an incident matters, the least first. The default is the least.</summary>
public enum Severity
{
    /// <summary>Somebody should deal with it in the daytime. It wakes nobody.</summary>
    Advisory,

    /// <summary>It becomes worse when nobody looks: power, silence, a door, a probe.</summary>
    Warning,

    /// <summary>Blood is in danger, or is held.</summary>
    Critical,
}
