using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Excursions;

/// <summary>The plans of all storage units, as one immutable snapshot of the fleet and the rule packs.</summary>
internal sealed class UnitPlans(IEnumerable<UnitPlan> plans)
{
    private readonly Dictionary<StorageUnitId, UnitPlan> _plans = plans.ToDictionary(plan => plan.Unit);

    public IReadOnlyCollection<UnitPlan> All => _plans.Values;

    /// <summary>The plan of a unit; null when the fleet no longer knows it.</summary>
    public UnitPlan? Find(StorageUnitId unit) => _plans.GetValueOrDefault(unit);
}
