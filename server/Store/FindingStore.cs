using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Findings: the current set, and every version that ever was.</summary>
internal static class FindingStore
{
    private const string Columns =
        "id, version, unit, probe, side, rule_pack, rule_version, rule_hash, start_at, alarmed_at, end_at, end_reason, peak, twice_area, "
        + "status, superseded_by, reason, discovered_at, updated_at, found_late";

    /// <summary>Stores a new finding as version 1; the result carries its id.</summary>
    public static FindingRow Insert(StoreTransaction transaction, FindingRow finding)
    {
        var id = transaction.Insert(
            """
            INSERT INTO findings (version, unit, probe, side, rule_pack, rule_version, rule_hash, start_at, alarmed_at, end_at, end_reason, peak,
                twice_area, status, superseded_by, reason, discovered_at, updated_at, found_late)
            VALUES (1, $unit, $probe, $side, $rulePack, $ruleVersion, $ruleHash, $start, $alarmedAt, $end, $endReason, $peak,
                $twiceArea, $status, $supersededBy, $reason, $discoveredAt, $updatedAt, $foundLate) RETURNING id
            """,
            Parameters(finding));
        return Keep(transaction, finding with { Id = id, Version = 1 });
    }

    /// <summary>Stores the next version of a finding; the result carries its number. Id, unit, probe and discovery stay.</summary>
    public static FindingRow Update(StoreTransaction transaction, FindingRow finding)
    {
        var next = finding with { Version = finding.Version + 1 };
        var changed = transaction.Execute(
            """
            UPDATE findings SET version = $next, side = $side, rule_pack = $rulePack, rule_version = $ruleVersion, rule_hash = $ruleHash,
                start_at = $start, alarmed_at = $alarmedAt, end_at = $end, end_reason = $endReason, peak = $peak, twice_area = $twiceArea,
                status = $status, superseded_by = $supersededBy, reason = $reason, updated_at = $updatedAt, found_late = $foundLate
            WHERE id = $id AND version = $next - 1
            """,
            [.. Parameters(finding), ("$id", finding.Id), ("$next", next.Version)]);
        return changed == 1
            ? Keep(transaction, next)
            : throw new InvalidOperationException($"Finding {finding.Id} has no version {finding.Version} to follow. Read it again before changing it.");
    }

    public static FindingRow? Find(StoreSession session, long id) =>
        session.QueryFirst($"SELECT {Columns} FROM findings WHERE id = $id", Row, ("$id", id));

    /// <summary>The current findings of a unit, by start.</summary>
    public static List<FindingRow> Current(StoreSession session, StorageUnitId unit) => session.Query(
        $"SELECT {Columns} FROM findings WHERE unit = $unit AND status = 'current' ORDER BY start_at, id", Row, ("$unit", unit));

    /// <summary>The current findings of all units, newest first; only those that go on when <paramref name="open"/>.</summary>
    public static List<FindingRow> Current(StoreSession session, bool open, int max) => session.Query(
        $"SELECT {Columns} FROM findings WHERE status = 'current' AND (NOT $open OR end_at IS NULL) ORDER BY start_at DESC, id DESC LIMIT $max",
        Row,
        ("$open", open),
        ("$max", max));

    /// <summary>Every version of a finding, the first one first.</summary>
    public static List<FindingRow> Versions(StoreSession session, long id) =>
        session.Query($"SELECT {Columns} FROM finding_versions WHERE id = $id ORDER BY version", Row, ("$id", id));

    private static FindingRow Keep(StoreTransaction transaction, FindingRow finding)
    {
        transaction.Execute($"INSERT INTO finding_versions ({Columns}) SELECT {Columns} FROM findings WHERE id = $id", ("$id", finding.Id));
        return finding;
    }

    private static (string, object?)[] Parameters(FindingRow finding) =>
    [
        ("$unit", finding.Unit),
        ("$probe", finding.Probe),
        ("$side", finding.Side),
        ("$rulePack", finding.RulePack),
        ("$ruleVersion", finding.RuleVersion),
        ("$ruleHash", finding.RuleHash),
        ("$start", finding.Start),
        ("$alarmedAt", finding.AlarmedAt),
        ("$end", finding.End),
        ("$endReason", finding.EndReason),
        ("$peak", finding.Peak),
        ("$twiceArea", finding.TwiceArea),
        ("$status", finding.Status),
        ("$supersededBy", finding.SupersededBy),
        ("$reason", finding.Reason),
        ("$discoveredAt", finding.DiscoveredAt),
        ("$updatedAt", finding.UpdatedAt),
        ("$foundLate", finding.FoundLate),
    ];

    private static FindingRow Row(SqliteDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Version = row.GetInt32(1),
        Unit = row.Unit(2),
        Probe = row.Probe(3),
        Side = row.GetString(4),
        RulePack = row.GetString(5),
        RuleVersion = row.GetString(6),
        RuleHash = row.GetString(7),
        Start = row.Instant(8),
        AlarmedAt = row.Instant(9),
        End = row.InstantOrNull(10),
        EndReason = row.TextOrNull(11),
        Peak = row.CelsiusOrNull(12),
        TwiceArea = row.GetInt64(13),
        Status = row.GetString(14),
        SupersededBy = row.LongOrNull(15),
        Reason = row.TextOrNull(16),
        DiscoveredAt = row.Instant(17),
        UpdatedAt = row.Instant(18),
        FoundLate = row.GetBoolean(19),
    };
}
