using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>A decision whether somebody is told of an incident at a step.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Incident">The incident.</param>
/// <param name="Round">Its round.</param>
/// <param name="Step">The step, from 0 on.</param>
/// <param name="Account">The person; 0 for a channel that goes to nobody in person.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Decision">Whether, and why.</param>
/// <param name="DecidedAt">When.</param>
internal sealed record NotificationRow(long Id, long Incident, int Round, int Step, long Account, AlertChannel Channel, SendDecision Decision, Instant DecidedAt);

/// <summary>What waits to be put into a message.</summary>
/// <param name="Notification">The notification.</param>
/// <param name="Account">For whom; 0 for nobody in person.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="Incident">Of which incident.</param>
internal sealed record WaitingNotification(long Notification, long Account, AlertChannel Channel, long Incident);

/// <summary>Every decision whether somebody is told, once for each incident, round, step, person and channel, and those that wait for a message.</summary>
internal static class NotificationStore
{
    private const string Columns = "id, incident, round, step, account, channel, is_sent, reason, decided_at";

    /// <summary>Stores a decision; one to send waits for its message from then on. Null when that was decided already.</summary>
    public static NotificationRow? TryInsert(StoreTransaction transaction, NotificationRow row)
    {
        var id = transaction.Insert(
            """
            INSERT INTO notifications (incident, round, step, account, channel, is_sent, reason, decided_at)
            VALUES ($incident, $round, $step, $account, $channel, $sent, $reason, $at) ON CONFLICT DO NOTHING RETURNING id
            """,
            ("$incident", row.Incident),
            ("$round", row.Round),
            ("$step", row.Step),
            ("$account", row.Account),
            ("$channel", AlertWords.Of(row.Channel)),
            ("$sent", row.Decision.IsSent),
            ("$reason", AlertWords.Of(row.Decision.Reason)),
            ("$at", row.DecidedAt));
        if (id == 0)
        {
            return null;
        }

        if (row.Decision.IsSent)
        {
            transaction.Execute(
                "INSERT INTO notification_queue (notification, account, channel, incident) VALUES ($id, $account, $channel, $incident)",
                ("$id", id),
                ("$account", row.Account),
                ("$channel", AlertWords.Of(row.Channel)),
                ("$incident", row.Incident));
        }

        return row with { Id = id };
    }

    /// <summary>All that waits for a message, in the order of decisions.</summary>
    public static List<WaitingNotification> Waiting(StoreSession session, int max) => session.Query(
        "SELECT notification, account, channel, incident FROM notification_queue ORDER BY notification LIMIT $max",
        row => new WaitingNotification(row.GetInt64(0), row.GetInt64(1), ChannelOf(row.GetString(2)), row.GetInt64(3)),
        ("$max", max));

    /// <summary>It waits no longer.</summary>
    public static void Take(StoreTransaction transaction, long notification) =>
        transaction.Execute("DELETE FROM notification_queue WHERE notification = $id", ("$id", notification));

    /// <summary>The decisions of an incident, the newest first, at most <paramref name="max"/>.</summary>
    public static List<NotificationRow> OfIncident(StoreSession session, long incident, int max) => session.Query(
        $"SELECT {Columns} FROM notifications WHERE incident = $incident ORDER BY id DESC LIMIT $max", Row, ("$incident", incident), ("$max", max));

    /// <summary>The decisions of an incident, the first one first: the first <paramref name="max"/>, and after them those by whose message a person acknowledged.</summary>
    public static List<NotificationRow> FirstOfIncident(StoreSession session, long incident, int max) => session.Query(
        $"""
        SELECT {Columns} FROM notifications n WHERE incident = $incident
            AND (id IN (SELECT id FROM notifications WHERE incident = $incident ORDER BY id LIMIT $max)
                OR EXISTS (SELECT 1 FROM message_items i JOIN message_states s ON s.message = i.message WHERE i.notification = n.id AND s.state = '{MessageStates.Acknowledged}'))
        ORDER BY id
        """,
        Row,
        ("$incident", incident),
        ("$max", max));

    /// <summary>How many decisions of an incident there are.</summary>
    public static int CountOfIncident(StoreSession session, long incident) =>
        session.QueryFirst("SELECT count(*) FROM notifications WHERE incident = $incident", row => row.GetInt32(0), ("$incident", incident));

    /// <summary>What a message tells, in the order of decisions.</summary>
    public static List<NotificationRow> OfMessage(StoreSession session, long message) => session.Query(
        $"SELECT {Columns} FROM notifications WHERE id IN (SELECT notification FROM message_items WHERE message = $message) ORDER BY id", Row, ("$message", message));

    public static AlertChannel ChannelOf(string word) =>
        AlertWords.TryParse<AlertChannel>(word, out var channel) ? channel : throw new InvalidDataException($"The record store holds '{word}' as a channel. A newer program wrote it: start that one.");

    private static NotificationRow Row(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetInt64(1),
        row.GetInt32(2),
        row.GetInt32(3),
        row.GetInt64(4),
        ChannelOf(row.GetString(5)),
        new SendDecision(row.GetBoolean(6), AlertWords.TryParse<SendReason>(row.GetString(7), out var reason) ? reason : default),
        row.Instant(8));
}
