using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Alerts;

/// <summary>What a person says to an incident.</summary>
/// <param name="Account">Who.</param>
/// <param name="Action">What the person means to do; not empty.</param>
/// <param name="Way">One of <see cref="AcknowledgedBy"/>.</param>
internal sealed record Saying(AccountRow Account, string Action, string Way);

/// <summary>"I have it": stops the ladder for some time, in somebody's name. It hides nothing, and ends by itself.</summary>
internal sealed class Acknowledging(FleetView fleet, AlertOptions options)
{
    /// <summary>The longest text of an action or reason, in characters.</summary>
    public const int TextMax = 200;

    /// <summary>For how long it stops the ladder.</summary>
    public TimeSpan Lasts => options.AcknowledgedFor;

    /// <summary>Acknowledges an incident, in the transaction's name. Twice is once more: it lasts from the last time on.</summary>
    /// <exception cref="RefusalException">There is no such incident, it is closed, or the action is no text.</exception>
    public IncidentRow Take(StoreTransaction transaction, long incident, Saying saying, Instant now)
    {
        RefusalException.RequireLine("action", saying.Action, TextMax, "say what you mean to do, such as 'on my way'");
        var row = Open(transaction, incident);
        var state = row.State.Acknowledge(now, now + Lasts);
        row = row with { State = state };
        AcknowledgementStore.Insert(transaction, new AcknowledgementRow(row.Id, saying.Account.Name, now, now + Lasts, saying.Action, saying.Way), saying.Account.Id);
        Incidents.Tell(transaction, EventKinds.IncidentAcknowledged, row, now, new { by = saying.Account.Name, until = (now + Lasts).ToString(), saying.Action, saying.Way });
        foreach (var message in MessageStore.OfIncident(transaction, row.Id, 50).Where(message => message.Account == saying.Account.Id).Take(1))
        {
            MessageStore.Add(transaction, message.Id, new MessageState(MessageStates.Acknowledged, now, saying.Way));
        }

        new Incidents(fleet.Current, options).Save(transaction, row, now);
        return row;
    }

    /// <summary>Notes that a person has opened an incident, with each message that told it and was not noted as seen.</summary>
    public static void See(StoreTransaction transaction, long incident, long account, Instant now)
    {
        foreach (var message in Unseen(transaction, incident, account))
        {
            MessageStore.Add(transaction, message.Id, new MessageState(MessageStates.Seen, now, ""));
            MessageEvents.Tell(transaction, EventKinds.AlertSeen, message, [incident], "", now);
        }
    }

    /// <summary>The messages of an incident that a person has not opened yet.</summary>
    public static List<MessageRow> Unseen(StoreSession session, long incident, long account) =>
    [
        .. MessageStore.OfIncident(session, incident, 50)
            .Where(message => message.Account == account && !MessageStore.StatesOf(session, message.Id).Exists(state => state.State is MessageStates.Seen or MessageStates.Withdrawn)),
    ];

    /// <summary>An incident that is not closed.</summary>
    /// <exception cref="RefusalException">There is none.</exception>
    public static IncidentRow Open(StoreSession session, long incident)
    {
        var row = IncidentStore.Find(session, incident)
            ?? throw new RefusalException(RefusalKind.Unknown, "incident", $"there is no incident {incident}", "name one that GET /api/v1/incidents lists");
        return !row.State.IsClosed ? row
            : throw new RefusalException(RefusalKind.Conflict, "incident", $"incident {incident} is closed: it was acknowledged, and its cause is over", "there is nothing left to do; a new cause opens another one");
    }
}
