using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>What happened around an excursion: what explains it, who was told, who did what, and the events that prove it.</summary>
internal static class CaseSheets
{
    public static Sheet Conditions(IReadOnlyList<ConditionContent> conditions, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<ConditionContent>(frame, texts.SheetConditions)
            .Text(texts.SheetCondition, row => frame.Texts.OfCondition(row.Kind))
            .Text(texts.SheetProbe, row => row.Probe)
            .Time(texts.SheetStart, row => row.From)
            .Time(texts.SheetEnd, row => row.To, texts.SheetNotSeen)
            .Time(texts.SheetOverBy, row => row.OverBy)
            .Minutes(texts.SheetDuration, row => row.To - row.From)
            .YesNo(texts.SheetFoundLate, row => row.FoundLate)
            .Of(conditions);
    }

    public static Sheet Timeline(IReadOnlyList<TimelineContent> timeline, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<TimelineContent>(frame, texts.SheetTimeline)
            .Time(texts.SheetTime, row => row.At)
            .Text(texts.SheetEvent, row => frame.Texts.OfTimeline(row.Kind))
            .Text(texts.SheetAccount, row => row.Who)
            .LongText(texts.SheetDetail, row => frame.Texts.OfDetail(row.Kind, row.Detail))
            .Of(timeline);
    }

    public static Sheet Notifications(IReadOnlyList<NotificationContent> notifications, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<NotificationContent>(frame, texts.SheetNotifications)
            .Whole(texts.SheetIncident, row => row.Incident)
            .Whole(texts.SheetStep, row => row.Step)
            .Whole(texts.SheetRound, row => row.Round)
            .Text(texts.SheetAccount, row => row.Account)
            .Text(texts.SheetChannel, row => frame.Texts.OfChannel(row.Channel))
            .Time(texts.SheetDecidedAt, row => row.DecidedAt)
            .YesNo(texts.SheetSent, row => row.IsSent)
            .Text(texts.SheetReason, row => frame.Texts.OfReason(row.Reason))
            .Text(texts.SheetMessageState, texts.OfDelivery)
            .Time(texts.SheetAcceptedAt, row => row.AcceptedAt)
            .Time(texts.SheetDeliveredAt, row => row.DeliveredAt)
            .Time(texts.SheetSeenAt, row => row.SeenAt)
            .Time(texts.SheetAcknowledgedAt, row => row.AcknowledgedAt)
            .Of(notifications);
    }

    public static Sheet Acknowledgements(IReadOnlyList<AcknowledgementContent> acknowledgements, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<AcknowledgementContent>(frame, texts.SheetAcknowledgements)
            .Whole(texts.SheetIncident, row => row.Incident)
            .Text(texts.SheetAccount, row => row.Account)
            .Time(texts.SheetTime, row => row.At)
            .Minutes(texts.SheetAcknowledgedAfter, row => row.After)
            .Text(texts.SheetWay, row => frame.Texts.OfWay(row.Way))
            .LongText(texts.SheetAction, row => row.Action)
            .Of(acknowledgements);
    }

    public static Sheet Case(IReadOnlyList<CaseContent> entries, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<CaseContent>(frame, texts.SheetCase)
            .Time(texts.SheetTime, row => row.At)
            .Text(texts.SheetEntry, row => frame.Texts.OfCase(row.Kind))
            .Text(texts.SheetWhat, row => frame.Texts.OfDetail(row.Kind, row.Word))
            .Text(texts.SheetAccount, row => row.Account)
            .Whole(texts.SheetVersion, row => row.Version)
            .LongText(texts.SheetNote, row => row.Note)
            .Of(entries);
    }

    public static Sheet Audit(IReadOnlyList<AuditContent> events, SheetFrame frame)
    {
        var texts = frame.Texts;
        return new SheetTable<AuditContent>(frame, texts.SheetAudit)
            .Whole(texts.SheetEventId, row => row.Id)
            .Time(texts.SheetTime, row => row.At)
            .Text(texts.SheetEvent, row => texts.Common.OfEvent(row.Kind))
            .Text(texts.SheetEventKind, row => row.Kind)
            .Text(texts.SheetWho, row => row.Who.Length > 0 ? row.Who : texts.Common.AuditBeforeTrail)
            .LongText(texts.SheetEventHash, row => row.Hash.Length > 0 ? row.Hash : texts.Common.AuditBeforeTrail)
            .Of(events);
    }
}
