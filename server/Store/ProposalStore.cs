using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What a first person proposes for a hold.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="HoldId">The hold.</param>
/// <param name="Kind">What is proposed.</param>
/// <param name="Reason">Why, in the person's words.</param>
/// <param name="Version">The version of the ground that the person saw.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
internal sealed record ProposalRow(long Id, long HoldId, DecisionKind Kind, string Reason, int Version, string By, Instant At);

/// <summary>Proposals: the last one for a hold counts. Rows are never changed and never deleted.</summary>
internal static class ProposalStore
{
    private const string Columns = "id, hold, kind, reason, version, proposed_by, proposed_at";

    public static ProposalRow Insert(StoreTransaction transaction, ProposalRow row)
    {
        var id = transaction.Insert(
            "INSERT INTO proposals (hold, kind, reason, version, proposed_by, proposed_at) VALUES ($hold, $kind, $reason, $version, $by, $at) RETURNING id",
            ("$hold", row.HoldId),
            ("$kind", DecisionWords.Of(row.Kind)),
            ("$reason", row.Reason),
            ("$version", row.Version),
            ("$by", row.By),
            ("$at", row.At));
        return row with { Id = id };
    }

    /// <summary>The last proposal for a hold; null when there is none.</summary>
    public static ProposalRow? OfHold(StoreSession session, long hold) =>
        session.QueryFirst($"SELECT {Columns} FROM proposals WHERE hold = $hold ORDER BY id DESC LIMIT 1", Row, ("$hold", hold));

    private static ProposalRow Row(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetInt64(1), DecisionWords.KindOf(row.GetString(2)), row.GetString(3), row.GetInt32(4), row.GetString(5), row.Instant(6));
}
