using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A fleet file that somebody proposes.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Text">The whole file.</param>
/// <param name="Sha256">Of the text in UTF-8, in lower-case hexadecimal.</param>
/// <param name="Base">The hash of the fleet in force when it was proposed.</param>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="ProposedBy">The name of the actor.</param>
/// <param name="ProposedAt">When.</param>
internal sealed record FleetProposalRow(long Id, string Text, string Sha256, string Base, string Reason, string ProposedBy, Instant ProposedAt);

/// <summary>What was decided about a proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="IsApproved">True when it came into force.</param>
/// <param name="Reason">Why, in the person's words; may be empty for an approval.</param>
/// <param name="DecidedBy">The name of the actor.</param>
/// <param name="DecidedAt">When.</param>
internal sealed record FleetDecisionRow(long Proposal, bool IsApproved, string Reason, string DecidedBy, Instant DecidedAt);

/// <summary>Proposed changes of the fleet, and what was decided about them. Rows are never changed and never deleted.</summary>
internal static class FleetProposalStore
{
    private const string Columns = "id, text, sha256, base, reason, proposed_by, proposed_at";
    private const string Approved = "approved";

    /// <summary>Stores a proposal; the result carries its id.</summary>
    public static FleetProposalRow Append(StoreTransaction transaction, FleetProposalRow proposal) => proposal with
    {
        Id = transaction.Insert(
            "INSERT INTO fleet_proposals (text, sha256, base, reason, proposed_by, proposed_at) VALUES ($text, $sha256, $base, $reason, $by, $at) RETURNING id",
            ("$text", proposal.Text),
            ("$sha256", proposal.Sha256),
            ("$base", proposal.Base),
            ("$reason", proposal.Reason),
            ("$by", proposal.ProposedBy),
            ("$at", proposal.ProposedAt)),
    };

    public static void Decide(StoreTransaction transaction, FleetDecisionRow decision) => transaction.Execute(
        "INSERT INTO fleet_decisions (proposal, kind, reason, decided_by, decided_at) VALUES ($proposal, $kind, $reason, $by, $at)",
        ("$proposal", decision.Proposal),
        ("$kind", decision.IsApproved ? Approved : "refused"),
        ("$reason", decision.Reason),
        ("$by", decision.DecidedBy),
        ("$at", decision.DecidedAt));

    public static FleetProposalRow? Find(StoreSession session, long id) =>
        session.QueryFirst($"SELECT {Columns} FROM fleet_proposals WHERE id = $id", Row, ("$id", id));

    /// <summary>What was decided about a proposal; null when nothing was yet.</summary>
    public static FleetDecisionRow? DecisionOn(StoreSession session, long proposal) => session.QueryFirst(
        "SELECT proposal, kind, reason, decided_by, decided_at FROM fleet_decisions WHERE proposal = $proposal", Decision, ("$proposal", proposal));

    /// <summary>The proposals about which nothing was decided, oldest first.</summary>
    public static List<FleetProposalRow> Open(StoreSession session) => session.Query(
        $"SELECT {Columns} FROM fleet_proposals WHERE id NOT IN (SELECT proposal FROM fleet_decisions) ORDER BY id", Row);

    /// <summary>True when a fleet with this hash was approved by a second person.</summary>
    public static bool WasApproved(StoreSession session, string sha256) => session.QueryFirst(
        "SELECT count(*) FROM fleet_proposals JOIN fleet_decisions ON proposal = id WHERE sha256 = $sha256 AND kind = $kind",
        row => row.GetInt64(0) > 0,
        ("$sha256", sha256),
        ("$kind", Approved));

    private static FleetProposalRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.Instant(6));

    private static FleetDecisionRow Decision(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1) == Approved, row.GetString(2), row.GetString(3), row.Instant(4));
}
