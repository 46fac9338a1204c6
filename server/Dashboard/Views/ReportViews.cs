using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>What a report is about.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Place">The names of site and storage unit; empty for all sites.</param>
/// <param name="Finding">The excursion or unknown time; null for a period.</param>
/// <param name="Period">The period as it is written; empty for an excursion.</param>
/// <param name="Zone">The zone of its place.</param>
public sealed record ReportSubjectView(string Number, ReportKind Kind, string Place, long? Finding, string Period, TimeZoneInfo Zone)
{
    /// <summary>The path of its page.</summary>
    public string Path => $"/reports/{Uri.EscapeDataString(Number)}";
}

/// <summary>Something that is to be done about a report.</summary>
/// <param name="Subject">Of which.</param>
/// <param name="Word">What.</param>
/// <param name="Since">Since when it can be done.</param>
/// <param name="Due">By when.</param>
/// <param name="IsOverdue">True when that is past.</param>
public sealed record ReportTaskView(ReportSubjectView Subject, string Word, Instant Since, Instant Due, bool IsOverdue);

/// <summary>A report in a list.</summary>
/// <param name="Subject">Of what.</param>
/// <param name="Revision">Its newest revision.</param>
/// <param name="State">How far it is.</param>
/// <param name="MadeAt">When that was prepared.</param>
public sealed record ReportLineView(ReportSubjectView Subject, int Revision, string State, Instant MadeAt);

/// <summary>Something of which a report can be opened.</summary>
/// <param name="Value">As the form names it.</param>
/// <param name="Kind">What such a report is about.</param>
/// <param name="Name">Its name; empty for all sites.</param>
public sealed record ReportChoiceView(string Value, ReportKind Kind, string Name);

/// <summary>What is to be done, and the newest reports.</summary>
public sealed record ReportListView
{
    /// <summary>Those that are due first come first.</summary>
    public required IReadOnlyList<ReportTaskView> Tasks { get; init; }

    /// <summary>How many more there are to do.</summary>
    public required int TasksNotShown { get; init; }

    /// <summary>How many of all are overdue.</summary>
    public required int Overdue { get; init; }

    public required IReadOnlyList<ReportLineView> Reports { get; init; }

    /// <summary>True when there are more than are shown.</summary>
    public required bool IsCut { get; init; }

    public required IReadOnlyList<ReportChoiceView> Choices { get; init; }

    /// <summary>The day before today, as a form writes it: the last one that is over.</summary>
    public required string Yesterday { get; init; }
}

/// <summary>A signature under a report, as every copy of it must show it (21 CFR 11.50).</summary>
/// <param name="Meaning">Its word.</param>
/// <param name="Name">The person's name then.</param>
/// <param name="By">The account.</param>
/// <param name="At">When.</param>
/// <param name="Zone">The zone in which the person read that time, or UTC where this machine does not know that.</param>
/// <param name="Sentence">What was signed, in English.</param>
public sealed record ReportSignatureView(string Meaning, string Name, string By, Instant At, TimeZoneInfo Zone, string Sentence);

/// <summary>A revision of a report.</summary>
public sealed record ReportRevisionView
{
    public required int Revision { get; init; }

    public required Instant MadeAt { get; init; }

    public required string Sha256 { get; init; }

    public required IReadOnlyList<ReportSignatureView> Signatures { get; init; }

    /// <summary>Since when no signature counts any more; null while they count.</summary>
    public required Instant? VoidAt { get; init; }

    /// <summary>Why, in English.</summary>
    public required string VoidReason { get; init; }
}

/// <summary>A signature that the person before the screen can give now.</summary>
/// <param name="Meaning">Its word.</param>
/// <param name="Revision">Under which revision.</param>
/// <param name="Sha256">Of its content.</param>
public sealed record ReportSigningView(string Meaning, int Revision, string Sha256);

/// <summary>What is said about a report.</summary>
public sealed record ReportView
{
    public required ReportSubjectView Subject { get; init; }

    /// <summary>The storage unit; null when it is of a whole site.</summary>
    public required string? UnitId { get; init; }

    /// <summary>How far it is.</summary>
    public required string State { get; init; }

    /// <summary>What is to be done about it; null for nothing.</summary>
    public required ReportTaskView? Task { get; init; }

    /// <summary>The newest first.</summary>
    public required IReadOnlyList<ReportRevisionView> Revisions { get; init; }

    /// <summary>True when there is a draft of what it would say now.</summary>
    public required bool HasDraft { get; init; }

    /// <summary>True when it is given out as a bundle too.</summary>
    public required bool HasBundle { get; init; }

    /// <summary>An incident that is not closed, for which nobody can prepare it; null for none.</summary>
    public required long? OpenIncident { get; init; }

    /// <summary>When the time that it looks at is over and settled, while that is to come; null otherwise.</summary>
    public required Instant? Until { get; init; }

    /// <summary>Whether the person may prepare and sign it now.</summary>
    public required bool MayPrepare { get; init; }

    /// <summary>The hash of the draft, which whoever prepares it signs; null while it is being made, when it was refused, and where nobody prepares it.</summary>
    public string? DraftSha256 { get; init; }

    /// <summary>How many decisions are not taken by that draft: each that is signed later makes void what is signed now.</summary>
    public int Undecided { get; init; }

    /// <summary>True when there is no draft and none is being made: the page says why.</summary>
    public bool IsDraftRefused { get; init; }

    /// <summary>What the person may sign now; null for nothing.</summary>
    public required ReportSigningView? Signing { get; init; }

    /// <summary>True when a signature is due that somebody else has to give.</summary>
    public bool WaitsForOthers => Task is not null && Signing is null && !MayPrepare && OpenIncident is null && Until is null;
}
