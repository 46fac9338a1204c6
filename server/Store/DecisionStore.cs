using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Casework;
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
    long? ExposureId = null)
{
    /// <summary>The person's name, as it was when it was signed (21 CFR 11.50).</summary>
    public string Display { get; init; } = SignedBy;

    /// <summary>The zone in which the person read the time; an IANA name. Empty in what an earlier version wrote.</summary>
    public string Zone { get; init; } = TimeZoneInfo.Local.Id;

    /// <summary>What the person said by signing.</summary>
    public string Meaning { get; init; } = Meanings.Of(Kind, isGroundRemoved: false);

    /// <summary>The first person's proposal, when it rests on one.</summary>
    public long? Proposal { get; init; }

    /// <summary>The figures that the ground rests on and that nobody has read in their source, as the person was shown them.</summary>
    public IReadOnlyList<string> UnverifiedFigures { get; init; } = [];

    /// <summary>SHA-256 of all that was signed, as lower-case hexadecimal digits; empty in what an earlier version wrote.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Which of the three forms it is stored in, as the view of all of them says.</summary>
    internal string Form { get; init; } = DecisionStore.Signed;
}

/// <summary>Signed decisions. They are never changed; one that does not stand any more is re-opened beside it.</summary>
internal static class DecisionStore
{
    /// <summary>The form of today: what an earlier version wrote lies in two tables of its own.</summary>
    public const string Signed = "signed";

    private const string Columns = "d.id, d.hold, d.kind, d.signed_by, d.signed_at, d.reason, d.finding, d.version, d.watermark, d.exposure, d.display, d.zone, d.meaning, d.proposal, d.sha256, d.form";

    // Decisions of all forms count on from one another.
    private const string NextId = "(SELECT ifnull(max(seq), 0) + 1 FROM sqlite_sequence WHERE name IN ('decisions', 'exposure_decisions', 'dispositions'))";

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

