using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Server.Fleet;

/// <summary>The part of a period in which one rule pack judges a storage unit.</summary>
/// <param name="From">The first instant, included.</param>
/// <param name="To">The end, not included.</param>
/// <param name="Pack">The pack.</param>
/// <param name="Rule">Its rule for the products of the period.</param>
internal sealed record PackSpan(Instant From, Instant To, RulePack Pack, StorageRule Rule);

/// <summary>By which pack a storage unit is judged when.</summary>
internal static class PackSpans
{
    /// <summary>
    /// The packs of a period, in order: each from when it came into force. The first one that knows the product also judges what was there
    /// before. The clock may have been ahead when a pack was taken: each ends where the earliest of all after it begins.
    /// </summary>
    public static IEnumerable<PackSpan> Of(UnitPeriod period, IReadOnlyList<DatedPack> packs)
    {
        var versions = packs.Where(dated => dated.Pack.Id == period.RulePackId)
            .Select(dated => (dated.Pack, dated.From, Rule: dated.Pack.Find(period.Products, period.Context)))
            .Where(version => version.Rule is not null)
            .ToList();
        for (var i = 0; i < versions.Count; i++)
        {
            var from = i == 0 ? period.From : Instant.Max(period.From, versions[i].From);
            var to = versions.Skip(i + 1).Select(later => later.From).Append(period.To).Min();
            if (from < to)
            {
                yield return new PackSpan(from, to, versions[i].Pack, versions[i].Rule!); // Only those with one were kept.
            }
        }
    }

    /// <summary>
    /// What judges alike and follows without a hole made one: a change that does not concern it must not split what is told.
    /// </summary>
    /// <param name="spans">The spans of one probe or signal, in any order.</param>
    /// <param name="time">When a span is, its end not included.</param>
    /// <param name="during">The same span at another time.</param>
    public static List<T> Joined<T>(IEnumerable<T> spans, Func<T, (Instant From, Instant To)> time, Func<T, Instant, Instant, T> during)
        where T : notnull
    {
        var joined = new List<T>();
        foreach (var span in spans.OrderBy(span => time(span).From))
        {
            var (from, to) = time(span);
            if (joined.Count > 0 && time(joined[^1]).To == from && during(joined[^1], from, to).Equals(span))
            {
                joined[^1] = during(span, time(joined[^1]).From, to);
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }

    /// <summary>Packs that have always been in force.</summary>
    public static IReadOnlyList<DatedPack> Always(IReadOnlyList<RulePack> packs) => [.. packs.Select(pack => new DatedPack(pack, Instant.Beginning))];
}
