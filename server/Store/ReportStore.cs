using System.Security.Cryptography;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A revision of a report, without its content.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Number">The number of the report, as <see cref="ReportNumber"/> writes it.</param>
/// <param name="Revision">From 1.</param>
/// <param name="Site">The site; empty for all sites.</param>
/// <param name="Unit">The storage unit, when it is of one.</param>
/// <param name="Finding">The excursion or unknown time, when it is of one.</param>
/// <param name="Sha256">Of the content, in lower-case hexadecimal.</param>
/// <param name="MadeAt">When it was prepared.</param>
internal sealed record ReportRow(long Id, string Number, int Revision, string Site, StorageUnitId? Unit, long? Finding, string Sha256, Instant MadeAt)
{
    /// <summary>The form in which its content is written, from 1.</summary>
    public int Form { get; init; } = 1;
}

/// <summary>A signature under a revision.</summary>
/// <param name="Report">The revision's id.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Account">The account.</param>
/// <param name="Display">The person's name, as it was then.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Zone">The IANA name of the zone in which the person read that time.</param>
/// <param name="Sentence">What was signed, in English.</param>
/// <param name="Sha256">Of the content that the person saw.</param>
internal sealed record ReportSignatureRow(long Report, SignatureMeaning Meaning, string Account, string Display, Instant SignedAt, string Zone, string Sentence, string Sha256);

/// <summary>That the content of a revision would be another one now.</summary>
/// <param name="Report">The revision's id.</param>
/// <param name="At">When that was noticed.</param>
/// <param name="Reason">What is another, in English.</param>
/// <param name="Sha256">Of what it would be.</param>
internal sealed record ReportVoidRow(long Report, Instant At, string Reason, string Sha256);

/// <summary>Reports with their signatures. Nothing of them is changed or deleted, but for when a revision was compared last.</summary>
internal static class ReportStore
{
    private const string Columns = "r.id, r.number, r.revision, r.site, r.unit, r.finding, r.sha256, r.made_at, r.form";

    // Behind the others.
    private const int ContentColumn = 9;

    // The newest revision of each report.
    private const string Newest = "r.revision = (SELECT max(revision) FROM report_revisions n WHERE n.number = r.number)";

    /// <summary>Stores a revision, whose number follows that of the one before; the result carries id and revision.</summary>
    public static ReportRow Append(StoreTransaction transaction, ReportRow row, ReadOnlyMemory<byte> content)
    {
        var revision = 1 + (Find(transaction, row.Number)?.Revision ?? 0);
        var id = transaction.Insert(
            """
            INSERT INTO report_revisions (number, revision, site, unit, finding, form, sha256, made_at, content)
            VALUES ($number, $revision, $site, $unit, $finding, $form, $sha256, $madeAt, $content) RETURNING id
            """,
            ("$number", row.Number),
            ("$revision", revision),
            ("$site", row.Site),
            ("$unit", row.Unit),
            ("$finding", row.Finding),
            ("$form", row.Form),
            ("$sha256", row.Sha256),
            ("$madeAt", row.MadeAt),
            ("$content", content));
        return row with { Id = id, Revision = revision };
    }

    /// <summary>The newest revision of a report; null when nobody has prepared it.</summary>
    public static ReportRow? Find(StoreSession session, string number) => session.QueryFirst(
        $"SELECT {Columns} FROM report_revisions r WHERE r.number = $number ORDER BY r.revision DESC LIMIT 1", Row, ("$number", number));

    /// <summary>One revision of a report; null when there is none.</summary>
    public static ReportRow? Find(StoreSession session, string number, int revision) => session.QueryFirst(
        $"SELECT {Columns} FROM report_revisions r WHERE r.number = $number AND r.revision = $revision", Row, ("$number", number), ("$revision", revision));

    /// <summary>All revisions of a report, the newest first.</summary>
    public static List<ReportRow> Revisions(StoreSession session, string number) => session.Query(
        $"SELECT {Columns} FROM report_revisions r WHERE r.number = $number ORDER BY r.revision DESC", Row, ("$number", number));

    /// <summary>The newest revision of each report, the last prepared first, at most <paramref name="max"/>.</summary>
    public static List<ReportRow> All(StoreSession session, int max) => session.Query(
        $"SELECT {Columns} FROM report_revisions r WHERE {Newest} ORDER BY r.id DESC LIMIT $max", Row, ("$max", max));

