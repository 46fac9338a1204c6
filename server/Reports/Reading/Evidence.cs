using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>Who was told of an excursion and by which way, and who said that he has it.</summary>
/// <param name="Incidents">The incidents that it belonged to, ascending.</param>
/// <param name="Notifications">The decisions whether somebody is told, in their order.</param>
/// <param name="NotificationsLeftOut">How many more of them there are.</param>
/// <param name="Acknowledgements">Every acknowledgement, ascending.</param>
internal sealed record Evidence(
    IReadOnlyList<IncidentRow> Incidents,
    IReadOnlyList<NotificationContent> Notifications,
    int NotificationsLeftOut,
    IReadOnlyList<AcknowledgementContent> Acknowledgements)
{
    /// <summary>A ladder that nobody answers goes on for ever; of each incident a report lists so many, those that were answered besides, and how many more there are.</summary>
    public const int NotificationsMax = 500;

    public static Evidence Of(StoreSession session, long finding)
    {
        var incidents = IncidentStore.OfMember(session, $"finding:{finding}");
        var notifications = incidents.SelectMany(incident => NotificationStore.FirstOfIncident(session, incident.Id, NotificationsMax)).ToList();
        return new Evidence(
            incidents,
            [.. notifications.Select(notification => NotificationOf(session, notification))],
            incidents.Sum(incident => NotificationStore.CountOfIncident(session, incident.Id)) - notifications.Count,
            [.. incidents.SelectMany(incident => AcknowledgementStore.OfIncident(session, incident.Id).Select(said => AcknowledgementOf(said, incident))).OrderBy(said => said.At)]);
    }

    private static AcknowledgementContent AcknowledgementOf(AcknowledgementRow said, IncidentRow incident) =>
        new(said.Incident, said.Account, said.At, said.At - incident.OpenedAt, said.Action, said.Way);

    private static NotificationContent NotificationOf(StoreSession session, NotificationRow row)
    {
        var closedAt = ClosedAt(session, row.Incident);
        var states = MessageStore.OfNotification(session, row.Id) is { } message ? MessageStore.StatesOf(session, message).FindAll(one => one.At <= closedAt || !CanComeLate(one.State)) : [];
        return new NotificationContent
        {
            Incident = row.Incident,
            Step = row.Step,
            Round = row.Round,
            Account = row.Account == 0 ? "" : AccountStore.Find(session, row.Account)?.Name ?? "",
            Channel = AlertWords.Of(row.Channel),
            DecidedAt = row.DecidedAt,
            IsSent = row.Decision.IsSent,
            Reason = AlertWords.Of(row.Decision.Reason),
            AcceptedAt = FirstOf(MessageStates.Accepted),
            DeliveredAt = FirstOf(MessageStates.Delivered),
            SeenAt = FirstOf(MessageStates.Seen),
            AcknowledgedAt = FirstOf(MessageStates.Acknowledged),
            State = states is [.., var last] ? last.State : "",
        };

        Instant? FirstOf(string state) => states.Find(one => one.State == state)?.At;
    }

    // Somebody who opens an old alarm, or a gateway that tells after days what it delivered, changes nothing of who knew in time.
    private static bool CanComeLate(string state) => state is MessageStates.Seen or MessageStates.Delivered;

    private static Instant ClosedAt(StoreSession session, long incident) =>
        IncidentStore.Find(session, incident)?.State is { IsClosed: true, OverAt: { } over, AcknowledgedAt: { } acknowledged } ? Instant.Max(over, acknowledged) : Instant.End;
}
