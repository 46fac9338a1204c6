using ColdChain.Core.Excursions;
using ColdChain.Server.Store;

namespace ColdChain.Server.Excursions;

/// <summary>The rows that a unit's devices lost, for the engine.</summary>
internal static class DeclaredLoss
{
    public static IReadOnlyList<LostRows> Of(StoreSession session, UnitPlan plan) =>
    [
        .. from device in plan.Probes.Select(probe => probe.Probe.Device).Distinct()
           from lost in LossDates.Of(session, DeviceStreams.Of(session, device))
           select new LostRows(device, lost.After, lost.Before),
    ];
}
