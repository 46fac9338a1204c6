using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What a person decided about a hold, and what was known then.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="HoldId">The hold.</param>
/// <param name="Kind">What was decided.</param>
/// <param name="SignedBy">The person.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="FindingId">The finding that is the hold's ground; 0 when that is an exposure.</param>
/// <param name="Version">The version of the ground that the person saw.</param>
/// <param name="Watermark">Up to when everything had been delivered then; null when nothing was without a gap.</param>
/// <param name="ExposureId">The exposure that is the hold's ground; null when that is a finding.</param>
internal sealed record DecisionRow(
    long Id, long HoldId, DecisionKind Kind, string SignedBy, Instant SignedAt, string Reason, long FindingId, int Version, Instant? Watermark,
    long? ExposureId = null);

/// <summary>Signed decisions. They are never changed; one that does not stand any more is re-opened beside it.</summary>
internal static class DecisionStore
{
    private const string Columns = "id, hold, kind, signed_by, signed_at, reason, finding, version, watermark, exposure";

    // Decisions about holds of both kinds count on from one another.
    private const string NextId = "(SELECT ifnull(max(seq), 0) + 1 FROM sqlite_sequence WHERE name IN ('decisions', 'exposure_decisions'))";

    /// <summary>Stores a decision and ends its hold in the person's name.</summary>
    /// <exception cref="InvalidOperationException">The hold does not stand, or the person saw another version of its ground than there is.</exception>
    public static DecisionRow Sign(StoreTransaction transaction, HoldRow hold, DecisionRow decision)
    {
        var version = hold.ExposureId is { } exposure
            ? ExposureStore.Find(transaction, exposure)?.Version
            : FindingStore.Find(transaction, hold.FindingId)?.Finding.Version;
        if (!hold.Stands || hold.Id != decision.HoldId || (hold.FindingId, hold.ExposureId) != (decision.FindingId, decision.ExposureId) || version != decision.Version)
        {
            throw new InvalidOperationException(
                $"Hold {decision.HoldId} does not stand on version {decision.Version} of what it was signed for. Show the person what is known now, and ask again.");
        }

        var id = Insert(transaction, decision);
        HoldStore.Move(transaction, hold, HoldWords.Decided, decision.SignedAt);
        EventLog.Append(transaction, decision.SignedAt, EventKinds.DecisionSigned, hold.Unit, Subject(hold), new
        {
            decision = id, hold = hold.Id, kind = WordOf(decision.Kind), decision.SignedBy, decision.Reason, finding = decision.FindingId, exposure = decision.ExposureId,
            decision.Version,
        });
        return decision with { Id = id };
    }

    /// <summary>The decisions on a finding that have not been re-opened.</summary>
    public static List<DecisionRow> Standing(StoreSession session, long finding) =>
        session.Query($"SELECT {Columns} FROM standing_decisions WHERE finding = $finding ORDER BY id", Row, ("$finding", finding));

    /// <summary>The decisions on an exposure that have not been re-opened.</summary>
    public static List<DecisionRow> StandingOnExposure(StoreSession session, long exposure) =>
        session.Query($"SELECT {Columns} FROM standing_decisions WHERE exposure = $exposure ORDER BY id", Row, ("$exposure", exposure));

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
        foreach (var (decision, reason) in Fallen(Standing(transaction, finding.Finding.Id), news))
        {
            var hold = HoldStore.OfFinding(transaction, decision.FindingId).Find(other => other.Id == decision.HoldId);
            Reopen(transaction, decision, hold, news, reason, now, LookbackStore.OfFinding(transaction, decision.FindingId));
        }
    }

    /// <summary>The same of the decisions on an exposure.</summary>
    /// <param name="transaction">The transaction of what has become known.</param>
    /// <param name="exposure">The exposure as it is now.</param>
    /// <param name="isCountedAnew">True when its amounts are others than before.</param>
    /// <param name="now">The present.</param>
    public static void Review(StoreTransaction transaction, ExposureRow exposure, bool isCountedAnew, Instant now)
    {
        var news = new DecisionNews(exposure.Version, exposure.Status == ExposureWords.Retracted, null) { IsCountedAnew = isCountedAnew };
        foreach (var (decision, reason) in Fallen(StandingOnExposure(transaction, exposure.Id), news))
        {
            var left = LookbackStore.OfExposure(transaction, exposure.Id);
            Reopen(transaction, decision, HoldStore.OfExposure(transaction, exposure.Id), news, reason, now, left is null ? [] : [left]);
        }
    }

    private static IEnumerable<(DecisionRow Decision, string Reason)> Fallen(List<DecisionRow> standing, DecisionNews news) =>
        from decision in standing
        let reason = DecisionReview.Reopened(new DecisionBasis(decision.Kind, decision.Version, decision.Watermark), news)
        where reason is not null
        select (decision, reason);

    private static void Reopen(
        StoreTransaction transaction, DecisionRow decision, HoldRow? hold, DecisionNews news, string reason, Instant now, IReadOnlyList<LookbackRow> lookbacks)
    {
        transaction.Execute(
            $"INSERT INTO {(decision.ExposureId is null ? "reopened_decisions" : "reopened_exposure_decisions")} (decision, reopened_at, version, reason) VALUES ($decision, $at, $version, $reason)",
            ("$decision", decision.Id),
            ("$at", now),
            ("$version", news.Version),
            ("$reason", reason));
        if (hold is null)
        {
            throw new InvalidDataException($"Hold {decision.HoldId} of decision {decision.Id} is gone; holds are never deleted. Restore the store from a backup.");
        }

        if (!hold.Stands)
        {
            HoldStore.Move(transaction, hold, news.IsRetracted ? HoldWords.GroundRemoved : HoldWords.Held, now);
        }

        var left = lookbacks.Where(row => row.Left.LeftAt >= decision.SignedAt)
            .Where(row => hold.Kind == HoldWords.StorageUnit || (row.Donation == hold.Donation && row.Product == hold.Product))
            .Select(LookbackStore.Told);
        EventLog.Append(transaction, now, EventKinds.DecisionReopened, hold.Unit, Subject(hold), new
        {
            decision = decision.Id, hold = hold.Id, finding = decision.FindingId, exposure = decision.ExposureId, version = news.Version, reason, left,
        });
    }

    private static long Insert(StoreTransaction transaction, DecisionRow decision)
    {
        var (table, ground) = decision.ExposureId is null ? ("decisions", "finding") : ("exposure_decisions", "exposure");
        return transaction.Insert(
            $"""
            INSERT INTO {table} (id, hold, kind, signed_by, signed_at, reason, {ground}, version, watermark)
            VALUES ({NextId}, $hold, $kind, $by, $at, $reason, $ground, $version, $watermark) RETURNING id
            """,
            ("$hold", decision.HoldId),
            ("$kind", WordOf(decision.Kind)),
            ("$by", decision.SignedBy),
            ("$at", decision.SignedAt),
            ("$reason", decision.Reason),
            ("$ground", decision.ExposureId ?? decision.FindingId),
            ("$version", decision.Version),
            ("$watermark", decision.Watermark));
    }

    private static DecisionRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), row.GetString(2) == "release" ? DecisionKind.Release : DecisionKind.Discard, row.GetString(3), row.Instant(4),
        row.GetString(5), row.GetInt64(6), row.GetInt32(7), row.InstantOrNull(8), row.LongOrNull(9));

    private static string WordOf(DecisionKind kind) => kind == DecisionKind.Release ? "release" : "discard";

    private static string Subject(HoldRow hold) => hold.Kind == HoldWords.BloodUnit ? hold.Donation : hold.Unit.Value;
}
