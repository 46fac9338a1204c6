using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>When a blood unit is to be looked at again because the passing of time alone may have changed its verdict.</summary>
internal static class ExposureDeadlineStore
{
    /// <summary>Sets the deadline of a blood unit, or takes it away with null.</summary>
    public static void Set(StoreTransaction transaction, string donation, string product, Instant? at)
    {
        if (at is { } instant)
        {
            transaction.Execute(
                """
                INSERT INTO exposure_deadlines (donation, product, at) VALUES ($donation, $product, $at)
                ON CONFLICT (donation, product) DO UPDATE SET at = excluded.at
                """,
                ("$donation", donation),
                ("$product", product),
                ("$at", instant));
        }
        else
        {
            transaction.Execute("DELETE FROM exposure_deadlines WHERE donation = $donation AND product = $product", ("$donation", donation), ("$product", product));
        }
    }

    /// <summary>The deadline of a blood unit; null when it has none.</summary>
    public static Instant? Find(StoreSession session, string donation, string product) => session.QueryFirst(
        "SELECT at FROM exposure_deadlines WHERE donation = $donation AND product = $product", row => row.InstantOrNull(0), ("$donation", donation), ("$product", product));

    /// <summary>At most <paramref name="max"/> blood units whose deadline is at or before an instant, the most overdue first.</summary>
    public static List<(string Donation, string Product)> Due(StoreSession session, Instant now, int max) => session.Query(
        "SELECT donation, product FROM exposure_deadlines WHERE at <= $now ORDER BY at LIMIT $max",
        row => (row.GetString(0), row.GetString(1)),
        ("$now", now),
        ("$max", max));

    /// <summary>The earliest deadline of all; null when there is none.</summary>
    public static Instant? Earliest(StoreSession session) => session.QueryFirst("SELECT min(at) FROM exposure_deadlines", row => row.InstantOrNull(0));
}
