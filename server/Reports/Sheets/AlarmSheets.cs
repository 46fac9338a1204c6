using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>How the alarms did: by source with their total below, beside what they are compared with, and the worst sources.</summary>
internal static class AlarmSheets
{
    public static IEnumerable<Sheet> Of(AlarmsContent alarms, SheetFrame frame)
    {
        var texts = frame.Texts;
        return
        [
            Sources(alarms, frame),
            new SheetTable<YardstickContent>(frame, texts.SheetYardsticks)
                .Text(texts.SheetWhat, row => frame.Texts.OfYardstick(row.Name))
                .Number(texts.SheetAtMost, row => (decimal)row.Limit)
                .Number(texts.SheetFoundValue, row => (decimal?)row.Found, texts.RateUnknown)
                .LongText(texts.SheetFigureSource, row => row.Source)
                .Of(alarms.Yardsticks),
            new SheetTable<AlarmSourceContent>(frame, texts.SheetTopSources)
                .Text(texts.SheetSource, row => row.Source)
                .Text(texts.SheetSourceKind, row => frame.Texts.OfSourceKind(row.Kind))
                .Of(alarms.TopSources),
        ];
    }

    private static Sheet Sources(AlarmsContent alarms, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<SourceAlarmsContent>(frame, texts.SheetAlarms)
            .Text(texts.SheetSource, row => row.Source)
            .Text(texts.SheetSourceKind, row => row.Kind.Length == 0 ? null : frame.Texts.OfSourceKind(row.Kind))
            .Text(texts.SheetName, row => row.Name)
            .Whole(texts.SheetAlarmCount, row => row.Figures.Count)
            .Number(texts.SheetPerWeek, row => (decimal?)row.Figures.PerWeek, texts.RateUnknown)
            .Whole(texts.SheetChattering, row => row.Figures.Chattering)
            .Whole(texts.SheetAcknowledged, row => row.Figures.Acknowledged)
            .Minutes(texts.SheetMedianToAcknowledge, row => row.Figures.MedianToAcknowledge, texts.SheetNobody)
            .Minutes(texts.SheetP95ToAcknowledge, row => row.Figures.P95ToAcknowledge, texts.SheetNobody)
            .Whole(texts.SheetStale, row => row.Figures.Stale)
            .Of([.. alarms.Sources, new SourceAlarmsContent("", texts.SheetTotal, "", alarms.Total)]);
    }
}
