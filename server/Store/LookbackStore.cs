using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A blood unit that had left before it was known what touches it: a finding, or an exposure of its own.</summary>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="Left">How it left.</param>
/// <param name="Version">The version of the finding or exposure when it was named.</param>
/// <param name="ToldAt">When it was named.</param>
internal sealed record LookbackRow(string Donation, string Product, Departure Left, int Version, Instant ToldAt);

/// <summary>Who was named for a look-back, each once for each finding and exposure. Rows are never changed and never deleted.</summary>
internal static class LookbackStore
{
    private const string Columns = "donation, product, left_at, went_to, version, told_at";
    private const string Values = "$donation, $product, $left, $to, $version, $told";

    public static List<LookbackRow> OfFinding(StoreSession session, long finding) =>
        session.Query($"SELECT {Columns} FROM lookbacks WHERE finding = $finding ORDER BY left_at, donation, product", Row, ("$finding", finding));

    /// <summary>The look-back for an exposure; null when its blood unit had not left.</summary>
    public static LookbackRow? OfExposure(StoreSession session, long exposure) =>
        session.QueryFirst($"SELECT {Columns} FROM exposure_lookbacks WHERE exposure = $exposure", Row, ("$exposure", exposure));

    /// <summary>All that were ever named, each with what touches it and the storage unit where that was; the last named first.</summary>
    public static List<(Ground Ground, StorageUnitId Unit, LookbackRow Row)> All(StoreSession session) =>
    [
        .. session.Query($"SELECT {Columns}, finding, (SELECT unit FROM findings f WHERE f.id = finding) FROM lookbacks", row => (Ground.Finding(row.GetInt64(6)), row.Unit(7), Row(row)))
            .Concat(session.Query(
                $"SELECT {Columns}, exposure, (SELECT unit FROM exposures e WHERE e.id = exposure) FROM exposure_lookbacks", row => (Ground.Exposure(row.GetInt64(6)), row.Unit(7), Row(row))))
            .OrderByDescending(named => named.Item3.ToldAt),
    ];

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

        var (id, version) = (finding.Finding.Id, finding.Finding.Version);
        var known = OfFinding(transaction, id).Select(row => (row.Donation, row.Product)).ToHashSet();
        List<LookbackRow> left =
        [
            .. from stay in touched
               where stay.Out <= now && !known.Contains((stay.Donation, stay.Product))
               let departure = LookBack.Of(finding.Unit, StaysOf(transaction, stay.Donation, stay.Product), now)
               where departure is not null
               select new LookbackRow(stay.Donation, stay.Product, departure.Value, version, now),
        ];
        if (left.Count > 0)
        {
            left.ForEach(row => transaction.Execute($"INSERT INTO lookbacks (finding, {Columns}) VALUES ($finding, {Values})", [("$finding", id), .. Parameters(row)]));
            EventLog.Append(transaction, now, EventKinds.LookbackRequired, finding.Unit, $"{id}", new { finding = id, version, units = left.ConvertAll(Told) });
        }
    }

    /// <summary>
    /// Names the blood unit of an exposure if it has left the storage unit where that happened, but not while it was held, with an event if it was
    /// not named before.
    /// </summary>
    public static void Name(StoreTransaction transaction, ExposureRow exposure, Instant now)
    {
        if (OfExposure(transaction, exposure.Id) is not null
            || LookBack.Of(exposure.Unit, StaysOf(transaction, exposure.Donation, exposure.Product), now) is not { } departure
            || (HoldStore.OfExposure(transaction, exposure.Id) is { Stands: true } hold && hold.PlacedAt < departure.LeftAt))
        {
            return;
        }

        var row = new LookbackRow(exposure.Donation, exposure.Product, departure, exposure.Version, now);
        transaction.Execute($"INSERT INTO exposure_lookbacks (exposure, {Columns}) VALUES ($exposure, {Values})", [("$exposure", exposure.Id), .. Parameters(row)]);
        EventLog.Append(
            transaction, now, EventKinds.LookbackRequired, exposure.Unit, exposure.Donation, new { exposure = exposure.Id, exposure.Version, units = new[] { Told(row) } });
    }

    /// <summary>One of them as events tell it.</summary>
    public static object Told(LookbackRow row) => new { row.Donation, row.Product, leftAt = row.Left.LeftAt.ToString(), wentTo = row.Left.WentTo?.Value };

    private static IEnumerable<PlacedStay> StaysOf(StoreTransaction transaction, string donation, string product) =>
        ContentsStore.OfBloodUnit(transaction, donation, product).Select(row => new PlacedStay(row.Unit, row.InAt, row.OutAt));

    private static (string, object?)[] Parameters(LookbackRow row) =>
    [
        ("$donation", row.Donation), ("$product", row.Product), ("$left", row.Left.LeftAt), ("$to", row.Left.WentTo?.Value), ("$version", row.Version),
        ("$told", row.ToldAt),
    ];

    private static LookbackRow Row(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), new Departure(row.Instant(2), row.UnitOrNull(3)), row.GetInt32(4), row.Instant(5));
}
