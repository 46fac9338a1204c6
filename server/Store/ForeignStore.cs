namespace ColdChain.Server.Store;

/// <summary>Which readings of foreign devices are stored already.</summary>
internal static class ForeignStore
{
    /// <summary>Notes an identity; false when it is known.</summary>
    public static bool TryAdd(StoreTransaction transaction, byte[] identity) =>
        transaction.Execute("INSERT INTO foreign_identities (identity) VALUES ($identity) ON CONFLICT DO NOTHING", ("$identity", identity)) == 1;
}
