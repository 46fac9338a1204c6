using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>A revision with what was said about it.</summary>
/// <param name="Row">The revision.</param>
/// <param name="Signatures">In the order in which they were given.</param>
/// <param name="Void">Why it is void; null while it is not.</param>
internal sealed record ReportRevision(ReportRow Row, IReadOnlyList<ReportSignatureRow> Signatures, ReportVoidRow? Void)
{
    /// <summary>True when this version can show and sign it; another one may have written it in another form.</summary>
    public bool IsReadable => Row.Form == ReportContent.CurrentForm;

    /// <summary>Reads one.</summary>
    public static ReportRevision Read(StoreSession session, ReportRow row) => new(row, ReportStore.SignaturesOf(session, row.Id), ReportStore.VoidOf(session, row.Id));
}

/// <summary>What is said about a report, without what it says.</summary>
internal sealed record ReportHead
{
    public required ReportNumber Number { get; init; }

    public required ReportPlace Place { get; init; }

    /// <summary>The newest first; empty when nobody has prepared it.</summary>
    public required IReadOnlyList<ReportRevision> Revisions { get; init; }

    /// <summary>What is to be done about it; null for nothing.</summary>
    public required ReportTask? Task { get; init; }

    /// <summary>True when what it is about has not begun: there is not even a draft.</summary>
    public required bool IsAhead { get; init; }

    /// <summary>True when what it is about goes on, or is not settled yet.</summary>
    public required bool GoesOn { get; init; }

    /// <summary>An incident to which its excursion belongs and which is not closed; null for none, and nobody prepares it before.</summary>
    public required long? OpenIncident { get; init; }

    /// <summary>When the time that it looks at is over and settled; null while nobody can tell.</summary>
    public required Instant? Until { get; init; }

    /// <summary>The newest revision that counts; null when there is none.</summary>
    public ReportRevision? Standing => Revisions is [{ Void: null } newest, ..] ? newest : null;

    /// <summary>One of <see cref="ReportStates"/>.</summary>
    public string State => Revisions is [var newest, ..] ? ReportStates.Of(newest.Signatures, newest.Void) : GoesOn || OpenIncident is not null ? ReportStates.Unfinished : ReportStates.Draft;

    /// <summary>Reads it; null when there is nothing that it could be of.</summary>
    public static ReportHead? Read(StoreSession session, FleetHistory fleet, ReportTasks tasks, ReportNumber number, Instant now)
    {
        if (ReportPlace.Find(session, fleet, number) is not { } place)
        {
            return null;
        }

        var finding = number.Kind == ReportKind.Excursion ? FindingStore.Find(session, number.Finding) : null;
        var (from, over) = finding is null ? Settled(number, place.Zone(fleet))
            : (finding.Finding.Stretch.Start, finding.ExposureEnd == Instant.End ? Instant.End : finding.ExposureEnd + ExcursionContentReader.SettledAfter);
        return new ReportHead
        {
            Number = number,
            Place = place,
            Revisions = ReportStore.Revisions(session, $"{number}").ConvertAll(row => ReportRevision.Read(session, row)),
            Task = tasks.Of(session, number),
            IsAhead = from > now,
            GoesOn = over > now,
            OpenIncident = ReportIncidents.OpenOf(session, number)?.Id,
            Until = over == Instant.End ? null : over,
        };
    }

    private static (Instant From, Instant Over) Settled(ReportNumber number, TimeZoneInfo zone)
    {
        var (from, to) = number.Period.In(zone);
        return (from, to + PeriodReader.SettledAfterOf(number.Kind));
    }
}
