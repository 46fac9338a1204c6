using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>By what a person acknowledges without signing in.</summary>
/// <param name="Hash">The SHA-256 of what stands in the address.</param>
/// <param name="Message">The message that brought it.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="ExpiresAt">Until when it may be used, not included.</param>
/// <param name="UsedAt">When it was used; null while it was not.</param>
internal sealed record AcknowledgementLink(byte[] Hash, long Message, long Account, Instant ExpiresAt, Instant? UsedAt);

/// <summary>The links of messages. Only their hashes are kept, and each is used once.</summary>
internal static class AcknowledgementLinkStore
{
    public static void Insert(StoreTransaction transaction, AcknowledgementLink link) => transaction.Execute(
        "INSERT INTO acknowledgement_links (hash, message, account, expires_at) VALUES ($hash, $message, $account, $expires)",
        ("$hash", link.Hash),
        ("$message", link.Message),
        ("$account", link.Account),
        ("$expires", link.ExpiresAt));

    public static AcknowledgementLink? Find(StoreSession session, byte[] hash) => session.QueryFirst(
        "SELECT hash, message, account, expires_at, used_at FROM acknowledgement_links WHERE hash = $hash",
        row => new AcknowledgementLink(row.Bytes(0), row.GetInt64(1), row.GetInt64(2), row.Instant(3), row.InstantOrNull(4)),
        ("$hash", hash));

    /// <summary>Uses a link; false when it was used before.</summary>
    public static bool TryUse(StoreTransaction transaction, byte[] hash, Instant at) => transaction.Execute(
        "UPDATE acknowledgement_links SET used_at = $at WHERE hash = $hash AND used_at IS NULL", ("$at", at), ("$hash", hash)) > 0;

    /// <summary>Removes those of one person, and those whose time is over.</summary>
    public static void Remove(StoreTransaction transaction, long account, Instant expiredBefore) => transaction.Execute(
        "DELETE FROM acknowledgement_links WHERE account = $account OR expires_at < $before", ("$account", account), ("$before", expiredBefore));
}
