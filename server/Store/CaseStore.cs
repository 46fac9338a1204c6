using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>The kinds of what people enter about a ground to hold. The words are stored.</summary>
internal static class CaseKinds
{
    /// <summary>Something was done to secure the stock.</summary>
    public const string Step = "step";

    /// <summary>Why it happened.</summary>
    public const string Cause = "cause";

    /// <summary>What it means for the blood, by whoever decides.</summary>
    public const string Assessment = "assessment";
}

/// <summary>Something that a person entered about a ground to hold.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Ground">The ground.</param>
/// <param name="Version">The version that it had then.</param>
/// <param name="Kind">One of <see cref="CaseKinds"/>.</param>
/// <param name="Word">Which step or cause; empty for an assessment.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
internal sealed record CaseRow(long Id, Ground Ground, int Version, string Kind, string Word, string Note, string By, Instant At);

/// <summary>What people enter about grounds to hold. The last one of a kind counts; rows are never changed and never deleted.</summary>
internal static class CaseStore
{
    private const string Columns = "id, finding, exposure, version, kind, word, note, entered_by, entered_at";

    public static CaseRow Insert(StoreTransaction transaction, CaseRow row)
    {
        var id = transaction.Insert(
            """
            INSERT INTO case_entries (finding, exposure, version, kind, word, note, entered_by, entered_at)
            VALUES ($finding, $exposure, $version, $kind, $word, $note, $by, $at) RETURNING id
            """,
            [
                .. row.Ground.Parameters, ("$version", row.Version), ("$kind", row.Kind), ("$word", row.Word), ("$note", row.Note), ("$by", row.By), ("$at", row.At),
            ]);
        return row with { Id = id };
    }

    /// <summary>All that was entered about a ground, oldest first.</summary>
    public static List<CaseRow> Of(StoreSession session, Ground ground) => ground.ExposureId is { } exposure
        ? session.Query($"SELECT {Columns} FROM case_entries WHERE exposure = $exposure ORDER BY id", Row, ("$exposure", exposure))
        : session.Query($"SELECT {Columns} FROM case_entries WHERE finding = $finding ORDER BY id", Row, ("$finding", ground.FindingId));

    private static CaseRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), Ground.Read(row, 1), row.GetInt32(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.GetString(7), row.Instant(8));
}
