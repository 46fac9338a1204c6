using System.Security.Cryptography;
using System.Text;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>A fleet file as it was loaded.</summary>
/// <param name="Sha256">Of the text in UTF-8, in lower-case hexadecimal.</param>
/// <param name="Text">The file.</param>
/// <param name="LoadedAt">When it came into force.</param>
internal sealed record FleetVersion(string Sha256, string Text, Instant LoadedAt);

/// <summary>Every fleet file that was ever in force.</summary>
internal static class FleetVersionStore
{
    /// <summary>The version in force; null before the first.</summary>
    public static FleetVersion? Latest(StoreSession session) => session.QueryFirst(
        "SELECT sha256, text, loaded_at FROM fleet_versions ORDER BY id DESC LIMIT 1",
        row => new FleetVersion(row.GetString(0), row.GetString(1), row.Instant(2)));

    /// <summary>True when a file with this hash was ever in force.</summary>
    public static bool Has(StoreSession session, string sha256) =>
        session.QueryFirst("SELECT count(*) FROM fleet_versions WHERE sha256 = $sha256", row => row.GetInt64(0) > 0, ("$sha256", sha256));

    /// <summary>The hash of a fleet file: SHA-256 of its text in UTF-8, in lower-case hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Stores a version; the result carries its hash.</summary>
    public static FleetVersion Append(StoreTransaction transaction, string text, Instant at)
    {
        var version = new FleetVersion(HashOf(text), text, at);
        transaction.Execute(
            "INSERT INTO fleet_versions (sha256, text, loaded_at) VALUES ($sha256, $text, $at)",
            ("$sha256", version.Sha256),
            ("$text", text),
            ("$at", at));
        return version;
    }
}
