using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>What may be said of a storage unit at an instant. The same for pages, API and issue check.</summary>
internal sealed record UnitOverview
{
    public required StorageUnit Unit { get; init; }

    /// <summary>The name of its site for people.</summary>
    public required string SiteName { get; init; }

    /// <summary>How it is used now; null when it is out of use.</summary>
    public required UnitPeriod? Period { get; init; }

    /// <summary>Never better than what is known up to now: what is not judged yet is at best unverified.</summary>
    public required StorageState State { get; init; }

    /// <summary>Counts its judgements; 0 before the first.</summary>
    public long Judgement { get; init; }

    /// <summary>Since when it is judged to be in the state that the evaluator gave it; null before its first judgement.</summary>
    public Instant? Since { get; init; }

    /// <summary>The last calibrated temperature of the deciding probe that is worst off.</summary>
    public Celsius? Celsius { get; init; }

    public Instant? MeasuredAt { get; init; }

    /// <summary>How old the temperature is.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Readings that its devices measured while their clock was not set, and that wait for a date.</summary>
    public long Undated { get; init; }

    /// <summary>The limits in force, both included.</summary>
    public Celsius? Low { get; init; }

    public Celsius? High { get; init; }

    /// <summary>How much is held: the unit itself, and each blood unit that was in it. What several findings hold counts once.</summary>
    public required int Holds { get; init; }

    /// <summary>An alarm that is over, and that nobody has dealt with; null when there is none.</summary>
    public LatchedAlarm? AlarmLatched { get; init; }

    /// <summary>True when anything at all waits to be judged, even what came this very moment.</summary>
    public required bool IsPending { get; init; }

    /// <summary>Why it is not in range, each as a sentence; empty when it is, or is only near a limit.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }
}
