using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>
/// Puts what waits into messages: all that waits for one person and channel into one, and no more messages to a person than the storm guard allows.
/// What has to wait stays where it is, in the store.
/// </summary>
internal static class Envelopes
{
    /// <summary>The most that is put into messages in one transaction.</summary>
    private const int WaitingMax = 20_000;

    // Who may get one message only gets the one that wakes.
    private static readonly AlertChannel[] ByUrgency = [AlertChannel.Sms, AlertChannel.Voice, AlertChannel.Email];

    /// <summary>Puts together what may go now.</summary>
    /// <returns>When something that waits may go; null when nothing waits.</returns>
    public static Instant? Make(StoreTransaction transaction, Instant now)
    {
        var waiting = StillToTell(transaction, NotificationStore.Waiting(transaction, WaitingMax), now);
        foreach (var group in waiting.Where(one => one.Account == 0).GroupBy(one => (one.Channel, Site: SiteOf(transaction, one))))
        {
            Insert(transaction, 0, group.Key.Channel, group, now);
        }

        Instant? next = null;
        foreach (var person in waiting.Where(one => one.Account != 0).GroupBy(one => one.Account))
        {
            next = Instant.Earlier(next, MakeFor(transaction, person.Key, [.. person], now));
        }

        return next;
    }

    private static Instant? MakeFor(StoreTransaction transaction, long account, List<WaitingNotification> waiting, Instant now)
    {
        var sent = MessageStore.MadeFor(transaction, account, now - StormGuard.Window, StormGuard.MessagesMax);
        foreach (var channel in ByUrgency.Where(channel => waiting.Exists(one => one.Channel == channel)))
        {
            if (StormGuard.NextAt(sent, now) is var at && at > now)
            {
                return at;
            }

            Insert(transaction, account, channel, waiting.Where(one => one.Channel == channel), now);
            sent.Add(now);
        }

        return null;
    }

    // An acknowledgement reaches also what was decided before it and has not gone yet.
    private static List<WaitingNotification> StillToTell(StoreTransaction transaction, List<WaitingNotification> waiting, Instant now)
    {
        var states = waiting.Select(one => one.Incident).Distinct().ToDictionary(id => id, id => IncidentStore.Find(transaction, id));
        var (told, gone) = (new List<WaitingNotification>(), new List<WaitingNotification>());
        waiting.ForEach(one => (MustTell(states[one.Incident]) ? told : gone).Add(one));
        foreach (var incident in gone.GroupBy(one => one.Incident))
        {
            foreach (var one in incident)
            {
                NotificationStore.Take(transaction, one.Notification);
            }

            Incidents.Tell(transaction, EventKinds.AlertWithdrawn, states[incident.Key]!, now, new { notifications = incident.Count(), reason = AlertWords.Of(SendReason.Acknowledged) }); // It waited, so it is there.
        }

        return told;
    }

    /// <summary>Whether there is still something to tell of an incident that was to be told.</summary>
    public static bool MustTell(IncidentRow? row) => row is { State: { IsAcknowledged: false, Wakes: true } };

    // Light and sound are of one site each.
    private static string SiteOf(StoreTransaction transaction, WaitingNotification one) =>
        one.Channel == AlertChannel.Annunciator ? IncidentStore.Find(transaction, one.Incident)?.Site ?? "" : "";

    private static void Insert(StoreTransaction transaction, long account, AlertChannel channel, IEnumerable<WaitingNotification> waiting, Instant now)
    {
        var items = waiting.ToList();
        var message = MessageStore.Insert(transaction, new MessageRow(0, account, channel, now), items.Select(one => one.Notification));
        MessageEvents.Tell(transaction, EventKinds.AlertQueued, message, items.Select(one => one.Incident), "", now);
    }
}

/// <summary>The events of messages.</summary>
internal static class MessageEvents
{
    private const int IncidentsMax = 50;

    /// <summary>Appends an event of a message, with whom it is for and what it tells.</summary>
    public static void Tell(StoreTransaction transaction, string kind, MessageRow message, IEnumerable<long> incidents, string detail, Instant now)
    {
        var all = incidents.Distinct().ToList();
        EventLog.Append(transaction, now, kind, null, $"message:{message.Id}", new
        {
            message = message.Id,
            person = message.Account == 0 ? null : AccountStore.Find(transaction, message.Account)?.Name,
            channel = AlertWords.Of(message.Channel),
            incidents = all.Take(IncidentsMax),
            count = all.Count,
            detail,
        });
    }
}
