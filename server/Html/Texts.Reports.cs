using ColdChain.Core.Reporting;

namespace ColdChain.Server.Html;

// The words of the pages on which reports are prepared and signed.
public sealed partial class Texts
{
    public string ReportProgress => Text();

    public string ReportBeingMade => Text();

    public string ReportDraftRefused => Text();

    public string ReportsLink => Text();

    public string ReportsTitle => Text();

    public string ReportsExplained => Text();

    public string ReportsOverdueCount => Text();

    public string ReportTasksTitle => Text();

    public string ReportTasksNone => Text();

    public string ReportTasksMore => Text();

    public string ReportWord => Text();

    public string ReportAbout => Text();

    public string ReportToDo => Text();

    public string ReportSince => Text();

    public string ReportDue => Text();

    public string ReportDueAt => Text();

    public string ReportOverdue => Text();

    public string ReportOpen => Text();

    public string ReportPeriod => Text();

    public string ReportPeriodDay => Text();

    public string PeriodDay => Text();

    public string PeriodWeek => Text();

    public string PeriodMonth => Text();

    public string PeriodYear => Text();

    public string ReportsNewest => Text();

    public string ReportsNone => Text();

    public string ReportRevision => Text();

    public string ReportPreparedAt => Text();

    public string ReportDraft => Text();

    public string ReportDocument => Text();

    public string ReportDraftExplained => Text();

    public string ReportGoesOnUntil => Text();

    public string ReportSentenceSigned => Text();

    public string ReportMakingTitle => Text();

    public string ReportUndecided => Text();

    public string ReportOthersSign => Text();

    public string ReportIncidentOpen => Text();

    public string ReportContentChanged => Text();

    public string ReportPrepare => Text();

    public string ReportPrepareExplained => Text();

    public string ReportPrepareAndSign => Text();

    public string ReportSignExplained => Text();

    public string ReportVoidSince => Text();

    public string ReportSignatureVoid => Text();

    public string ReportLink => Text();

    public string NotFoundReport => Text();

    public string ReportOfExcursion => Text();

    public string ReportOfUnit => Text();

    public string ReportOfSite => Text();

    public string ReportOfAlarms => Text();

    public string Of(ReportKind kind) => kind switch
    {
        ReportKind.Excursion => ReportOfExcursion,
        ReportKind.UnitPeriod => ReportOfUnit,
        ReportKind.SitePeriod => ReportOfSite,
        ReportKind.Alarms => ReportOfAlarms,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What is to be done about a report, for people; its word when this language lacks it.</summary>
    public string OfReportTask(string word) => Resources.GetString($"ReportTask.{word}", Culture) ?? word;

    /// <summary>How far a report is, likewise.</summary>
    public string OfReportState(string word) => Resources.GetString($"ReportState.{word}", Culture) ?? word;

    /// <summary>What is said by a signature, in this language; what was signed, where that is another sentence than this version knows.</summary>
    /// <param name="word">The word of what the signature means.</param>
    /// <param name="sentence">What was signed, in English; null for what is to be signed.</param>
    public string OfReportSentence(string word, string? sentence) =>
        ReportSigning.MeaningOf(word) is { } meaning && (sentence is null || sentence == ReportSigning.SentenceOf(meaning)) && Resources.GetString($"ReportSentence.{word}", Culture) is { } text
            ? text
            : sentence ?? word;
}
