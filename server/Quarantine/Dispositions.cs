using ColdChain.Core.Casework;
using ColdChain.Core.Exposure;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>A hold that a person has before him, and the version of its ground that he saw.</summary>
internal readonly record struct SeenHold(long Id, int Version);

/// <summary>What a person wants to become of some holds.</summary>
/// <param name="Kind">Release, discard or return.</param>
/// <param name="Holds">The holds.</param>
/// <param name="Reason">Why, in the person's words.</param>
internal sealed record NewDecision(DecisionKind Kind, IReadOnlyList<SeenHold> Holds, string? Reason);

/// <summary>Asks for the code of a person's second factor in the transaction of what must not be done without one.</summary>
/// <returns>Why not to do it; null when the code is right.</returns>
internal delegate AccountFault? AskForCode(StoreTransaction transaction, string account, string code);

/// <summary>
/// Proposals and signed decisions about holds. One signature may decide several: all of them in one transaction, or none. What is signed is what the
/// person saw; a release of something whose ground stands needs another person than whoever proposed it.
/// </summary>
internal sealed class Dispositions(RecordStore store, FleetView fleet, UnverifiedFigures figures, AskForCode askForCode, TimeProvider clock)
{
    /// <summary>Decided at once at most: a page of holds.</summary>
    public const int HoldsMax = 500;

    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonMax = 1000;

    /// <summary>Stores what a first person proposes for some holds.</summary>
    /// <exception cref="RefusalException">A hold does not stand or has changed, the person may not do that there, or the reason is missing.</exception>
    public Task<List<ProposalRow>> ProposeAsync(Caller caller, NewDecision proposed, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision, transaction => Seen(transaction, caller, Permission.Propose, proposed).ConvertAll(hold => Propose(transaction, hold, caller, proposed)), cancellation, caller.Actor);

    /// <summary>Signs a decision about some holds in the person's name.</summary>
    /// <exception cref="RefusalException">As above; a release lacks its proposal, its assessment or its second person; or the code is not right.</exception>
    public Task<List<DecisionRow>> SignAsync(Caller caller, NewDecision decided, string code, CancellationToken cancellation) => store.WriteAsync(
        WritePriority.Decision,
        transaction =>
        {
            var holds = Seen(transaction, caller, Permission.Decide, decided);
            var person = Refusals.Person(caller);
            foreach (var hold in holds)
            {
                DispositionRules.Require(transaction, fleet.Current, hold, decided.Kind, person.Name, Instant.Now(clock));
            }

            // Last, so that no code is asked for what cannot be done anyway; undone with the rest.
            if (askForCode(transaction, person.Name, code) is { } fault)
            {
                throw Refusals.OfCode(fault);
            }

            return holds.ConvertAll(hold => Sign(transaction, hold, person, decided));
        },
        cancellation,
        caller.Actor);

    private List<HoldRow> Seen(StoreTransaction transaction, Caller caller, Permission what, NewDecision decision)
    {
        Refusals.Person(caller);
        if (decision.Holds.Count is 0 or > HoldsMax || decision.Holds.DistinctBy(seen => seen.Id).Count() != decision.Holds.Count)
        {
            throw Refusals.Invalid(Refusals.NothingChosen, "holds", $"{decision.Holds.Count} holds are named, or one of them twice", $"name 1 to {HoldsMax} holds, each once");
        }

        Reason(decision);
        var holds = decision.Holds.Select(seen => HoldStore.Find(transaction, seen.Id)
            ?? throw new RefusalException(RefusalKind.Unknown, "holds", $"there is no hold {seen.Id}", "take the numbers from GET /api/v1/holds")).ToList();
        holds.ForEach(hold => caller.Require(what, fleet.Current, hold.Unit));
        foreach (var (hold, seen) in holds.Zip(decision.Holds))
        {
            DispositionRules.RequireSeen(transaction, hold, seen, decision.Kind);
        }

        return holds;
    }

    private static string Reason(NewDecision decision) => Refusals.Text(Refusals.NoReason, "reason", decision.Reason, ReasonMax, "say why, for whoever reads it in years");

    private ProposalRow Propose(StoreTransaction transaction, HoldRow hold, Caller caller, NewDecision proposed)
    {
        var (now, before) = (Instant.Now(clock), ProposalStore.OfHold(transaction, hold.Id));
        var version = hold.Ground.Version(transaction)!.Value; // A hold refers to its ground.
        var row = ProposalStore.Insert(transaction, new ProposalRow(0, hold.Id, proposed.Kind, Reason(proposed), version, Refusals.Person(caller).Name, now));
        EventLog.Append(transaction, now, EventKinds.DecisionProposed, hold.Unit, hold.Kind == HoldWords.BloodUnit ? hold.Donation : hold.Unit.Value, new
        {
            proposal = row.Id, hold = hold.Id, kind = DecisionWords.Of(row.Kind), row.Reason, hold.Product, finding = hold.FindingId, exposure = hold.ExposureId, row.Version, before = before?.Id,
        });
        return row;
    }

    private DecisionRow Sign(StoreTransaction transaction, HoldRow hold, AccountRow person, NewDecision decided)
    {
        var now = Instant.Now(clock);
        var isGroundRemoved = hold.State == HoldWords.GroundRemoved;
        var site = fleet.Current.FindUnit(hold.Unit)?.Site;
        return DecisionStore.Sign(
            transaction,
            hold,
            new DecisionRow(
                0, hold.Id, decided.Kind, person.Name, now, Reason(decided), hold.FindingId, hold.Ground.Version(transaction)!.Value, Watermark(transaction, hold), hold.ExposureId) // As above.
            {
                Display = person.Display,
                Zone = (fleet.Current.FindSite(site ?? "")?.Zone ?? TimeZoneInfo.Utc).Id,
                Meaning = Meanings.Of(decided.Kind, isGroundRemoved),
                Proposal = DispositionRules.Proposal(transaction, hold)?.Id,
                UnverifiedFigures = figures.Of(transaction, hold.Ground),
            });
    }

    // Up to where no later reading could change what was judged: what comes of before then was not known.
    private static Instant? Watermark(StoreTransaction transaction, HoldRow hold) => hold.ExposureId is null && FindingStore.Find(transaction, hold.FindingId) is { } finding
        && UnitStateStore.Find(transaction, finding.Unit)?.Settled is { } settled && settled.TryGetValue(finding.Finding.Probe, out var instant)
            ? instant
            : null;
}
