using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>A storage unit on hold takes nothing in: what a person is about to put there belongs elsewhere.</summary>
internal static class StorageOnHold
{
    private const int NamedMax = 3;

    /// <summary>
    /// Refuses a stay that begins while its storage unit is on hold. One that began before is a fact, however late it is entered, and so is what another
    /// system says is inside.
    /// </summary>
    /// <exception cref="RefusalException">It is on hold.</exception>
    public static void RequireFree(StoreSession session, FleetHistory fleet, IReadOnlyList<RulePack> packs, NewStay stay, Instant now)
    {
        if (stay.IsFact || HoldStore.StandingOnUnit(session, stay.Unit).Find(hold => hold.PlacedAt <= stay.In) is not { } hold)
        {
            return;
        }

        var free = Free(session, fleet, packs, stay, now);
        throw Refusals.Conflict(
            Refusals.OnHold,
            "unit",
            $"storage unit {stay.Unit} is on hold since {hold.PlacedAt} because of {hold.Ground}, and takes nothing in",
            free.Count > 0 ? $"put it into {string.Join(" or ", free)}" : "put it into one that is in range, judged for that product and not on hold");
    }

    /// <summary>Storage units of the same site that are in range, not on hold, and judged as the product needs it; a few of them.</summary>
    private static List<string> Free(StoreSession session, FleetHistory fleet, IReadOnlyList<RulePack> packs, NewStay stay, Instant now) =>
    [
        .. fleet.Units.Where(unit => unit.Site == fleet.FindUnit(stay.Unit)?.Site && unit.Id != stay.Unit)
            .Where(unit => unit.PeriodAt(now) is { } period && !ContentsMatch.Mismatches(packs, period, stay.BloodUnit.Product).Any())
            .Where(unit => HoldStore.StandingOnUnit(session, unit.Id).Count == 0 && UnitOverviews.Read(session, fleet, unit.Id, now)?.State == StorageState.InRange)
            .Select(unit => unit.Id.Value)
            .Take(NamedMax),
    ];
}
