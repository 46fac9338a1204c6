using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>A rule pack and the part of a period in which it judges a storage unit.</summary>
internal sealed record PackSpan(Instant From, Instant To, RulePack Pack);

/// <summary>By which pack a storage unit is judged when.</summary>
internal static class PackSpans
{
    /// <summary>
    /// The packs of a period, in order: each from when it came into force. The first one that knows the product also judges what was there
    /// before. The clock may have been ahead when a pack was taken: each ends where the earliest of all after it begins.
    /// </summary>
    public static IEnumerable<PackSpan> Of(UnitPeriod period, IReadOnlyList<DatedPack> packs)
    {
        var versions = packs.Where(dated => dated.Pack.Id == period.RulePackId && dated.Pack.Find(period.Products, period.Context) is not null).ToList();
        for (var i = 0; i < versions.Count; i++)
        {
            var from = i == 0 ? period.From : Instant.Max(period.From, versions[i].From);
            var to = versions.Skip(i + 1).Select(later => later.From).Append(period.To).Min();
            if (from < to)
            {
                yield return new PackSpan(from, to, versions[i].Pack);
            }
        }
    }

    /// <summary>Packs that have always been in force.</summary>
    public static IReadOnlyList<DatedPack> Always(IReadOnlyList<RulePack> packs) => [.. packs.Select(pack => new DatedPack(pack, Instant.Beginning))];
}
