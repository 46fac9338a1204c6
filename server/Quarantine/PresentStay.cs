using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>What in the storage unit where a blood unit is now keeps anybody from saying that it is well.</summary>
internal static class PresentStay
{
    public static IEnumerable<string> Doubts(StoreSession session, FleetHistory fleet, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant now)
    {
        if (UnitOverviews.Read(session, fleet, stay.Unit, now) is not { } unit)
        {
            return [$"Storage unit {stay.Unit}: it is not in the fleet file."];
        }

        IEnumerable<string> doubts =
        [
            .. unit.Reasons,
            .. Fresh(unit),
            .. HoldStore.StandingOnUnit(session, stay.Unit).Select(OfHold),
            .. StorageRules.Doubts(unit.Unit, packs, stay, now),
            .. UndeliveredReadings.Doubts(session, unit.Unit.History.Where(period => period.To <= now && stay.InAt < period.To), now),
        ];
        return doubts.Select(doubt => $"Storage unit {stay.Unit}: {doubt}");
    }

    // A page may overlook what has waited for a moment only; a decision about blood may not.
    private static string[] Fresh(UnitOverview unit) =>
        unit.IsPending && unit.State < StorageState.Unverified ? ["Something that has just come waits to be judged. Ask again in a moment."] : [];

    private static string OfHold(HoldRow hold) => $"It is on hold since {hold.Since} because of finding {hold.FindingId}.";
}
