using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>By which way somebody acknowledged. The words are stored.</summary>
internal static class AcknowledgedBy
{
    public const string Page = "page";
    public const string Link = "link";
    public const string Api = "api";
}

/// <summary>That a person said "I have it".</summary>
/// <param name="Incident">Of what.</param>
/// <param name="Account">Who: the account's name.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when it stops the ladder, not included.</param>
/// <param name="Action">What the person means to do.</param>
/// <param name="Way">One of <see cref="AcknowledgedBy"/>.</param>
internal sealed record AcknowledgementRow(long Incident, string Account, Instant At, Instant Until, string Action, string Way);

/// <summary>A shelving with its numbers.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Incident">Of what.</param>
/// <param name="Reason">Why.</param>
/// <param name="Shelving">Who, from when to when, and who confirmed it.</param>
/// <param name="EndedAt">When a person ended it early; null otherwise.</param>
internal sealed record ShelvingRow(long Id, long Incident, string Reason, Shelving Shelving, Instant? EndedAt)
{
    /// <summary>Whether it keeps an incident from being told.</summary>
    public bool Covers(Severity severity, Instant at) => !(EndedAt <= at) && Shelving.Covers(severity, at);

    /// <summary>Whether it is in force, or would be once a second person has confirmed it.</summary>
    public bool IsRunning(Instant at) => EndedAt is null && Shelving.From <= at && at < Shelving.Until;
}

/// <summary>What people said to incidents. Rows are only added.</summary>
internal static class AcknowledgementStore
{
    private const string SelectShelvings =
        """
        SELECT s.id, s.incident, s.reason, a.name, b.name, s.severity, s.from_at, s.until, e.at FROM shelvings s JOIN accounts a ON a.id = s.account
            LEFT JOIN shelving_seconds c ON c.shelving = s.id LEFT JOIN accounts b ON b.id = c.account LEFT JOIN shelving_ends e ON e.shelving = s.id
        """;

    public static void Insert(StoreTransaction transaction, AcknowledgementRow row, long account) => transaction.Execute(
        "INSERT INTO acknowledgements (incident, account, at, until, action, way) VALUES ($incident, $account, $at, $until, $action, $way)",
        ("$incident", row.Incident),
        ("$account", account),
        ("$at", row.At),
        ("$until", row.Until),
        ("$action", row.Action),
        ("$way", row.Way));

    /// <summary>All of an incident, the newest first.</summary>
    public static List<AcknowledgementRow> OfIncident(StoreSession session, long incident) => session.Query(
        """
        SELECT k.incident, a.name, k.at, k.until, k.action, k.way FROM acknowledgements k JOIN accounts a ON a.id = k.account
        WHERE k.incident = $incident ORDER BY k.id DESC
        """,
        row => new AcknowledgementRow(row.GetInt64(0), row.GetString(1), row.Instant(2), row.Instant(3), row.GetString(4), row.GetString(5)),
        ("$incident", incident));

    /// <summary>Who has an incident; the software itself for the canary's, and null for nobody.</summary>
    public static string? OwnerOf(StoreSession session, IncidentRow row) => row.State.IsAcknowledged ? OfIncident(session, row.Id).FirstOrDefault()?.Account ?? "ColdChain" : null;

    public static long Shelve(StoreTransaction transaction, ShelvingRow row, long account) => transaction.Insert(
        """
        INSERT INTO shelvings (incident, account, severity, from_at, until, reason) VALUES ($incident, $account, $severity, $from, $until, $reason) RETURNING id
        """,
        ("$incident", row.Incident),
        ("$account", account),
        ("$severity", (int)row.Shelving.Severity),
        ("$from", row.Shelving.From),
        ("$until", row.Shelving.Until),
        ("$reason", row.Reason));

    public static void Confirm(StoreTransaction transaction, long shelving, long account, Instant at) => transaction.Execute(
        "INSERT INTO shelving_seconds (shelving, account, at) VALUES ($shelving, $account, $at)", ("$shelving", shelving), ("$account", account), ("$at", at));

    public static void EndShelving(StoreTransaction transaction, long shelving, long account, Instant at) => transaction.Execute(
        "INSERT INTO shelving_ends (shelving, account, at) VALUES ($shelving, $account, $at)", ("$shelving", shelving), ("$account", account), ("$at", at));

    /// <summary>All shelvings of an incident, the newest first.</summary>
    public static List<ShelvingRow> ShelvingsOf(StoreSession session, long incident) =>
        session.Query($"{SelectShelvings} WHERE s.incident = $incident ORDER BY s.id DESC", ShelvingOf, ("$incident", incident));

    /// <summary>All shelvings that have not reached their end, ended ones included.</summary>
    public static List<ShelvingRow> ShelvingsAt(StoreSession session, Instant now) =>
        session.Query($"{SelectShelvings} WHERE s.until > $now ORDER BY s.id", ShelvingOf, ("$now", now));

    private static ShelvingRow ShelvingOf(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetString(2),
        new Shelving(row.GetString(3), row.TextOrNull(4), (Severity)row.GetInt32(5), row.Instant(6), row.Instant(7)),
        row.InstantOrNull(8));
}
