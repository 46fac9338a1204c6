using System.Text.Json.Serialization;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// All that the fold must remember of one probe between two samples. Equal tracks fold equal futures into equal stretches; a checkpoint
/// is a copy of it.
/// </summary>
/// <param name="Since">The last instant whose temperature is known, or the beginning of the span when none is.</param>
/// <param name="IsKnown">Whether there is a temperature at <paramref name="Since"/>.</param>
/// <param name="Milli">That temperature, calibrated.</param>
/// <param name="InConflict">Contradicting samples came after <paramref name="Since"/>: the time up to the next good sample is unknown.</param>
/// <param name="HeardAt">The last instant at which the probe was heard of at all, faults included.</param>
/// <param name="High">The running stretch above the upper limit.</param>
/// <param name="Low">The running stretch below the lower limit.</param>
public readonly record struct ProbeTrack(
    Instant Since, bool IsKnown, int Milli, bool InConflict, Instant HeardAt, SideTrack High, SideTrack Low)
{
    /// <summary>The last instant up to which its temperature was known in this storage unit, before it was taken away and put in again too.</summary>
    public Instant KnownTo { get; init; }

    /// <summary>While the probe is lost: when the last time ended in which every other one was too. Of no meaning while it is known.</summary>
    public Instant AloneFrom { get; init; }

    /// <summary>It was out of range, and has not been inside by a margin since: it is shown as out. What is recorded ends at the crossing.</summary>
    public bool IsShownOut { get; init; }

    /// <summary>The first instant after <see cref="KnownTo"/> for which samples contradict each other; the default value when there is none.</summary>
    public Instant ContestedFrom { get; init; }

    /// <summary>When it was heard of before <see cref="HeardAt"/>. Of no meaning when it told a temperature then.</summary>
    public Instant HeardBefore { get; init; }

    /// <summary>True while a stretch above or below the limits runs.</summary>
    [JsonIgnore]
    public bool IsOut => High.IsOut || Low.IsOut;

    /// <summary>The track at the beginning of a span, before any sample.</summary>
    public static ProbeTrack At(Instant from) => new(from, false, 0, false, from, default, default) { KnownTo = Instant.Beginning };
}
