using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>The rules that bear on a stay: the one by which its storage unit is judged, and the one of its own product.</summary>
internal static class StorageRules
{
    /// <summary>The rule of a product under the same pack and use; null when there is none.</summary>
    public static StorageRule? OfProduct(IReadOnlyList<RulePack> packs, UnitPeriod period, string product) =>
        packs.First(pack => pack.Id == period.RulePackId).Find(product, period.Context);

    /// <summary>Both rules of a stay at an instant, as far as they exist.</summary>
    public static IEnumerable<StorageRule> Of(FleetHistory fleet, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant at) =>
        fleet.FindUnit(stay.Unit)?.PeriodAt(at) is not { } period
            ? []
            : new[] { ContentsMatch.OfPeriod(packs, period), OfProduct(packs, period, stay.Product) }.OfType<StorageRule>();

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

            foreach (var mismatch in ContentsMatch.Mismatches(packs, period, stay.Product))
            {
                yield return mismatch;
            }

            reached = period.To;
        }

        if (reached < until)
        {
            yield return $"From {reached} to {until} it was not supervised: the fleet file has no period of it.";
        }
    }
}
