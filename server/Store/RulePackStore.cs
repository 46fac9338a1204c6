using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A rule pack as it came into force.</summary>
/// <param name="Pack">Its id.</param>
/// <param name="Sha256">Of the bytes, in lower-case hexadecimal.</param>
/// <param name="Bytes">The file.</param>
/// <param name="InForceFrom">From when it judges; the beginning of time for the first of its id.</param>
internal sealed record RulePackRow(string Pack, string Sha256, ReadOnlyMemory<byte> Bytes, Instant InForceFrom);

/// <summary>Every rule pack that was ever in force.</summary>
internal static class RulePackStore
{
    /// <summary>All of them, in the order in which they came into force.</summary>
    public static List<RulePackRow> All(StoreSession session) =>
        session.Query("SELECT pack, sha256, bytes, in_force_from FROM rule_packs ORDER BY id", Row);

    public static void Append(StoreTransaction transaction, RulePackRow row) => transaction.Execute(
        "INSERT INTO rule_packs (pack, sha256, bytes, in_force_from) VALUES ($pack, $sha256, $bytes, $from)",
        ("$pack", row.Pack),
        ("$sha256", row.Sha256),
        ("$bytes", row.Bytes),
        ("$from", row.InForceFrom));

    private static RulePackRow Row(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.Bytes(2), row.Instant(3));
}
