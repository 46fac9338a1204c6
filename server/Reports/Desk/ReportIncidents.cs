using ColdChain.Core.Reporting;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>
/// The incidents to which the excursion of a report belongs. As long as one of them is not closed, each step of its ladder, each acknowledgement and each
/// further excursion that joins it is another line of what the report says: whoever signed it would sign it again and again.
/// </summary>
internal static class ReportIncidents
{
    /// <summary>The one that goes on or that nobody has acknowledged, the oldest of several; null when all are closed, and for a report about a period.</summary>
    public static IncidentRow? OpenOf(StoreSession session, ReportNumber number) =>
        number.Kind == ReportKind.Excursion ? IncidentStore.OfMember(session, $"finding:{number.Finding}").Find(row => !row.State.IsClosed) : null;
}
