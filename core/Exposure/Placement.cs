using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>Whether a storage unit agitated what was inside.</summary>
public enum Agitation
{
    /// <summary>It moved.</summary>
    Running,

    /// <summary>It stood still.</summary>
    Stopped,

    /// <summary>Nobody can tell.</summary>
    Unknown,
}

/// <summary>A time in which agitation was in one state, half-open.</summary>
/// <param name="State">The state.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last.</param>
public readonly record struct AgitationInterval(Agitation State, Instant Start, Instant End);

/// <summary>
/// A time that a blood unit spent in one storage unit under one pack in one context, with what is known of it. A stay is cut where the fleet or
/// the pack changed; cutting it anywhere changes nothing.
/// </summary>
public sealed record Placement
{
    /// <summary>The storage unit.</summary>
    public required StorageUnitId Unit { get; init; }

    /// <summary>The site.</summary>
    public string Site { get; init; } = "";

    /// <summary>From when, included.</summary>
    public required Instant In { get; init; }

    /// <summary>Until when, not included; null while it is inside.</summary>
    public required Instant? Out { get; init; }

    /// <summary>Storage or transport.</summary>
    public required StorageContext Context { get; init; }

    /// <summary>The pack by which the storage unit was judged; null when nobody supervised it: then nothing is known of that time.</summary>
    public required RulePack? Pack { get; init; }

    /// <summary>The levels of its load probes that may overlap the time, in any order. What none of them tells is unknown.</summary>
    public required IReadOnlyList<ProbeLevel> Levels { get; init; }

    /// <summary>What is known of agitation; null when nothing watches it, and then no rule about it is judged.</summary>
    public IReadOnlyList<AgitationInterval>? Agitation { get; init; }
}
