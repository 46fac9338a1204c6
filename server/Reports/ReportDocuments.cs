using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports;

/// <summary>Reports as they are given out: drafts as they would be now, and revisions with who signed them and whether that still counts.</summary>
internal static class ReportDocuments
{
    /// <summary>A content that nobody has signed.</summary>
    public static ReportDocument Draft(ReportContent content, Instant madeAt) =>
        new() { Content = content, Sha256 = ReportJson.HashOf(ReportJson.Write(content)), Revision = 0, MadeAt = madeAt, Signatures = [] };

    /// <summary>A revision of a report, the newest unless one is named; null when there is none.</summary>
    public static ReportDocument? Find(StoreSession session, ReportNumber number, int? revision)
    {
        var row = revision is { } named ? ReportStore.Find(session, number.ToString(), named) : ReportStore.Find(session, number.ToString());
        if (row is null)
        {
            return null;
        }

        var reason = ReportStore.VoidOf(session, row.Id);
        return new ReportDocument
        {
            Content = ReportJson.Read(ReportStore.ContentOf(session, row.Id)),
            Sha256 = row.Sha256,
            Revision = row.Revision,
            MadeAt = row.MadeAt,
            Signatures = [.. ReportStore.SignaturesOf(session, row.Id).Select(SignatureOf)],
            VoidAt = reason?.At,
            VoidReason = reason?.Reason,
        };
    }

    /// <summary>The content of a revision, as it was hashed.</summary>
    /// <exception cref="InvalidOperationException">There is no such revision.</exception>
    public static byte[] BytesOf(StoreSession session, ReportNumber number, int revision) => ReportStore.Find(session, number.ToString(), revision) is { } row
        ? ReportStore.ContentOf(session, row.Id)
        : throw new InvalidOperationException($"Report {number} has no revision {revision}.");

    private static SignatureContent SignatureOf(ReportSignatureRow row) => new(row.Meaning, row.Account, row.Display, row.SignedAt, row.Zone, row.Sentence, row.Sha256);
}
