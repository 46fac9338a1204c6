using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Says of a revision that no signature under it counts any more. The revision and its signatures stay as they are.</summary>
internal static class ReportVoiding
{
    /// <summary>Says so, unless it was said already.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="row">The revision.</param>
    /// <param name="differences">The members of its content that would be others.</param>
    /// <param name="sha256">The hash of what it would be.</param>
    /// <param name="now">The present.</param>
    public static void Void(StoreTransaction transaction, ReportRow row, IReadOnlyList<string> differences, string sha256, Instant now)
    {
        var reason = ReportComparison.ReasonOf(differences);
        if (ReportStore.TryVoid(transaction, new ReportVoidRow(row.Id, now, reason, sha256)))
        {
            EventLog.Append(transaction, now, EventKinds.ReportVoided, row.Unit, row.Number, new
            {
                row.Number, row.Revision, sha256, reason, before = row.Sha256,
                signatures = ReportStore.SignaturesOf(transaction, row.Id).Select(one => $"{ReportSigning.WordOf(one.Meaning)} {one.Account}"),
            });
        }
    }
}
