using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Documents;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>What the report is, where it is about, and what it is worth: a line for each.</summary>
internal static class SummarySheet
{
    private const int CoverageDecimals = 6;

    public static Sheet Of(ReportDocument document, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<Line>(frame, texts.SheetSummary)
            .Text(texts.SheetWhat, line => line.What)
            .Add(texts.SheetValue, ColumnKind.LongText, line => line.Value)
            .Add("UTC", ColumnKind.UtcTime, line => line.Utc)
            .Of([.. OfReport(document, frame), .. OfPlace(document.Content, frame), .. OfKnown(document, frame), .. OfLeftOut(document.Content, frame), .. OfState(document, frame)]);
    }

    private static IEnumerable<Line> OfReport(ReportDocument document, SheetFrame frame)
    {
        var (texts, content) = (frame.Texts, document.Content);
        return
        [
            new(texts.SheetNumber, SheetCell.Of(content.Number)),
            new(texts.SheetKind, SheetCell.Of(frame.Texts.Of(content.Kind))),
            new(texts.SheetStatement, SheetCell.Of(StatementOf(content, frame))),
        ];
    }

    private static IEnumerable<Line> OfPlace(ReportContent content, SheetFrame frame)
    {
        var (texts, place) = (frame.Texts, content.Place);
        IEnumerable<Line> site = place.Site.Length == 0
            ? [new(texts.SheetSite, SheetCell.Of(texts.Common.AllSites))]
            : [new(texts.SheetSite, SheetCell.Of(place.SiteName)), new(texts.SheetSiteId, SheetCell.Of(place.Site))];
        IEnumerable<Line> unit = place.Unit is null
            ? []
            :
            [
                new(texts.SheetUnit, SheetCell.Of(place.UnitName ?? texts.SheetNotRecorded)),
                new(texts.SheetUnitId, SheetCell.Of(place.Unit)),
                new(texts.SheetGiai, SheetCell.Of(place.Giai ?? texts.SheetNotRecorded)),
            ];
        IEnumerable<Line> recorded = content.Alarms is { RecordedFrom: { } since } ? [Line.Of(texts.SheetRecordedFrom, since, frame)] : [];
        IEnumerable<Line> count = content.Alarms is { } alarms ? [new(texts.SheetUnitCount, SheetCell.Of(alarms.StorageUnits))] : [];
        return
        [
            .. site, .. unit, .. count,
            new(texts.SheetZone, SheetCell.Of(frame.Zone == place.Zone ? place.Zone : $"{place.Zone} → {frame.Zone}")),
            Line.Of(texts.SheetFrom, content.From, frame),
            Line.Of(texts.SheetTo, content.To, frame),
            .. recorded,
        ];
    }

    // As page one says it: of the time looked at, and not of the time in which a probe was in place, as the figures of each probe are.
    private static IEnumerable<Line> OfKnown(ReportDocument document, SheetFrame frame) => KnownTime.Of(document) is { } known
        ?
        [
            new(frame.Texts.SheetCoverageLooked, SheetCell.Of(Math.Round((decimal)known.Percent, CoverageDecimals))),
            new(frame.Texts.SheetUnknownLooked, SheetFrame.Minutes(known.Unknown)),
            new(frame.Texts.SheetLongestLooked, SheetFrame.Minutes(known.Longest)),
        ]
        : [];

    // Lists that are not whole are no proof of what is not in them.
    private static IEnumerable<Line> OfLeftOut(ReportContent content, SheetFrame frame) => content.Excursion is { } excursion
        ?
        [
            new(frame.Texts.SheetConditionsLeftOut, SheetCell.Of(excursion.ConditionsLeftOut)),
            new(frame.Texts.SheetNotificationsLeftOut, SheetCell.Of(excursion.NotificationsLeftOut)),
        ]
        : [];

    private static IEnumerable<Line> OfState(ReportDocument document, SheetFrame frame)
    {
        var texts = frame.Texts;
        var state = document.VoidAt is not null ? texts.SheetStateVoid
            : document.IsDraft ? texts.SheetStateDraft
            : document.Signatures.Any(signature => signature.Meaning == SignatureMeaning.Approved) ? texts.SheetStateApproved
            : texts.SheetStateSigned;
        IEnumerable<Line> ofVoid = document.VoidAt is { } at
            ? [Line.Of(texts.SheetVoidAt, at, frame), new(texts.SheetVoidReason, SheetCell.Of(document.VoidReason ?? texts.SheetNotRecorded))]
            : [];
        return
        [
            new(texts.SheetState, SheetCell.Of(state)),
            .. ofVoid,
            new(texts.SheetUnfinished, frame.YesNo(document.Content.IsUnfinished)),
            new(texts.SheetRevision, SheetCell.Of(document.Revision)),
            Line.Of(texts.SheetMadeAt, document.MadeAt, frame),
            new(texts.SheetHash, SheetCell.Of(document.Sha256)),
            new(texts.SheetForm, SheetCell.Of(document.Content.Form)),
        ];
    }

    // The sentence that is signed is English; beside it stands what it means.
    private static string StatementOf(ReportContent content, SheetFrame frame) =>
        frame.Texts.Common.Language == "en" ? content.Statement : $"{frame.Texts.Common.Intended} ({content.Statement})";

    private readonly record struct Line(string What, SheetCell Value, SheetCell Utc = default)
    {
        public static Line Of(string what, Instant at, SheetFrame frame) => new(what, frame.Local(at), SheetFrame.Utc(at));
    }
}
