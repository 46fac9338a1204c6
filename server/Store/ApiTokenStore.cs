using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>By what another program, or a screen on a wall, is let in.</summary>
/// <param name="Name">By which events name it. It never changes.</param>
/// <param name="Hash">The SHA-256 of the token, which is random and long.</param>
/// <param name="Scopes">What it may be used for, as words.</param>
/// <param name="Place">Where it may be used, as the scope of a grant is written.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="RevokedAt">Since when it is not taken any more; null while it is.</param>
internal sealed record ApiTokenRow(string Name, byte[] Hash, IReadOnlyList<string> Scopes, string Place, Instant MadeAt, Instant? RevokedAt);

/// <summary>The API tokens that were made. Whoever changes one appends the event that tells it.</summary>
internal static class ApiTokenStore
{
    private const string Select = "SELECT name, hash, scopes, place, made_at, revoked_at FROM api_tokens";

    /// <summary>All that were ever made, by name.</summary>
    public static List<ApiTokenRow> All(StoreSession session) => session.Query($"{Select} ORDER BY name", Row);

    public static ApiTokenRow? Find(StoreSession session, string name) => session.QueryFirst($"{Select} WHERE name = $name", Row, ("$name", name));

    /// <summary>The one with a hash, revoked or not.</summary>
    public static ApiTokenRow? Find(StoreSession session, byte[] hash) => session.QueryFirst($"{Select} WHERE hash = $hash", Row, ("$hash", hash));

    public static void Insert(StoreTransaction transaction, ApiTokenRow row) => transaction.Execute(
        "INSERT INTO api_tokens (name, hash, scopes, place, made_at) VALUES ($name, $hash, $scopes, $place, $at)",
        ("$name", row.Name),
        ("$hash", row.Hash),
        ("$scopes", string.Join(' ', row.Scopes)),
        ("$place", row.Place),
        ("$at", row.MadeAt));

    /// <summary>Revokes; false when there is no such token in use.</summary>
    public static bool Revoke(StoreTransaction transaction, string name, Instant at) =>
        transaction.Execute("UPDATE api_tokens SET revoked_at = $at WHERE name = $name AND revoked_at IS NULL", ("$at", at), ("$name", name)) > 0;

    private static ApiTokenRow Row(SqliteDataReader row) =>
        new(row.GetString(0), row.Bytes(1), row.GetString(2).Split(' '), row.GetString(3), row.Instant(4), row.InstantOrNull(5));
}
