using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A blood unit's stay in a storage unit.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="InAt">From when it was inside, included.</param>
/// <param name="OutAt">Until when, not included; null while it is inside.</param>
/// <param name="EnteredAt">When the stay was entered.</param>
/// <param name="LeftEnteredAt">When its end was entered; null before.</param>
internal sealed record ContentsRow(
    long Id, StorageUnitId Unit, string Donation, string Product, Instant InAt, Instant? OutAt, Instant EnteredAt, Instant? LeftEnteredAt);

/// <summary>Which blood units were inside which storage unit, and when. Each change marks what is to be added up again.</summary>
internal static class ContentsStore
{
    private const string Columns = "id, unit, donation, product, in_at, out_at, entered_at, left_entered_at";

    // Instant.End, as the index of the stays by their end says it.
    private const string EndOfTime = "253402300799999";

    /// <summary>Enters a stay; null when this very one (unit, donation, product, start) is entered already.</summary>
    public static ContentsRow? TryEnter(StoreTransaction transaction, ContentsRow stay)
    {
        var id = transaction.Insert(
            """
            INSERT INTO contents (unit, donation, product, in_at, out_at, entered_at, left_entered_at)
            VALUES ($unit, $donation, $product, $inAt, $outAt, $enteredAt, $leftEnteredAt) ON CONFLICT DO NOTHING RETURNING id
            """,
            ("$unit", stay.Unit),
            ("$donation", stay.Donation),
            ("$product", stay.Product),
            ("$inAt", stay.InAt),
            ("$outAt", stay.OutAt),
            ("$enteredAt", stay.EnteredAt),
            ("$leftEnteredAt", stay.LeftEnteredAt));
        if (id == 0)
        {
            return null;
        }

        ExposureMarkStore.Append(transaction, stay.Unit, stay.InAt, stay.Donation, stay.Product);
        return stay with { Id = id };
    }

    /// <summary>Ends a stay; null when there is none that goes on and began at or before <paramref name="outAt"/>.</summary>
    public static ContentsRow? TryLeave(StoreTransaction transaction, StorageUnitId unit, string donation, string product, Instant outAt, Instant enteredAt)
    {
        var left = transaction.QueryFirst(
            $"""
            UPDATE contents SET out_at = $outAt, left_entered_at = $enteredAt
            WHERE unit = $unit AND donation = $donation AND product = $product AND out_at IS NULL AND in_at <= $outAt RETURNING {Columns}
            """,
            Row,
            ("$unit", unit),
            ("$donation", donation),
            ("$product", product),
            ("$outAt", outAt),
            ("$enteredAt", enteredAt));
        if (left is not null)
        {
            ExposureMarkStore.Append(transaction, unit, outAt, donation, product);
        }

        return left;
    }

    /// <summary>The stays in a unit that overlap [from, to), in the order of their start.</summary>
    public static List<ContentsRow> Inside(StoreSession session, StorageUnitId unit, Instant from, Instant to) => session.Query(
        $"""
        SELECT {Columns} FROM contents
        WHERE unit = $unit AND ifnull(out_at, {EndOfTime}) > $from AND in_at < $to ORDER BY in_at, donation, product
        """,
        Row,
        ("$unit", unit),
        ("$from", from),
        ("$to", to));

    /// <summary>The stays in a unit at an instant.</summary>
    public static List<ContentsRow> At(StoreSession session, StorageUnitId unit, Instant at) =>
        Inside(session, unit, at, at + TimeSpan.FromMilliseconds(1));

    /// <summary>All stays of a blood unit, in the order of their start; empty when it is not known.</summary>
    public static List<ContentsRow> OfBloodUnit(StoreSession session, string donation, string product) => session.Query(
        $"SELECT {Columns} FROM contents WHERE donation = $donation AND product = $product ORDER BY in_at, id",
        Row,
        ("$donation", donation),
        ("$product", product));

    private static ContentsRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.Unit(1), row.GetString(2), row.GetString(3), row.Instant(4), row.InstantOrNull(5), row.Instant(6), row.InstantOrNull(7));
}
