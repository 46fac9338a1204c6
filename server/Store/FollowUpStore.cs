using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What became of a blood unit that had left, as a person entered it.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Ground">What touches it.</param>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="Word">One of <see cref="Core.Casework.FollowUps"/>.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
internal sealed record FollowUpRow(long Id, Ground Ground, string Donation, string Product, string Word, string Note, string By, Instant At);

/// <summary>What became of the blood units that are looked for. Rows are never changed and never deleted.</summary>
internal static class FollowUpStore
{
    private const string Columns = "id, finding, exposure, donation, product, word, note, entered_by, entered_at";

    public static FollowUpRow Insert(StoreTransaction transaction, FollowUpRow row)
    {
        var id = transaction.Insert(
            """
            INSERT INTO follow_ups (finding, exposure, donation, product, word, note, entered_by, entered_at)
            VALUES ($finding, $exposure, $donation, $product, $word, $note, $by, $at) RETURNING id
            """,
            [
                .. row.Ground.Parameters, ("$donation", row.Donation), ("$product", row.Product), ("$word", row.Word), ("$note", row.Note), ("$by", row.By), ("$at", row.At),
            ]);
        return row with { Id = id };
    }

    /// <summary>Everything that was entered, oldest first.</summary>
    public static List<FollowUpRow> All(StoreSession session) => session.Query($"SELECT {Columns} FROM follow_ups ORDER BY id", Row);

    /// <summary>What was entered because of a finding, oldest first.</summary>
    public static List<FollowUpRow> OfFinding(StoreSession session, long finding) =>
        session.Query($"SELECT {Columns} FROM follow_ups WHERE finding = $finding ORDER BY id", Row, ("$finding", finding));

    private static FollowUpRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), Ground.Read(row, 1), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.GetString(7), row.Instant(8));
}
