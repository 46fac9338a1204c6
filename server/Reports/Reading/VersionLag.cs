using ColdChain.Core.Excursions;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// Whether a version of a finding came late: not each of them did because the first one did, and readings that come late may change one that was found
/// in time.
/// </summary>
internal static class VersionLag
{
    /// <summary>How long after the readings that show it a version came, when that was late; otherwise null.</summary>
    /// <param name="before">The version before it; null for the first one.</param>
    /// <param name="version">The version.</param>
    public static TimeSpan? Of(FindingRow? before, FindingRow version)
    {
        var (own, filled) = (OwnLag(version), before is null ? TimeSpan.Zero : FilledLag(before, version));
        var lag = own > filled ? own : filled;
        return lag > FindingRow.LateAfter ? lag : null;
    }

    // That nothing is heard shows only once the largest gap is over.
    private static TimeSpan OwnLag(FindingRow version) =>
        version.FoundAfter is not { } after ? TimeSpan.Zero : IsSilent(version.Finding.Stretch) ? after - version.Finding.Stretch.Rule.MaxGap : after;

    // Readings of a time that was taken for silent: they show at the latest a largest gap after the last one before them.
    private static TimeSpan FilledLag(FindingRow before, FindingRow version)
    {
        var heard = before.Finding.Stretch.LastKnown + before.Finding.Stretch.Rule.MaxGap;
        return IsSilent(before.Finding.Stretch) && version.Finding.Stretch.LastKnown > heard ? version.UpdatedAt - heard : TimeSpan.Zero;
    }

    private static bool IsSilent(Stretch stretch) => stretch is { EndReason: EndReason.Unknown, End: null, SettledAt: null };
}
