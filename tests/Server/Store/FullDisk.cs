using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Store;

/// <summary>SQLite's own limit on the size of the file stands for a full disk: the errors are the real ones.</summary>
internal static class FullDisk
{
    /// <summary>The file cannot grow until the writer opens it again, which it does after the first failure.</summary>
    public static void Simulate(StoreTransaction transaction) => transaction.Query("PRAGMA max_page_count = 1", row => row.GetInt64(0));
}
