using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>
/// A change of the fleet by two persons: one proposes the whole file, another one brings it into force. Limits, products, probes and calibrations are in it.
/// </summary>
internal sealed class FleetProposals(RecordStore store, FleetLoader loader, IReadOnlyList<RulePack> packs, TimeProvider clock)
{
    /// <summary>The longest reason, in UTF-16 code units.</summary>
    public const int ReasonMax = 500;

    /// <summary>Proposes a fleet file.</summary>
    /// <exception cref="RefusalException">There is no reason, or the file says nothing new.</exception>
    /// <exception cref="ConfigurationException">The file has errors: all of them are named.</exception>
    public async Task<FleetProposalRow> ProposeAsync(string text, string reason, Actor by, CancellationToken cancellation)
    {
        RefusalException.RequireLine("reason", reason, ReasonMax, "say why");
        Parse(text);
        return await store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var now = Instant.Now(clock);
                var (inForce, hash) = (FleetVersionStore.Latest(transaction)!, FleetVersionStore.HashOf(text)); // The start loaded one.
                if (hash == inForce.Sha256)
                {
                    throw new RefusalException(RefusalKind.Invalid, "text", "the file says what is in force already", "change it first");
                }

                var proposal = FleetProposalStore.Append(transaction, new FleetProposalRow(0, text, hash, inForce.Sha256, reason.Trim(), by.Name, now));
                EventLog.Append(transaction, now, EventKinds.FleetProposed, null, hash, new { proposal = proposal.Id, proposal.Reason, before = proposal.Base });
                return proposal;
            },
            cancellation,
            by);
    }

    /// <summary>Brings a proposed fleet into force.</summary>
    /// <exception cref="RefusalException">It is the person's own, it was decided about, or another fleet has come into force since.</exception>
    /// <exception cref="ConfigurationException">It does not fit what has become of packs and contents since: all of that is named.</exception>
    public async Task ApproveAsync(long id, Actor by, CancellationToken cancellation)
    {
        var text = store.Read(session => FleetProposalStore.Find(session, id)?.Text) ?? throw Unknown(id);
        await loader.ApplyAsync(
            text,
            Parse(text),
            transaction =>
            {
                var proposal = Undecided(transaction, id);
                if (proposal.ProposedBy == by.Name)
                {
                    throw new RefusalException(RefusalKind.Forbidden, "proposal", "you proposed it yourself", "have another person look at it and approve it");
                }

                if (FleetVersionStore.Latest(transaction)!.Sha256 != proposal.Base)
                {
                    throw new RefusalException(RefusalKind.Conflict, "proposal", "another fleet has come into force since it was made", "propose the change anew, on what is in force");
                }

                Decide(transaction, proposal, new FleetDecisionRow(id, true, "", by.Name, Instant.Now(clock)));
            },
            by,
            cancellation);
    }

    /// <summary>Refuses a proposal. Whoever made it may take it back that way.</summary>
    /// <exception cref="RefusalException">There is no reason, or it was decided about.</exception>
    public Task RefuseAsync(long id, string reason, Actor by, CancellationToken cancellation)
    {
        RefusalException.RequireLine("reason", reason, ReasonMax, "say why");
        return store.WriteAsync(
            WritePriority.Decision,
            transaction => Decide(transaction, Undecided(transaction, id), new FleetDecisionRow(id, false, reason.Trim(), by.Name, Instant.Now(clock))),
            cancellation,
            by);
    }

    private FleetHistory Parse(string text) => FleetReader.TryRead(text, RulePackFolder.ByKey(packs), out var fleet, out var errors)
        ? fleet
        : throw new ConfigurationException([.. errors.Select(error => error.ToString())]);

    private static void Decide(StoreTransaction transaction, FleetProposalRow proposal, FleetDecisionRow decision)
    {
        FleetProposalStore.Decide(transaction, decision);
        EventLog.Append(
            transaction, decision.DecidedAt, decision.IsApproved ? EventKinds.FleetApproved : EventKinds.FleetRefused, null, proposal.Sha256, new { proposal = proposal.Id, decision.Reason, before = proposal.Base });
    }

    private static FleetProposalRow Undecided(StoreTransaction transaction, long id)
    {
        var proposal = FleetProposalStore.Find(transaction, id) ?? throw Unknown(id);
        return FleetProposalStore.DecisionOn(transaction, id) is { } decision
            ? throw new RefusalException(
                RefusalKind.Conflict, "proposal", $"it was {(decision.IsApproved ? "approved" : "refused")} by {decision.DecidedBy} at {decision.DecidedAt}", "look at the fleet in force")
            : proposal;
    }

    private static RefusalException Unknown(long id) => new(RefusalKind.Unknown, "proposal", $"there is no proposal {id}", "open the page of the fleet, which lists them");
}
