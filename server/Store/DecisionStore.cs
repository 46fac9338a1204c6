using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>What a person decided about a hold, and what was known then.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="HoldId">The hold.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="SignedBy">The person.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="FindingId">The finding that is the hold's ground.</param>
/// <param name="Version">The version of it that the person saw.</param>
/// <param name="Watermark">Up to when the finding's device had delivered everything then; null when nothing was without a gap.</param>
internal sealed record DecisionRow(
    long Id, long HoldId, DecisionKind Kind, string SignedBy, Instant SignedAt, string Reason, long FindingId, int Version, Instant? Watermark);

/// <summary>Signed decisions. They are never changed; one that does not stand any more is re-opened beside it.</summary>
internal static class DecisionStore
{
    private const string Columns = "id, hold, kind, signed_by, signed_at, reason, finding, version, watermark";

    /// <summary>Stores a decision and ends its hold in the person's name.</summary>
    /// <exception cref="InvalidOperationException">The hold does not stand, or the person saw another version of the finding than there is.</exception>
    public static DecisionRow Sign(StoreTransaction transaction, HoldRow hold, DecisionRow decision)
    {
        var finding = FindingStore.Find(transaction, decision.FindingId);
        if (!hold.Stands || hold.Id != decision.HoldId || hold.FindingId != decision.FindingId || finding?.Finding.Version != decision.Version)
        {
            throw new InvalidOperationException(
                $"Hold {decision.HoldId} does not stand on version {decision.Version} of finding {decision.FindingId}. Show the person what is known now, and ask again.");
        }

        var id = transaction.Insert(
            """
            INSERT INTO decisions (hold, kind, signed_by, signed_at, reason, finding, version, watermark)
            VALUES ($hold, $kind, $by, $at, $reason, $finding, $version, $watermark) RETURNING id
            """,
            ("$hold", decision.HoldId),
            ("$kind", WordOf(decision.Kind)),
            ("$by", decision.SignedBy),
            ("$at", decision.SignedAt),
            ("$reason", decision.Reason),
            ("$finding", decision.FindingId),
            ("$version", decision.Version),
            ("$watermark", decision.Watermark));
        HoldStore.Move(transaction, hold, HoldWords.Decided, decision.SignedAt);
        EventLog.Append(transaction, decision.SignedAt, EventKinds.DecisionSigned, hold.Unit, Subject(hold), new
        {
            decision = id, hold = hold.Id, kind = WordOf(decision.Kind), decision.SignedBy, decision.Reason, finding = decision.FindingId, decision.Version,
        });
        return decision with { Id = id };
    }

    /// <summary>The decisions on a finding that have not been re-opened.</summary>
    public static List<DecisionRow> Standing(StoreSession session, long finding) => session.Query(
        $"""
        SELECT {Columns} FROM decisions
        WHERE finding = $finding AND NOT EXISTS (SELECT 1 FROM reopened_decisions WHERE decision = decisions.id) ORDER BY id
        """,
        row => new DecisionRow(
            row.GetInt64(0), row.GetInt64(1), row.GetString(2) == "release" ? DecisionKind.Release : DecisionKind.Discard, row.GetString(3), row.Instant(4),
            row.GetString(5), row.GetInt64(6), row.GetInt32(7), row.InstantOrNull(8)),
        ("$finding", finding));

    /// <summary>
    /// Looks whether the decisions on a finding stand, in the transaction of what has become known. Where one does not, the hold is held again,
    /// and an event names the blood units that have left meanwhile.
    /// </summary>
    /// <param name="transaction">The evaluator's transaction.</param>
    /// <param name="finding">The finding as it is now.</param>
    /// <param name="newFrom">The earliest instant of its time about which something has come; null for nothing.</param>
    /// <param name="now">The present.</param>
    public static void Review(StoreTransaction transaction, FindingRow finding, Instant? newFrom, Instant now)
    {
        var news = new DecisionNews(finding.Finding.Version, finding.Status == FindingWords.Retracted, newFrom);
        foreach (var decision in Standing(transaction, finding.Finding.Id))
        {
            if (DecisionReview.Reopened(new DecisionBasis(decision.Kind, decision.Version, decision.Watermark), news) is { } reason)
            {
                Reopen(transaction, finding, decision, reason, now);
            }
        }
    }

    private static void Reopen(StoreTransaction transaction, FindingRow finding, DecisionRow decision, string reason, Instant now)
    {
        transaction.Execute(
            "INSERT INTO reopened_decisions (decision, reopened_at, version, reason) VALUES ($decision, $at, $version, $reason)",
            ("$decision", decision.Id),
            ("$at", now),
            ("$version", finding.Finding.Version),
            ("$reason", reason));
        var hold = HoldStore.OfFinding(transaction, decision.FindingId).Find(other => other.Id == decision.HoldId)
            ?? throw new InvalidDataException($"Hold {decision.HoldId} of decision {decision.Id} is gone; holds are never deleted. Restore the store from a backup.");
        if (!hold.Stands)
        {
            HoldStore.Move(transaction, hold, HoldWords.Held, now);
        }

        var left = LookbackStore.OfFinding(transaction, decision.FindingId).Where(row => row.Left.LeftAt >= decision.SignedAt)
            .Where(row => hold.Kind == HoldWords.StorageUnit || (row.Donation == hold.Donation && row.Product == hold.Product))
            .Select(LookbackStore.Told);
        EventLog.Append(transaction, now, EventKinds.DecisionReopened, hold.Unit, Subject(hold), new
        {
            decision = decision.Id, hold = hold.Id, finding = decision.FindingId, version = finding.Finding.Version, reason, left,
        });
    }

    private static string WordOf(DecisionKind kind) => kind == DecisionKind.Release ? "release" : "discard";

    private static string Subject(HoldRow hold) => hold.Kind == HoldWords.BloodUnit ? hold.Donation : hold.Unit.Value;
}
