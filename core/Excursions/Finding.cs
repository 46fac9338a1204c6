using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What has become of a finding.</summary>
public enum FindingStatus
{
    /// <summary>It stands.</summary>
    Current,

    /// <summary>Late data joined it with an older one, which goes on.</summary>
    Superseded,

    /// <summary>Late data removed it.</summary>
    Retracted,
}

/// <summary>
/// A stretch that became a finding: an excursion (high or low) or unknown time beyond its limit. It keeps its id for ever; each change
/// but the mere growth of an open one gives it a new version.
/// </summary>
/// <param name="Id">Given at the first discovery, ascending, never reused.</param>
/// <param name="Version">From 1.</param>
/// <param name="Probe">The deciding probe.</param>
/// <param name="Stretch">The stretch as it is known now.</param>
/// <param name="AlarmedAt">When it became a finding, in the time of the samples.</param>
public sealed record Finding(long Id, int Version, ProbeId Probe, Stretch Stretch, Instant AlarmedAt);

/// <summary>One change that a new fold makes to the findings of a storage unit.</summary>
/// <param name="Finding">The finding after the change; for a superseded or retracted one, as it last stood.</param>
/// <param name="Status">What it is now.</param>
/// <param name="IsNew">True when it was discovered by this fold.</param>
/// <param name="SupersededBy">The id that goes on; null unless superseded.</param>
/// <param name="IsGrowth">True when an open finding only went on: its running figures change, its version does not.</param>
public sealed record FindingChange(Finding Finding, FindingStatus Status, bool IsNew, long? SupersededBy = null, bool IsGrowth = false);
