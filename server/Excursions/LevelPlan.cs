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
            from pack in PackSpans.Of(period, packs)
            let rule = pack.Pack.Find(period.Products, period.Context)! // Only packs that have it were kept.
            select new LevelSpan(pack.From, pack.To, LevelScale.Of(pack.Pack), rule.MaxGap, mounted.CalibrationOffsetMilli);
        var joined = Joined(spans.OrderBy(span => span.From));
        return joined.Count == 0 ? null : new LevelFold(joined);
    }

    // A change that tells no other levels apart must not split one.
    private static List<LevelSpan> Joined(IEnumerable<LevelSpan> spans)
    {
        var joined = new List<LevelSpan>();
        foreach (var span in spans)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.To == span.From && last with { From = span.From, To = span.To } == span)
            {
                joined[^1] = last with { To = span.To };
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
