using ColdChain.Core.Excursions;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>The storage units of a period at a glance, and what was changed about them.</summary>
internal static class PeriodSheets
{
    public static Sheet StorageUnits(IReadOnlyList<UnitPeriodContent> units, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<UnitPeriodContent>(frame, texts.SheetUnits)
            .Text(texts.SheetUnitId, row => row.Place.Unit)
            .Text(texts.SheetUnit, row => row.Place.UnitName)
            .Recorded(texts.SheetGiai, row => row.Place.Giai)
            .Whole(texts.SheetProbeCount, row => row.Probes.Count)
            .Whole(texts.SheetExcursionCount, row => row.Findings.Count(finding => finding.IsCurrent() && finding.Side != Side.Unknown))
            .Whole(texts.SheetUnknownCount, row => row.Findings.Count(finding => finding.IsCurrent() && finding.Side == Side.Unknown))
            .Whole(texts.SheetDoorCount, row => row.DoorOpen?.Count, texts.SheetNotMonitored)
            .Minutes(texts.SheetDoorTime, row => row.DoorOpen?.Total, texts.SheetNotMonitored)
            .Minutes(texts.SheetDoorUnknown, row => row.DoorOpen?.Unknown, texts.SheetNotMonitored)
            .Whole(texts.SheetMainsCount, row => row.MainsLost?.Count, texts.SheetNotMonitored)
            .Minutes(texts.SheetMainsTime, row => row.MainsLost?.Total, texts.SheetNotMonitored)
            .Minutes(texts.SheetMainsUnknown, row => row.MainsLost?.Unknown, texts.SheetNotMonitored)
            .Of(units);
    }

    public static Sheet Changes(IEnumerable<Placed<ChangeContent>> changes, SheetFrame frame)
    {
        var texts = frame.Texts;
        return ProbeSheets.OfUnit<ChangeContent>(frame, texts.SheetChanges)
            .Time(texts.SheetTime, row => row.What.At)
            .Text(texts.SheetChange, row => frame.Texts.OfChange(row.What.Kind))
            .LongText(texts.SheetDetail, row => row.What.Detail)
            .Of(changes);
    }
}
