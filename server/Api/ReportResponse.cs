using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;

namespace ColdChain.Server.Api;

/// <summary>A report in a list.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Site">The site; empty for all sites.</param>
/// <param name="Unit">The storage unit; null for a whole site.</param>
/// <param name="FindingId">The excursion or unknown time; null for a period.</param>
/// <param name="Revision">Its newest revision.</param>
/// <param name="Sha256">Of that revision's content.</param>
/// <param name="PreparedAt">When that was prepared.</param>
/// <param name="State">prepared, reviewed, approved or void.</param>
/// <param name="ToDo">What is to be done about it; null for nothing.</param>
internal sealed record ReportResponse(
    string Number, string Site, string? Unit, long? FindingId, int Revision, string Sha256, string PreparedAt, string State, ReportTaskResponse? ToDo)
{
    public static ReportResponse Of(ReportRevision revision, ReportTask? task, Instant now) => new(
        revision.Row.Number, revision.Row.Site, revision.Row.Unit?.Value, revision.Row.Finding, revision.Row.Revision, revision.Row.Sha256, revision.Row.MadeAt.ToString(),
        ReportStates.Of(revision.Signatures, revision.Void), task is null ? null : ReportTaskResponse.Of(task, now));
}

/// <summary>Something that is to be done about a report.</summary>
/// <param name="Number">The report.</param>
/// <param name="Unit">The storage unit; null for a whole site.</param>
/// <param name="Site">The site; empty for all sites.</param>
/// <param name="What">prepare, prepare-anew, review or approve.</param>
/// <param name="Since">Since when it can be done.</param>
/// <param name="Due">By when it is to be done.</param>
/// <param name="IsOverdue">True when that is past.</param>
internal sealed record ReportTaskResponse(string Number, string? Unit, string Site, string What, string Since, string Due, bool IsOverdue)
{
    public static ReportTaskResponse Of(ReportTask task, Instant now) =>
        new($"{task.Number}", task.Place.Unit?.Value, task.Place.Site, task.Word, task.Since.ToString(), task.Due.ToString(), task.IsOverdue(now));
}

/// <summary>What is to be done about reports, what is due first first.</summary>
/// <param name="Tasks">Those that are shown.</param>
/// <param name="NotShown">How many more there are.</param>
internal sealed record ReportTasksResponse(IReadOnlyList<ReportTaskResponse> Tasks, int NotShown);

/// <summary>A signature under a report.</summary>
/// <param name="Meaning">prepared, reviewed or approved.</param>
/// <param name="SignedBy">The account.</param>
/// <param name="Name">The person's name, as it was then.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Zone">The zone in which the person read that time.</param>
/// <param name="Sentence">What was signed.</param>
/// <param name="Sha256">Of the content that was signed.</param>
internal sealed record ReportSignatureResponse(string Meaning, string SignedBy, string Name, string SignedAt, string Zone, string Sentence, string Sha256)
{
    public static ReportSignatureResponse Of(ReportSignatureRow row) =>
        new(ReportSigning.WordOf(row.Meaning), row.Account, row.Display, row.SignedAt.ToString(), row.Zone, row.Sentence, row.Sha256);
}

/// <summary>That no signature under a revision counts any more.</summary>
/// <param name="At">When that was noticed.</param>
/// <param name="Reason">The members of its content that would be others.</param>
/// <param name="Sha256">Of what it would be.</param>
internal sealed record ReportVoidResponse(string At, string Reason, string Sha256)
{
    public static ReportVoidResponse Of(ReportVoidRow row) => new(row.At.ToString(), row.Reason, row.Sha256);
}

/// <summary>A revision of a report.</summary>
/// <param name="Revision">From 1.</param>
/// <param name="Sha256">Of its content.</param>
/// <param name="PreparedAt">When it was prepared.</param>
/// <param name="Void">Why no signature under it counts any more; null while they count.</param>
/// <param name="Signatures">In the order in which they were given.</param>
internal sealed record ReportRevisionResponse(int Revision, string Sha256, string PreparedAt, ReportVoidResponse? Void, IReadOnlyList<ReportSignatureResponse> Signatures)
{
    public static ReportRevisionResponse Of(ReportRevision revision) => new(
        revision.Row.Revision,
        revision.Row.Sha256,
        revision.Row.MadeAt.ToString(),
        revision.Void is { } isVoid ? ReportVoidResponse.Of(isVoid) : null,
        [.. revision.Signatures.Select(ReportSignatureResponse.Of)]);
}

/// <summary>What is said about a report.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Site">The site; empty for all sites.</param>
/// <param name="Unit">The storage unit; null for a whole site.</param>
/// <param name="FindingId">The excursion or unknown time; null for a period.</param>
/// <param name="State">unfinished, draft, prepared, reviewed, approved or void.</param>
/// <param name="ToDo">What is to be done about it; null for nothing.</param>
/// <param name="Revisions">The newest first; empty when nobody has prepared it.</param>
/// <param name="Statement">What all this is worth.</param>
internal sealed record ReportHeadResponse(
    string Number, string Site, string? Unit, long? FindingId, string State, ReportTaskResponse? ToDo, IReadOnlyList<ReportRevisionResponse> Revisions, string Statement)
{
    public static ReportHeadResponse Of(ReportHead head, Instant now) => new(
        $"{head.Number}",
        head.Place.Site,
        head.Place.Unit?.Value,
        head.Number.Kind == ReportKind.Excursion ? head.Number.Finding : null,
        head.State,
        head.Task is { } task ? ReportTaskResponse.Of(task, now) : null,
        [.. head.Revisions.Select(ReportRevisionResponse.Of)],
        "decision support, not validated");
}
