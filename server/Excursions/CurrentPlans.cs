using ColdChain.Server.Fleet;

namespace ColdChain.Server.Excursions;

/// <summary>What each storage unit is judged by, made anew when another fleet comes into force.</summary>
internal sealed class CurrentPlans(FleetView view, IReadOnlyList<DatedPack> packs)
{
    private volatile Made? _made;

    /// <summary>The plans by the fleet in force.</summary>
    public UnitPlans Get()
    {
        var fleet = view.Current;
        var made = _made;
        if (made is null || !ReferenceEquals(made.Fleet, fleet))
        {
            _made = made = new Made(fleet, PlanBuilder.Build(fleet, packs));
        }

        return made.Plans;
    }

    private sealed record Made(FleetHistory Fleet, UnitPlans Plans);
}
