using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>Excursions and unknown times: the one that a report is about with its versions, or those of a period.</summary>
internal static class FindingSheets
{
    public static Sheet Finding(FindingContent finding, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<FindingContent>(frame, texts.SheetFinding)
            .Whole(texts.SheetFindingId, row => row.Id)
            .Whole(texts.SheetVersion, row => row.Version)
            .Text(texts.SheetProbe, row => row.Probe)
            .Text(texts.SheetSide, row => texts.Common.Of(row.Side))
            .Text(texts.SheetPack, row => row.Rule?.Pack)
            .Text(texts.SheetPackVersion, row => row.Rule?.Version)
            .LongText(texts.SheetPackHash, row => row.Rule?.Hash)
            .Text(texts.SheetProduct, row => row.Rule?.Product)
            .Celsius(texts.SheetLowLimit, row => row.Rule?.Low, texts.SheetNone)
            .Celsius(texts.SheetHighLimit, row => row.Rule?.High, texts.SheetNone)
            .Text(texts.SheetStatus, row => frame.Texts.OfStatus(row.Status))
            .Whole(texts.SheetSupersededBy, row => row.SupersededBy)
            .LongText(texts.SheetReason, row => row.Reason)
            .Time(texts.SheetStart, row => row.Start)
            .Time(texts.SheetAlarmedAt, row => row.AlarmedAt)
            .Time(texts.SheetEnd, row => row.End, texts.SheetNotSeen)
            .Text(texts.SheetEndReason, row => frame.Texts.Of(row.EndReason))
            .Time(texts.SheetLastKnown, row => row.LastKnown)
            .Time(texts.SheetExposureEnd, row => row.ExposureEnd, texts.SheetNotKnown)
            .Time(texts.SheetDiscoveredAt, row => row.DiscoveredAt)
            .Minutes(texts.SheetFoundAfter, row => row.FoundAfter)
            .Celsius(texts.SheetPeak, row => row.Peak)
            .Minutes(texts.SheetDuration, row => row.Duration)
            .Minutes(texts.SheetCumulative, row => row.Cumulative)
            .Number(texts.SheetArea, "°C·min", row => row.DegreeMinutes)
            .YesNo(texts.SheetConflict, row => row.IsConflict)
            .YesNo(texts.SheetDeclaredLost, row => row.IsDeclaredLost)
            .Of([finding]);
    }

    public static Sheet Versions(IReadOnlyList<VersionContent> versions, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<VersionContent>(frame, texts.SheetVersions)
            .Whole(texts.SheetVersion, row => row.Version)
            .Time(texts.SheetStoredAt, row => row.StoredAt)
            .Time(texts.SheetStart, row => row.Start)
            .Time(texts.SheetEnd, row => row.End, texts.SheetNotSeen)
            .Celsius(texts.SheetPeak, row => row.Peak)
            .Minutes(texts.SheetDuration, row => row.Duration)
            .Text(texts.SheetPackVersion, row => row.Rule?.Version)
            .Celsius(texts.SheetLowLimit, row => row.Rule?.Low, texts.SheetNone)
            .Celsius(texts.SheetHighLimit, row => row.Rule?.High, texts.SheetNone)
            .Text(texts.SheetStatus, row => frame.Texts.OfStatus(row.Status))
            .Minutes(texts.SheetFoundAfter, row => row.FoundAfter)
            .LongText(texts.SheetReason, row => row.Reason)
            .Of(versions);
    }

    public static Sheet OfPeriod(IEnumerable<Placed<PeriodFindingContent>> findings, SheetFrame frame)
    {
        var texts = frame.Texts;
        return ProbeSheets.OfUnit<PeriodFindingContent>(frame, texts.SheetFindings)
            .Whole(texts.SheetFindingId, row => row.What.Id)
            .Whole(texts.SheetVersion, row => row.What.Version)
            .Text(texts.SheetProbe, row => row.What.Probe)
            .Text(texts.SheetSide, row => texts.Common.Of(row.What.Side))
            .Text(texts.SheetStatus, row => frame.Texts.OfStatus(row.What.Status))
            .Whole(texts.SheetSupersededBy, row => row.What.SupersededBy)
            .Time(texts.SheetStart, row => row.What.Start)
            .Time(texts.SheetEnd, row => row.What.End, row => row.What.GoesOn ? texts.SheetGoesOnBeyond : texts.SheetNotSeen)
            .Minutes(texts.SheetDuration, row => row.What.Duration)
            .Celsius(texts.SheetPeak, row => row.What.Peak)
            .Minutes(texts.SheetFoundAfter, row => row.What.FoundAfter)
            .Recorded(texts.SheetCause, row => row.What.Cause is { } cause ? texts.Common.OfCause(cause) : null)
            .Minutes(texts.SheetAcknowledgedAfter, row => row.What.AcknowledgedAfter, texts.SheetNobody)
            .Whole(texts.SheetHeld, row => row.What.Dispositions.Held)
            .Whole(texts.SheetReleased, row => row.What.Dispositions.Released)
            .Whole(texts.SheetDiscarded, row => row.What.Dispositions.Discarded)
            .Whole(texts.SheetReturned, row => row.What.Dispositions.Returned)
            .Whole(texts.SheetUndecided, row => row.What.Dispositions.Undecided)
            .YesNo(texts.SheetUnitUndecided, row => row.What.IsUnitUndecided)
            .Of(findings);
    }
}
