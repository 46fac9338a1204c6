using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Store;

/// <summary>A blood unit that had left before a finding that touches it was known.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="Left">How it left.</param>
/// <param name="Version">The version of the finding when it was named.</param>
/// <param name="ToldAt">When it was named.</param>
internal sealed record LookbackRow(long FindingId, string Donation, string Product, Departure Left, int Version, Instant ToldAt);

/// <summary>Who was named for a look-back, each once for each finding. Rows are never changed and never deleted.</summary>
internal static class LookbackStore
{
    public static List<LookbackRow> OfFinding(StoreSession session, long finding) => session.Query(
        "SELECT finding, donation, product, left_at, went_to, version, told_at FROM lookbacks WHERE finding = $finding ORDER BY left_at, donation, product",
        row => new LookbackRow(
            row.GetInt64(0), row.GetString(1), row.GetString(2), new Departure(row.Instant(3), row.UnitOrNull(4)), row.GetInt32(5), row.Instant(6)),
        ("$finding", finding));

    /// <summary>How many there are of each finding of a storage unit that has any.</summary>
    public static Dictionary<long, int> CountOfUnit(StoreSession session, StorageUnitId unit) => session.Query(
        "SELECT l.finding, count(*) FROM lookbacks l JOIN findings f ON f.id = l.finding WHERE f.unit = $unit GROUP BY l.finding",
        row => (Finding: row.GetInt64(0), Count: row.GetInt32(1)),
        ("$unit", unit)).ToDictionary(entry => entry.Finding, entry => entry.Count);

    /// <summary>Names the blood units that a finding touches and that have left since, with an event if there is one that was not named before.</summary>
    public static void Name(StoreTransaction transaction, FindingRow finding, IReadOnlyCollection<Stay> touched, Instant now)
    {
        if (touched.All(stay => !(stay.Out <= now)))
        {
            return;
        }

        var known = OfFinding(transaction, finding.Finding.Id).Select(row => (row.Donation, row.Product)).ToHashSet();
        List<LookbackRow> left =
        [
            .. from stay in touched
               where stay.Out <= now && !known.Contains((stay.Donation, stay.Product))
               let departure = LookBack.Of(finding.Unit, StaysOf(transaction, stay), now)
               where departure is not null
               select new LookbackRow(finding.Finding.Id, stay.Donation, stay.Product, departure.Value, finding.Finding.Version, now),
        ];
        if (left.Count > 0)
        {
            left.ForEach(row => Insert(transaction, row));
            var units = left.ConvertAll(Told);
            EventLog.Append(
                transaction, now, EventKinds.LookbackRequired, finding.Unit, $"{finding.Finding.Id}",
                new { finding = finding.Finding.Id, version = finding.Finding.Version, units });
        }
    }

    /// <summary>One of them as events tell it.</summary>
    public static object Told(LookbackRow row) => new { row.Donation, row.Product, leftAt = row.Left.LeftAt.ToString(), wentTo = row.Left.WentTo?.Value };

    private static IEnumerable<PlacedStay> StaysOf(StoreTransaction transaction, Stay stay) =>
        ContentsStore.OfBloodUnit(transaction, stay.Donation, stay.Product).Select(row => new PlacedStay(row.Unit, row.InAt, row.OutAt));

    private static void Insert(StoreTransaction transaction, LookbackRow row) => transaction.Execute(
        """
        INSERT INTO lookbacks (finding, donation, product, left_at, went_to, version, told_at)
        VALUES ($finding, $donation, $product, $left, $to, $version, $told)
        """,
        ("$finding", row.FindingId),
        ("$donation", row.Donation),
        ("$product", row.Product),
        ("$left", row.Left.LeftAt),
        ("$to", row.Left.WentTo?.Value),
        ("$version", row.Version),
        ("$told", row.ToldAt));
}
