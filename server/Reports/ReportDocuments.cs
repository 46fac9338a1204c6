using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports;

/// <summary>Reports as they are given out: drafts as they would be now, and revisions with who signed them and whether that still counts.</summary>
internal static class ReportDocuments
{
    /// <summary>A content that nobody has signed.</summary>
    public static GivenReport Draft(ReportContent content, Instant madeAt)
    {
        var bytes = ReportJson.Write(content);
        var document = new ReportDocument { Content = content, Sha256 = ReportJson.HashOf(bytes), Revision = 0, MadeAt = madeAt, Signatures = [] };
        return new GivenReport(content.Number, document.Revision, document, bytes);
    }

    /// <summary>A revision of a report, the newest unless one is named; null when there is none.</summary>
    /// <exception cref="ReportContentException">What is stored of it is not what was signed.</exception>
    public static GivenReport? Find(StoreSession session, ReportNumber number, int? revision)
    {
        var row = revision is { } named ? ReportStore.Find(session, number.ToString(), named) : ReportStore.Find(session, number.ToString());
        if (row is null)
        {
            return null;
        }

        var bytes = ReportStore.ContentOf(session, row.Id);
        return new GivenReport(row.Number, row.Revision, ReportJson.ReadKnown(bytes) is { } content ? DocumentOf(session, row, content) : null, bytes);
    }

    private static ReportDocument DocumentOf(StoreSession session, ReportRow row, ReportContent content)
    {
        var reason = ReportStore.VoidOf(session, row.Id);
        return new ReportDocument
        {
            Content = content,
            Sha256 = row.Sha256,
            Revision = row.Revision,
            MadeAt = row.MadeAt,
            Signatures = [.. ReportStore.SignaturesOf(session, row.Id).Select(SignatureOf)],
            VoidAt = reason?.At,
            VoidReason = reason?.Reason,
        };
    }

    private static SignatureContent SignatureOf(ReportSignatureRow row) => new(row.Meaning, row.Account, row.Display, row.SignedAt, row.Zone, row.Sentence, row.Sha256);
}
