using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>That somebody is signed in at a browser.</summary>
/// <param name="Hash">The SHA-256 of the secret in its cookie.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="StartedAt">When the person signed in.</param>
/// <param name="SeenAt">When something was last asked for; up to a minute behind.</param>
internal sealed record SessionRow(byte[] Hash, long Account, Instant StartedAt, Instant SeenAt);

/// <summary>Who is signed in. In the store, so that a start of the server signs nobody out.</summary>
internal static class SessionStore
{
    public static SessionRow? Find(StoreSession session, byte[] hash) => session.QueryFirst(
        "SELECT hash, account, started_at, seen_at FROM sessions WHERE hash = $hash",
        row => new SessionRow(row.Bytes(0), row.GetInt64(1), row.Instant(2), row.Instant(3)),
        ("$hash", hash));

    public static List<SessionRow> OfAccount(StoreSession session, long account) => session.Query(
        "SELECT hash, account, started_at, seen_at FROM sessions WHERE account = $account ORDER BY started_at",
        row => new SessionRow(row.Bytes(0), row.GetInt64(1), row.Instant(2), row.Instant(3)),
        ("$account", account));

    public static void Insert(StoreTransaction transaction, SessionRow row) => transaction.Execute(
        "INSERT INTO sessions VALUES ($hash, $account, $started, $seen)",
        ("$hash", row.Hash),
        ("$account", row.Account),
        ("$started", row.StartedAt),
        ("$seen", row.SeenAt));

    /// <summary>Notes that it is in use; nothing happens when it has ended meanwhile.</summary>
    public static void See(StoreTransaction transaction, byte[] hash, Instant at) =>
        transaction.Execute("UPDATE sessions SET seen_at = max(seen_at, $at) WHERE hash = $hash", ("$at", at), ("$hash", hash));

    public static void End(StoreTransaction transaction, byte[] hash) => transaction.Execute("DELETE FROM sessions WHERE hash = $hash", ("$hash", hash));

    public static void EndAllOf(StoreTransaction transaction, long account) => transaction.Execute("DELETE FROM sessions WHERE account = $account", ("$account", account));

    /// <summary>Removes those that are over.</summary>
    public static void EndOlder(StoreTransaction transaction, Instant startedBefore, Instant seenBefore) => transaction.Execute(
        "DELETE FROM sessions WHERE started_at <= $started OR seen_at <= $seen", ("$started", startedBefore), ("$seen", seenBefore));
}
