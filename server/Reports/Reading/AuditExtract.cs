using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The events of the audit trail that tell of an excursion, its holds, its work and its incidents; what was done to its reports is not among them.</summary>
internal static class AuditExtract
{
    public static IReadOnlyList<AuditContent> Of(StoreSession session, FindingRow finding, IReadOnlyList<IncidentRow> incidents) =>
    [
        .. EventLog.OfFinding(session, finding.Unit, finding.Finding.Id)
            .Concat(incidents.SelectMany(incident => EventLog.OfIncident(session, incident.Unit, incident.Id)))
            .DistinctBy(entry => entry.Id)
            .OrderBy(entry => entry.Id)
            .Select(Content),
    ];

    private static AuditContent Content(ChainedEvent entry) => new(
        entry.Id, new Instant(entry.At), entry.Texts[0] ?? "", entry.Texts[4] ?? "", entry.Hash is null ? "" : Convert.ToHexStringLower(entry.Hash)); // Kind and who.
}