    /// <summary>
    /// The newest revisions that are not void and were not compared since an instant, those that were never compared first, then the longest ago;
    /// at most <paramref name="max"/>.
    /// </summary>
    /// <param name="session">The store.</param>
    /// <param name="since">The instant.</param>
    /// <param name="old">What was prepared before is old.</param>
    /// <param name="sinceOfOld">The instant for what is old.</param>
    /// <param name="max">How many at most.</param>
    public static List<ReportRow> Unchecked(StoreSession session, Instant since, Instant old, Instant sinceOfOld, int max) => session.Query(
        $"""
        SELECT {Columns} FROM report_revisions r LEFT JOIN report_checks c ON c.report = r.id
        WHERE {Newest} AND NOT EXISTS (SELECT 1 FROM report_voids v WHERE v.report = r.id) AND ifnull(c.checked_at, $never) < iif(r.made_at < $old, $sinceOfOld, $since)
        ORDER BY ifnull(c.checked_at, $never), r.id LIMIT $max
        """,
        Row,
        ("$since", since),
        ("$old", old),
        ("$sinceOfOld", sinceOfOld),
        ("$never", Instant.Beginning),
        ("$max", max));

    /// <summary>The newest revisions of the reports about a storage unit that are not void.</summary>
    public static List<ReportRow> StandingOnUnit(StoreSession session, StorageUnitId unit, string site) => session.Query(
        $"""
        SELECT {Columns} FROM report_revisions r
        WHERE {Newest} AND NOT EXISTS (SELECT 1 FROM report_voids v WHERE v.report = r.id) AND (r.unit = $unit OR (r.unit IS NULL AND r.site IN ($site, '')))
        ORDER BY r.id
        """,
        Row,
        ("$unit", unit),
        ("$site", site));

    /// <summary>The content of a revision, as it was hashed.</summary>
    /// <exception cref="ReportContentException">It is another one, or gone: somebody has changed the file past the program.</exception>
    public static byte[] ContentOf(StoreSession session, long report)
    {
        var stored = session.QueryFirst(
            $"SELECT {Columns}, r.content FROM report_revisions r WHERE r.id = $id", row => new StoredContent(Row(row), row.Bytes(ContentColumn)), ("$id", report))
            ?? throw new ReportContentException($"Revision {report} of a report is not there any more; reports are never deleted. Restore the store from a backup.");
        return Convert.ToHexStringLower(SHA256.HashData(stored.Content)) == stored.Row.Sha256
            ? stored.Content
            : throw new ReportContentException(
                $"The content of revision {stored.Row.Revision} of report {stored.Row.Number} is not the one that was hashed and signed: somebody has changed the file. Restore the store from a backup.");
    }

    public static void Sign(StoreTransaction transaction, ReportSignatureRow row) => transaction.Execute(
        """
        INSERT INTO report_signatures (report, meaning, account, display, signed_at, zone, sentence, sha256)
        VALUES ($report, $meaning, $account, $display, $at, $zone, $sentence, $sha256)
        """,
        ("$report", row.Report),
        ("$meaning", ReportSigning.WordOf(row.Meaning)),
        ("$account", row.Account),
        ("$display", row.Display),
        ("$at", row.SignedAt),
        ("$zone", row.Zone),
        ("$sentence", row.Sentence),
        ("$sha256", row.Sha256));

    /// <summary>The signatures under a revision, in the order in which they were given.</summary>
    public static List<ReportSignatureRow> SignaturesOf(StoreSession session, long report) => session.Query(
        "SELECT report, meaning, account, display, signed_at, zone, sentence, sha256 FROM report_signatures WHERE report = $report ORDER BY id",
        row => new ReportSignatureRow(
            row.GetInt64(0),
            ReportSigning.MeaningOf(row.GetString(1))!.Value, // The table takes no other word.
            row.GetString(2),
            row.GetString(3),
            row.Instant(4),
            row.GetString(5),
            row.GetString(6),
            row.GetString(7)),
        ("$report", report));

    /// <summary>Says that no signature under a revision counts any more. What was said first stays.</summary>
    /// <returns>False when it was said already.</returns>
    public static bool TryVoid(StoreTransaction transaction, ReportVoidRow row) => transaction.Execute(
        "INSERT INTO report_voids (report, at, reason, sha256) VALUES ($report, $at, $reason, $sha256) ON CONFLICT DO NOTHING",
        ("$report", row.Report),
        ("$at", row.At),
        ("$reason", row.Reason),
        ("$sha256", row.Sha256)) > 0;

    /// <summary>Why a revision is void; null while it is not.</summary>
    public static ReportVoidRow? VoidOf(StoreSession session, long report) => session.QueryFirst(
        "SELECT report, at, reason, sha256 FROM report_voids WHERE report = $report",
        row => new ReportVoidRow(row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetString(3)),
        ("$report", report));

    /// <summary>Notes when a revision was compared with what it would be.</summary>
    public static void Check(StoreTransaction transaction, long report, Instant at) => transaction.Execute(
        "INSERT INTO report_checks (report, checked_at) VALUES ($report, $at) ON CONFLICT (report) DO UPDATE SET checked_at = excluded.checked_at",
        ("$report", report),
        ("$at", at));

    private static ReportRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.UnitOrNull(4), row.LongOrNull(5), row.GetString(6), row.Instant(7)) { Form = row.GetInt32(8) };

    private sealed record StoredContent(ReportRow Row, byte[] Content);
}
