using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>What the endpoints answer from.</summary>
internal sealed class Sources(RecordStore store, FleetView fleet, IReadOnlyList<RulePack> packs, Forecasts forecasts, TimeProvider clock)
{
    public RecordStore Store => store;

    public FleetHistory Fleet => fleet.Current;

    public IReadOnlyList<RulePack> Packs => packs;

    public Forecasts Forecasts => forecasts;

    public Instant Now => Instant.Now(clock);
}