        var signed = Insert(transaction, hold, decision);
        HoldStore.Move(transaction, hold, HoldWords.Decided, decision.SignedAt);
        EventLog.Append(transaction, decision.SignedAt, EventKinds.DecisionSigned, hold.Unit, Subject(hold), new
        {
            decision = signed.Id, hold = hold.Id, kind = DecisionWords.Of(decision.Kind), decision.SignedBy, decision.Display, decision.Meaning, decision.Reason,
            donation = hold.Donation, product = hold.Product, finding = decision.FindingId, exposure = decision.ExposureId, decision.Version, decision.Proposal,
            decision.UnverifiedFigures, signed.Sha256, before = hold.State,
        });
        return signed;
    }

    /// <summary>The decisions on a finding that have not been re-opened.</summary>
    public static List<DecisionRow> Standing(StoreSession session, long finding) =>
        session.Query($"SELECT {Columns} FROM decisions_that_stand d WHERE d.finding = $finding ORDER BY d.id", Row, ("$finding", finding));

    /// <summary>The decisions on an exposure that have not been re-opened.</summary>
    public static List<DecisionRow> StandingOnExposure(StoreSession session, long exposure) =>
        session.Query($"SELECT {Columns} FROM decisions_that_stand d WHERE d.exposure = $exposure ORDER BY d.id", Row, ("$exposure", exposure));

    /// <summary>The decisions on holds of a blood unit that have not been re-opened, oldest first.</summary>
    public static List<DecisionRow> StandingOnBloodUnit(StoreSession session, string donation, string product) => session.Query(
        $"""
        SELECT {Columns} FROM all_holds h JOIN decisions_that_stand d ON d.hold = h.id
        WHERE h.donation = $donation AND h.product = $product ORDER BY d.id
        """,
        Row,
        ("$donation", donation),
        ("$product", product));

    /// <summary>Every decision on a hold, oldest first, with when and why it was re-opened; null for one that stands.</summary>
    public static List<(DecisionRow Decision, Instant? ReopenedAt, string? Why)> OfHold(StoreSession session, long hold) => session.Query(
        $"""
        SELECT {Columns}, d.reopened_at, d.why FROM
            (SELECT s.*, NULL AS reopened_at, NULL AS why FROM decisions_that_stand s WHERE s.hold = $hold
            UNION ALL
            SELECT p.id, p.hold, p.kind, p.signed_by, p.signed_at, p.reason, ifnull(p.finding, 0), p.exposure, p.version, p.watermark,
                p.display, p.zone, p.meaning, p.proposal, p.sha256, '{Signed}', r.reopened_at, r.reason
            FROM dispositions p JOIN reopened_dispositions r ON r.disposition = p.id WHERE p.hold = $hold
            UNION ALL
            SELECT o.id, o.hold, o.kind, o.signed_by, o.signed_at, o.reason, o.finding, NULL, o.version, o.watermark,
                o.signed_by, '', '', NULL, '', 'finding', r.reopened_at, r.reason
            FROM decisions o JOIN reopened_decisions r ON r.decision = o.id WHERE o.hold = $hold
            UNION ALL
            SELECT o.id, o.hold, o.kind, o.signed_by, o.signed_at, o.reason, 0, o.exposure, o.version, o.watermark,
                o.signed_by, '', '', NULL, '', 'exposure', r.reopened_at, r.reason
            FROM exposure_decisions o JOIN reopened_exposure_decisions r ON r.decision = o.id WHERE o.hold = $hold) d
        ORDER BY d.id
        """,
        row => (Row(row), row.InstantOrNull(16), row.TextOrNull(17)),
        ("$hold", hold));

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
        var (table, column) = decision.Form switch
        {
            "finding" => ("reopened_decisions", "decision"),
            "exposure" => ("reopened_exposure_decisions", "decision"),
            _ => ("reopened_dispositions", "disposition"),
        };
        transaction.Execute(
            $"INSERT INTO {table} ({column}, reopened_at, version, reason) VALUES ($decision, $at, $version, $reason)",
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
            decision = decision.Id, hold = hold.Id, kind = DecisionWords.Of(decision.Kind), donation = hold.Donation, product = hold.Product, finding = decision.FindingId,
            exposure = decision.ExposureId, version = news.Version, reason, left,
        });
    }

    private static DecisionRow Insert(StoreTransaction transaction, HoldRow hold, DecisionRow decision)
    {
        var content = Content(hold, decision);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        var id = transaction.Insert(
            $"""
            INSERT INTO dispositions (id, hold, kind, signed_by, display, signed_at, zone, meaning, reason, finding, exposure, version, watermark, proposal, content, sha256)
            VALUES ({NextId}, $hold, $kind, $by, $display, $at, $zone, $meaning, $reason, $finding, $exposure, $version, $watermark, $proposal, $content, $sha256) RETURNING id
            """,
            [
                ("$hold", decision.HoldId), ("$kind", DecisionWords.Of(decision.Kind)), ("$by", decision.SignedBy), ("$display", decision.Display),
                ("$at", decision.SignedAt), ("$zone", decision.Zone), ("$meaning", decision.Meaning), ("$reason", decision.Reason),
                .. new Ground(decision.FindingId, decision.ExposureId).Parameters, ("$version", decision.Version), ("$watermark", decision.Watermark),
                ("$proposal", decision.Proposal), ("$content", content), ("$sha256", sha256),
            ]);
        return decision with { Id = id, Sha256 = sha256 };
    }

    /// <summary>All that is signed, as one text: its hash binds the signature to it (21 CFR 11.70).</summary>
    private static string Content(HoldRow hold, DecisionRow decision) => EventLog.TextOf(new
    {
        hold = hold.Id, what = hold.Kind, unit = hold.Unit.Value, donation = hold.Donation, product = hold.Product, finding = decision.FindingId,
        exposure = decision.ExposureId, version = decision.Version, watermark = decision.Watermark?.ToString(), unverifiedFigures = decision.UnverifiedFigures,
        kind = DecisionWords.Of(decision.Kind), meaning = decision.Meaning, reason = decision.Reason, proposal = decision.Proposal,
        signedBy = decision.SignedBy, display = decision.Display, signedAt = decision.SignedAt.ToString(), zone = decision.Zone,
    });

    private static DecisionRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), DecisionWords.KindOf(row.GetString(2)), row.GetString(3), row.Instant(4), row.GetString(5), row.GetInt64(6), row.GetInt32(7),
        row.InstantOrNull(8), row.LongOrNull(9))
    {
        Display = row.GetString(10),
        Zone = row.GetString(11),
        Meaning = row.GetString(12),
        Proposal = row.LongOrNull(13),
        Sha256 = row.GetString(14),
        Form = row.GetString(15),
    };

    private static string Subject(HoldRow hold) => hold.Kind == HoldWords.BloodUnit ? hold.Donation : hold.Unit.Value;
}
