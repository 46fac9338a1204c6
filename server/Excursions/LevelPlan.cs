using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Excursions;

/// <summary>Turns the fleet and the rule packs into the levels that are told apart for a load probe.</summary>
internal static class LevelPlan
{
    /// <summary>The fold of a probe's levels; null for an air probe, of which nobody asks.</summary>
    public static LevelFold? Of(StorageUnit unit, ProbeId probe, ProbeRole role, IReadOnlyList<DatedPack> packs)
    {
        if (role != ProbeRole.Load)
        {
            return null;
        }

        var spans =
            from period in unit.History
            from mounted in period.Probes
            where mounted.Id == probe && mounted.Role == role
            from part in PackSpans.Of(period, packs)
            select new LevelSpan(part.From, part.To, LevelScale.Of(part.Pack), part.Rule.MaxGap, mounted.CalibrationOffsetMilli);
        var joined = PackSpans.Joined(spans, span => (span.From, span.To), (span, from, to) => span with { From = from, To = to });
        return joined.Count == 0 ? null : new LevelFold(joined);
    }
}
