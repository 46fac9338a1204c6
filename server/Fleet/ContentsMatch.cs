using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>
/// Whether the judgement of a storage unit would have noticed what hurts a product that is put in. A blood unit for which it would not is a
/// mismatch: it is told and never refused, for the bag is inside whatever the fleet file says.
/// </summary>
internal static class ContentsMatch
{
    /// <summary>Why the judgement during a stay up to now may have missed what hurts its product; empty when it would have noticed all.</summary>
    public static IReadOnlyList<string> Mismatches(StorageUnit unit, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant now)
    {
        var until = stay.OutAt ?? Instant.Max(now, stay.InAt + TimeSpan.FromMilliseconds(1));
        return [.. unit.History.Where(period => period.From < until && stay.InAt < period.To).SelectMany(period => Mismatches(packs, period, stay.Product))];
    }

    /// <summary>The same for one period.</summary>
    public static IEnumerable<string> Mismatches(IReadOnlyList<RulePack> packs, UnitPeriod period, string product)
    {
        var pack = packs.First(pack => pack.Id == period.RulePackId);
        var judging = OfPeriod(packs, period);
        if (pack.Find(product, period.Context) is not { } own)
        {
            yield return $"Rule pack {period.RulePackId} says nothing of {product} in this use.";
            yield break;
        }

        if (!IsWithin(judging, own))
        {
            yield return $"From {period.From} on it is judged by the limits of {period.Product}, which are not within those of {product}.";
        }

        if (judging.LoadDelay > own.LoadDelay || judging.MaxGap > own.MaxGap || judging.UnknownLimit > own.UnknownLimit)
        {
            yield return $"From {period.From} on it is judged by the rule of {period.Product}, which lets more time pass than that of {product} before it holds.";
        }

        if (own.Agitation is { } agitation && judging.Agitation?.Required != agitation.Required)
        {
            yield return $"From {period.From} on it is judged by the rule of {period.Product}, and {product} {(agitation.Required ? "must" : "must not")} be agitated.";
        }
    }

    /// <summary>Tells of a mismatch in the transaction that entered the stay; of none, nothing.</summary>
    public static void Tell(StoreTransaction transaction, StorageUnit unit, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant now)
    {
        if (Mismatches(unit, packs, stay, now) is { Count: > 0 } reasons)
        {
            EventLog.Append(transaction, now, EventKinds.ContentsMismatch, unit.Id, stay.Donation, new { stay.Product, @in = stay.InAt.ToString(), reason = string.Join(' ', reasons) });
        }
    }

    /// <summary>The rule by which a storage unit is judged in a period.</summary>
    public static StorageRule OfPeriod(IReadOnlyList<RulePack> packs, UnitPeriod period) =>
        packs.First(pack => pack.Id == period.RulePackId).Find(period.Products, period.Context)
        ?? throw new InvalidOperationException($"{period.RulePackId} has no rule for {period.Product}, though the fleet was checked against it.");

    /// <summary>True when whatever temperature is in range for the one rule is in range for the other.</summary>
    private static bool IsWithin(StorageRule inner, StorageRule outer) =>
        (outer.Low is null || inner.Low >= outer.Low) && (outer.High is null || inner.High <= outer.High);
}
