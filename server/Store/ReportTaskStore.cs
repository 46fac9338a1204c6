using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>An excursion or unknown time that is over and a ground to hold, and of which nobody has prepared a report.</summary>
/// <param name="Finding">Its id.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Since">When a report of it could be prepared: what it looks at was over, and it was known.</param>
internal readonly record struct UnreportedRow(long Finding, StorageUnitId Unit, Instant Since);

/// <summary>A revision that waits for somebody.</summary>
/// <param name="Row">The newest revision of its report.</param>
/// <param name="Signatures">How many signatures it has.</param>
/// <param name="SignedAt">When the last one was given.</param>
/// <param name="VoidAt">When it became void; null while it stands.</param>
internal readonly record struct WaitingReportRow(ReportRow Row, int Signatures, Instant SignedAt, Instant? VoidAt);

/// <summary>What is to be done about reports.</summary>
internal static class ReportTaskStore
{
    private const string SelectUnreported =
        """
        SELECT f.id, f.unit, max(ifnull(f.end_at, f.settled_at) + $settledAfter, f.discovered_at) AS since FROM findings f
        WHERE f.status = 'current' AND f.settled_at IS NOT NULL AND ifnull(f.end_at, f.settled_at) + $settledAfter <= $now
            AND EXISTS (SELECT 1 FROM holds h WHERE h.finding = f.id)
            AND NOT EXISTS (SELECT 1 FROM report_revisions r WHERE r.finding = f.id)
        """;

    /// <summary>Those without a report, the longest ago first, at most <paramref name="max"/>.</summary>
    /// <param name="session">The store.</param>
    /// <param name="settledAfter">So long after its end its report can still change by itself.</param>
    /// <param name="now">That is over by now.</param>
    /// <param name="max">How many at most.</param>
    public static List<UnreportedRow> Unreported(StoreSession session, TimeSpan settledAfter, Instant now, int max) =>
        session.Query($"{SelectUnreported} ORDER BY since, f.id LIMIT $max", Unreported, ("$settledAfter", (long)settledAfter.TotalMilliseconds), ("$now", now), ("$max", max));

    /// <summary>One of them; null when it is none.</summary>
    public static UnreportedRow? UnreportedOf(StoreSession session, long finding, TimeSpan settledAfter, Instant now) => session.Query(
        $"{SelectUnreported} AND f.id = $finding", Unreported, ("$settledAfter", (long)settledAfter.TotalMilliseconds), ("$now", now), ("$finding", finding)) is [var only] ? only : null;

    /// <summary>The newest revisions that lack a signature or are void, the longest ago first, at most <paramref name="max"/>.</summary>
    public static List<WaitingReportRow> Waiting(StoreSession session, int max) => session.Query(
        """
        SELECT r.id, r.number, r.revision, r.site, r.unit, r.finding, r.sha256, r.made_at, r.form, count(s.id), max(s.signed_at), v.at
        FROM report_revisions r JOIN report_signatures s ON s.report = r.id LEFT JOIN report_voids v ON v.report = r.id
        WHERE r.revision = (SELECT max(revision) FROM report_revisions n WHERE n.number = r.number)
        GROUP BY r.id HAVING v.at IS NOT NULL OR NOT max(s.meaning = 'approved')
        ORDER BY ifnull(v.at, max(s.signed_at)), r.id LIMIT $max
        """,
        Waiting,
        ("$max", max));

    private static UnreportedRow Unreported(SqliteDataReader row) => new(row.GetInt64(0), row.Unit(1), row.Instant(2));

    private static WaitingReportRow Waiting(SqliteDataReader row) => new(
        new ReportRow(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.UnitOrNull(4), row.LongOrNull(5), row.GetString(6), row.Instant(7)) { Form = row.GetInt32(8) },
        row.GetInt32(9),
        row.Instant(10),
        row.InstantOrNull(11));
}
