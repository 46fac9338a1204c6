using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>
/// Whether an event can have changed what a report says: a storage unit has a report for each month of many years, and none of them is made anew for what
/// happens today. It is a guess that saves work; what it misses is found by the comparison that comes by itself, and by the one before each signature.
/// </summary>
internal static class ReportReach
{
    // A report of an excursion looks some time before and after it.
    private static readonly TimeSpan Around = TimeSpan.FromDays(1);

    // An event has its time before it is committed: what was read meanwhile does not have it, though it was made later.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>The events that change no content: of reports themselves, and of what is only shown.</summary>
    private static readonly string[] Idle =
        [EventKinds.ReportPrepared, EventKinds.ReportSigned, EventKinds.ReportVoided, EventKinds.UnitStateChanged, EventKinds.ProbeSilent, EventKinds.ProbeNeverSeen, EventKinds.ProbeHeardAgain, EventKinds.NoticeReceived];

    /// <summary>The reports that some events may have changed.</summary>
    public static IEnumerable<ReportRow> Of(StoreSession session, FleetHistory fleet, IEnumerable<EventRow> events) =>
        from ofUnit in events.Where(row => row.Unit is not null && !Idle.Contains(row.Kind)).GroupBy(row => row.Unit!.Value) // It has one.
        let standing = ReportStore.StandingOnUnit(session, ofUnit.Key, fleet.FindUnit(ofUnit.Key)?.Site ?? "")
        where standing.Count > 0
        from row in ofUnit
        let told = Told(session, row)
        from report in standing
        where row.At >= report.MadeAt - Margin && IsTouched(session, fleet, report, told.Finding, (told.From, row.At))
        select report;

    private static bool IsTouched(StoreSession session, FleetHistory fleet, ReportRow report, long finding, (Instant From, Instant To) told)
    {
        if (report.Finding is { } own)
        {
            return own == finding || FindingStore.Find(session, own) is not { } row
                || (told.From < (row.Finding.Stretch.SettledAt ?? row.ExposureEnd) + Around && told.To >= row.Finding.Stretch.Start - Around);
        }

        if (!ReportNumber.TryParse(report.Number, out var number))
        {
            return true; // A later version wrote it.
        }

        var (from, to) = number.Period.In(ReportPlace.Of(report).Zone(fleet));
        return told.From < to && told.To >= from;
    }

    // The finding that an event names, 0 for none, and the earliest instant that it tells of.
    private static (long Finding, Instant From) Told(StoreSession session, EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        var from = payload.RootElement.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String && Instant.TryParse(member.Value.GetString()!, out _)) // It is a text.
            .Select(member => Instant.TryParse(member.Value.GetString()!, out var at) ? at : row.At) // As above.
            .Append(row.At).Min();
        var finding = payload.RootElement.TryGetProperty("finding", out var named) && named.TryGetInt64(out var id) ? id : 0;
        return (finding, FindingStore.Find(session, finding) is { } known ? Instant.Min(from, known.Finding.Stretch.Start) : from);
    }
}
