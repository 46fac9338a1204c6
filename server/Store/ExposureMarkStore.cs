using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>What is to be added up again: every blood unit that was in a storage unit from an instant on, or one of them.</summary>
/// <param name="Generation">Ascending, never reused.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="From">From when something has changed.</param>
/// <param name="Donation">The blood unit's donation; empty for all.</param>
/// <param name="Product">Its product; empty for all.</param>
internal sealed record ExposureMark(long Generation, StorageUnitId Unit, Instant From, string Donation, string Product);

/// <summary>Marks of what to add up again, left in the transaction of what has changed.</summary>
internal static class ExposureMarkStore
{
    /// <summary>The levels of a storage unit changed from an instant on.</summary>
    public static void Append(StoreTransaction transaction, StorageUnitId unit, Instant from) => Append(transaction, unit, from, "", "");

    /// <summary>Where a blood unit was changed.</summary>
    public static void Append(StoreTransaction transaction, StorageUnitId unit, Instant from, string donation, string product) => transaction.Execute(
        "INSERT INTO exposure_marks (unit, from_at, donation, product) VALUES ($unit, $from, $donation, $product)",
        ("$unit", unit),
        ("$from", from),
        ("$donation", donation),
        ("$product", product));

    /// <summary>At most <paramref name="max"/> marks, the oldest first.</summary>
    public static List<ExposureMark> Pending(StoreSession session, int max) => session.Query(
        "SELECT generation, unit, from_at, donation, product FROM exposure_marks ORDER BY generation LIMIT $max",
        row => new ExposureMark(row.GetInt64(0), row.Unit(1), row.Instant(2), row.GetString(3), row.GetString(4)),
        ("$max", max));

    /// <summary>True when a mark concerns a stay of a blood unit.</summary>
    public static bool Concerns(StoreSession session, ContentsRow stay) => session.QueryFirst(
        """
        SELECT 1 FROM exposure_marks
        WHERE unit = $unit AND from_at <= $left AND (donation = '' OR (donation = $donation AND product = $product)) LIMIT 1
        """,
        row => row.GetInt32(0),
        ("$unit", stay.Unit),
        ("$left", stay.OutAt ?? Instant.End),
        ("$donation", stay.Donation),
        ("$product", stay.Product)) == 1;

    /// <summary>Deletes a mark that was dealt with.</summary>
    public static void Delete(StoreTransaction transaction, ExposureMark done) =>
        transaction.Execute("DELETE FROM exposure_marks WHERE generation = $generation", ("$generation", done.Generation));

    /// <summary>The highest generation given so far, deleted ones included.</summary>
    public static long LastGeneration(StoreSession session) =>
        session.QueryFirst("SELECT seq FROM sqlite_sequence WHERE name = 'exposure_marks'", row => row.GetInt64(0));
}
