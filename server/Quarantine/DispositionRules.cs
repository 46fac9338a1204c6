using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>What must be so before something that is held may be decided. Nothing here knows who may do what where: that was asked before.</summary>
internal static class DispositionRules
{
    /// <exception cref="RefusalException">It does not stand any more, or rests on something else than the person saw; or that cannot become of it.</exception>
    public static void RequireSeen(StoreSession session, HoldRow hold, SeenHold seen, DecisionKind kind)
    {
        if (!hold.Stands)
        {
            throw Refusals.Conflict(Refusals.NotStanding, "holds", $"hold {hold.Id} was decided at {hold.StateAt}", "look at it again; GET /api/v1/holds lists those that stand");
        }

        if (hold.Ground.Version(session) is var version && version != seen.Version)
        {
            throw Refusals.Conflict(
                Refusals.Stale, "holds", $"hold {hold.Id} rests on version {version} of {hold.Ground}, and version {seen.Version} was seen", "look at what is known now, and decide on that");
        }

        if (hold.Kind == HoldWords.StorageUnit && kind != DecisionKind.Release)
        {
            throw Refusals.Invalid(
                Refusals.NotOfStorageUnit, "kind", $"hold {hold.Id} is of storage unit {hold.Unit}, which can only be released", "discard or return the blood units that were in it");
        }
    }

    /// <summary>What must be so before a person may sign.</summary>
    /// <exception cref="RefusalException">Something is missing.</exception>
    public static void Require(StoreSession session, FleetHistory fleet, HoldRow hold, DecisionKind kind, string signer, Instant now)
    {
        // The software itself says that there was no ground. Only a person may act on it, and one is enough.
        if (kind != DecisionKind.Release || hold.State == HoldWords.GroundRemoved)
        {
            return;
        }

        RequireOver(session, fleet, hold, now);
        if (Proposal(session, hold) is not { Kind: DecisionKind.Release } proposal)
        {
            throw Refusals.Conflict(
                Refusals.NoProposal, "holds", $"nobody has proposed to release hold {hold.Id} as {hold.Ground} is now", "have one person propose it, and another one sign");
        }

        if (proposal.By == signer)
        {
            throw Refusals.Conflict(Refusals.OwnProposal, "holds", $"{signer} has proposed to release hold {hold.Id}", "have another person sign: a release takes two");
        }

        if (Assessment(session, hold.Ground) is null)
        {
            throw Refusals.Conflict(
                Refusals.NoAssessment, "holds", $"nobody has assessed {hold.Ground} as it is now", "write the assessment first: what happened to the blood, and why it may be used");
        }
    }

    /// <summary>The last proposal for a hold, when it was made on its ground as it is now; otherwise null.</summary>
    public static ProposalRow? Proposal(StoreSession session, HoldRow hold) =>
        ProposalStore.OfHold(session, hold.Id) is { } proposal && proposal.Version == hold.Ground.Version(session) ? proposal : null;

    /// <summary>The last assessment of a ground, when it was written on the ground as it is now; otherwise null.</summary>
    public static CaseRow? Assessment(StoreSession session, Ground ground) =>
        CaseStore.Of(session, ground).FindLast(entry => entry.Kind == CaseKinds.Assessment) is { } last && last.Version == ground.Version(session) ? last : null;

    // A storage unit must be back before anything goes in again, and a blood unit out of harm's way: what is still going on can get worse.
    private static void RequireOver(StoreSession session, FleetHistory fleet, HoldRow hold, Instant now)
    {
        var open = FindingStore.Current(session, hold.Unit).FindAll(finding => finding.Finding.Stretch is { End: null, SettledAt: null });
        if (hold.Kind == HoldWords.StorageUnit)
        {
            RequireBack(open, UnitOverviews.Read(session, fleet, hold.Unit, now), hold);
        }
        else if (open.Exists(finding => finding.Finding.Id == hold.FindingId)
            && ContentsStore.OfBloodUnit(session, hold.Donation, hold.Product).Exists(stay => stay.Unit == hold.Unit && stay.OutAt is null))
        {
            throw Refusals.Conflict(
                Refusals.StillInside, "holds", $"{hold.Donation} {hold.Product} is still inside storage unit {hold.Unit}, where finding {hold.FindingId} goes on", "move it to another one and enter that, or wait until the finding is over");
        }
    }

    // Unknown is not in range. One that is out of use has no state, and nothing can be put into it by its hold being lifted.
    private static void RequireBack(List<FindingRow> open, UnitOverview? unit, HoldRow hold)
    {
        var reason = open.Count > 0 ? $"finding {open[0].Finding.Id} goes on"
            : unit is { Period: not null, State: > StorageState.Warning } ? unit.Reasons is [var first, ..] ? first.TrimEnd('.') : "it is not judged up to now"
            : null;
        if (reason is not null)
        {
            throw Refusals.Conflict(Refusals.StillOpen, "holds", $"storage unit {hold.Unit} is not known to be in range now: {reason}", "wait until it is in range, and decide then");
        }
    }
}
