using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>The rules that bear on a stay: the one by which its storage unit is judged, and the one of its own product.</summary>
internal static class StorageRules
{
    /// <summary>The rule by which a storage unit is judged in a period.</summary>
    public static StorageRule OfPeriod(IReadOnlyList<RulePack> packs, UnitPeriod period) => OfProduct(packs, period, period.Product)
        ?? throw new InvalidOperationException($"{period.RulePackId} has no rule for {period.Product}, though the fleet was checked against it.");

    /// <summary>The rule of a product under the same pack and use; null when there is none.</summary>
    public static StorageRule? OfProduct(IReadOnlyList<RulePack> packs, UnitPeriod period, string product) =>
        packs.First(pack => pack.Id == period.RulePackId).Find(product, period.Context);

    /// <summary>Both rules of a stay at an instant, as far as they exist.</summary>
    public static IEnumerable<StorageRule> Of(FleetHistory fleet, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant at) =>
        fleet.FindUnit(stay.Unit)?.PeriodAt(at) is not { } period
            ? []
            : new[] { OfPeriod(packs, period), OfProduct(packs, period, stay.Product) }.OfType<StorageRule>();

    /// <summary>
    /// Why a stay up to an instant says too little about the blood unit, however well its storage unit was: nobody supervised part of it, or
    /// the limits by which it was judged are not those of the product.
    /// </summary>
    public static IEnumerable<string> Doubts(StorageUnit unit, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant until)
    {
        var reached = stay.InAt;
        foreach (var period in unit.History.Where(period => period.From < until && stay.InAt < period.To))
        {
            if (period.From > reached)
            {
                yield return $"From {reached} to {period.From} it was not supervised: the fleet file has no period of it.";
            }

            foreach (var doubt in Doubts(packs, period, stay.Product))
            {
                yield return doubt;
            }

            reached = period.To;
        }

        if (reached < until)
        {
            yield return $"From {reached} to {until} it was not supervised: the fleet file has no period of it.";
        }
    }

    private static IEnumerable<string> Doubts(IReadOnlyList<RulePack> packs, UnitPeriod period, string product)
    {
        var judging = OfPeriod(packs, period);
        if (OfProduct(packs, period, product) is not { } own)
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
    }

    /// <summary>True when whatever temperature is in range for the one rule is in range for the other.</summary>
    private static bool IsWithin(StorageRule inner, StorageRule outer) =>
        (outer.Low is null || inner.Low >= outer.Low) && (outer.High is null || inner.High <= outer.High);
}
