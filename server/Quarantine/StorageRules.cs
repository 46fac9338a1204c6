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

    /// <summary>True when whatever is in range for the one rule is in range for the other.</summary>
    public static bool IsWithin(StorageRule inner, StorageRule outer) =>
        (outer.Low is null || inner.Low >= outer.Low) && (outer.High is null || inner.High <= outer.High);
}
