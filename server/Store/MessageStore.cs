using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What becomes of a message. The words are stored.</summary>
internal static class MessageStates
{
    /// <summary>It is committed, and waits for its channel.</summary>
    public const string Queued = "queued";

    /// <summary>It is being handed over. Without a word after it, nobody knows whether it was taken.</summary>
    public const string Sending = "sending";

    /// <summary>The channel says that it took it.</summary>
    public const string Accepted = "accepted";

    /// <summary>The channel surely did not take it this time.</summary>
    public const string Refused = "refused";

    /// <summary>Nobody knows whether the channel took it this time.</summary>
    public const string Unsure = "unsure";

    /// <summary>It is not tried again: the ladder goes on without it.</summary>
    public const string GivenUp = "given-up";

    /// <summary>The channel says that it reached the telephone or mailbox.</summary>
    public const string Delivered = "delivered";

    /// <summary>The person has opened what it tells of.</summary>
    public const string Seen = "seen";

    /// <summary>The person acknowledged by it.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>It was not sent: nothing that it would tell is still to be told.</summary>
    public const string Withdrawn = "withdrawn";
}

/// <summary>A message to one person by one channel, or to what stands at a site, or to another program.</summary>
/// <param name="Id">Given by the store; 0 before.</param>
/// <param name="Account">The person; 0 for nobody in person.</param>
/// <param name="Channel">The channel.</param>
/// <param name="MadeAt">When it was put together.</param>
internal sealed record MessageRow(long Id, long Account, AlertChannel Channel, Instant MadeAt);

/// <summary>A step in the life of a message.</summary>
/// <param name="State">One of <see cref="MessageStates"/>.</param>
/// <param name="At">When.</param>
/// <param name="Detail">Particulars in words; may be empty.</param>
internal sealed record MessageState(string State, Instant At, string Detail);

/// <summary>Messages, what each tells, what became of each, and those that wait for their channel.</summary>
internal static class MessageStore
{
    private const string Columns = "id, account, channel, made_at";

    /// <summary>Stores a message with what it tells; it waits for its channel from then on.</summary>
    public static MessageRow Insert(StoreTransaction transaction, MessageRow row, IEnumerable<long> notifications)
    {
        var id = transaction.Insert(
            "INSERT INTO messages (account, channel, made_at) VALUES ($account, $channel, $at) RETURNING id",
            ("$account", row.Account),
            ("$channel", AlertWords.Of(row.Channel)),
            ("$at", row.MadeAt));
        foreach (var notification in notifications)
        {
            transaction.Execute("INSERT INTO message_items (message, notification) VALUES ($message, $notification)", ("$message", id), ("$notification", notification));
            NotificationStore.Take(transaction, notification);
        }

        Add(transaction, id, new MessageState(MessageStates.Queued, row.MadeAt, ""));
        Wait(transaction, id, row.Channel, row.MadeAt);
        return row with { Id = id };
    }

    public static void Add(StoreTransaction transaction, long message, MessageState state) => transaction.Execute(
        "INSERT INTO message_states (message, state, at, detail) VALUES ($message, $state, $at, $detail)",
        ("$message", message),
        ("$state", state.State),
        ("$at", state.At),
        ("$detail", state.Detail));

    public static MessageRow? Find(StoreSession session, long id) => session.QueryFirst($"SELECT {Columns} FROM messages WHERE id = $id", Row, ("$id", id));

    /// <summary>What became of a message, in order.</summary>
    public static List<MessageState> StatesOf(StoreSession session, long message) => session.Query(
        "SELECT state, at, detail FROM message_states WHERE message = $message ORDER BY id",
        row => new MessageState(row.GetString(0), row.Instant(1), row.GetString(2)),
        ("$message", message));

    /// <summary>The messages that tell of an incident, the newest first, at most <paramref name="max"/>.</summary>
    public static List<MessageRow> OfIncident(StoreSession session, long incident, int max) => session.Query(
        $"""
        SELECT {Columns} FROM messages WHERE id IN
            (SELECT i.message FROM message_items i JOIN notifications n ON n.id = i.notification WHERE n.incident = $incident)
        ORDER BY id DESC LIMIT $max
        """,
        Row,
        ("$incident", incident),
        ("$max", max));

    /// <summary>The message that tells a notification; null when there is none.</summary>
    public static long? OfNotification(StoreSession session, long notification) => session.QueryFirst(
        "SELECT message FROM message_items WHERE notification = $notification ORDER BY message LIMIT 1", row => row.LongOrNull(0), ("$notification", notification));

    /// <summary>When messages were made for a person after an instant, the newest first, at most <paramref name="max"/>: withdrawn ones do not count.</summary>
    public static List<Instant> MadeFor(StoreSession session, long account, Instant after, int max) => session.Query(
        $"""
        SELECT made_at FROM messages m WHERE account = $account AND made_at > $after
            AND NOT EXISTS (SELECT 1 FROM message_states WHERE message = m.id AND state = '{MessageStates.Withdrawn}')
        ORDER BY made_at DESC LIMIT $max
        """,
        row => row.Instant(0),
        ("$account", account),
        ("$after", after),
        ("$max", max));

    /// <summary>Those whose time has come at a channel, the earliest first, at most <paramref name="max"/>.</summary>
    public static List<MessageRow> Due(StoreSession session, AlertChannel channel, Instant now, int max) => session.Query(
        """
        SELECT m.id, m.account, m.channel, m.made_at FROM message_queue q JOIN messages m ON m.id = q.message
        WHERE q.channel = $channel AND q.next_at <= $now ORDER BY q.next_at, q.message LIMIT $max
        """,
        Row,
        ("$channel", AlertWords.Of(channel)),
        ("$now", now),
        ("$max", max));

    /// <summary>When the next is due at a channel; null when none waits.</summary>
    public static Instant? EarliestDue(StoreSession session, AlertChannel channel) => session.QueryFirst(
        "SELECT min(next_at) FROM message_queue WHERE channel = $channel", row => row.InstantOrNull(0), ("$channel", AlertWords.Of(channel)));

    /// <summary>Since when the oldest waits, at whichever channel; null when none does.</summary>
    public static Instant? WaitingSince(StoreSession session) => session.QueryFirst(
        "SELECT min(m.made_at) FROM message_queue q JOIN messages m ON m.id = q.message", row => row.InstantOrNull(0));

    /// <summary>Has a message wait for its channel until an instant.</summary>
    public static void Wait(StoreTransaction transaction, long message, AlertChannel channel, Instant nextAt) => transaction.Execute(
        "INSERT INTO message_queue (message, channel, next_at) VALUES ($message, $channel, $next) ON CONFLICT (message) DO UPDATE SET next_at = excluded.next_at",
        ("$message", message),
        ("$channel", AlertWords.Of(channel)),
        ("$next", nextAt));

    /// <summary>It waits no longer.</summary>
    public static void Finish(StoreTransaction transaction, long message) => transaction.Execute("DELETE FROM message_queue WHERE message = $message", ("$message", message));

    private static MessageRow Row(SqliteDataReader row) => new(row.GetInt64(0), row.GetInt64(1), NotificationStore.ChannelOf(row.GetString(2)), row.Instant(3));
}
