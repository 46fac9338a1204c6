using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>What the blood bank's own system is told of a hold.</summary>
/// <param name="Id">Ascending from 1, in the order of the events.</param>
/// <param name="Event">The event that it tells of.</param>
/// <param name="At">When that was recorded.</param>
/// <param name="Kind">The event's kind.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Hold">The hold.</param>
/// <param name="Payload">What is told, as JSON.</param>
internal sealed record NoticeRow(long Id, long Event, Instant At, string Kind, StorageUnitId Unit, long Hold, string Payload);

/// <summary>By which ways notices of holds leave this server, besides being fetched.</summary>
/// <param name="HasWebhook">True when they are sent.</param>
internal sealed record NoticeOutlet(bool HasWebhook);

/// <summary>Attempts to send one notice.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="LastAt">The last one; null when there was none.</param>
/// <param name="LastReason">Why that was not taken.</param>
internal readonly record struct NoticeAttempts(int Count, Instant? LastAt, string LastReason);

/// <summary>Notices of holds, attempts to send them, and receipts. Rows are never changed and never deleted.</summary>
internal static class NoticeStore
{
    /// <summary>Who has written notices of the event log up to where.</summary>
    public const string WriterCursor = "hold-notices";

    /// <summary>Up to which notice the webhook has taken all.</summary>
    public const string WebhookCursor = "hold-notices-webhook";

    /// <summary>A notice that nobody has taken for so long needs somebody. Chosen by engineers: a restart of the other system is over by then.</summary>
    public static readonly TimeSpan OverdueAfter = TimeSpan.FromMinutes(10);

    private const string Columns = "id, event, at, kind, unit, hold, payload";
    private const string HasReceipt = "EXISTS (SELECT 1 FROM notice_receipts r WHERE r.notice = n.id)";

    /// <summary>Writes a notice; nothing when its event has one already.</summary>
    public static void Append(StoreTransaction transaction, NoticeRow row) => transaction.Execute(
        "INSERT INTO hold_notices (event, at, kind, unit, hold, payload) VALUES ($event, $at, $kind, $unit, $hold, $payload) ON CONFLICT DO NOTHING",
        ("$event", row.Event),
        ("$at", row.At),
        ("$kind", row.Kind),
        ("$unit", row.Unit),
        ("$hold", row.Hold),
        ("$payload", row.Payload));

    /// <summary>At most <paramref name="max"/> notices above an id, in order.</summary>
    public static List<NoticeRow> Read(StoreSession session, long after, int max) =>
        session.Query($"SELECT {Columns} FROM hold_notices WHERE id > $after ORDER BY id LIMIT $max", Row, ("$after", after), ("$max", max));

    /// <summary>One notice; null when there is none of that number.</summary>
    public static NoticeRow? Find(StoreSession session, long id) => session.QueryFirst($"SELECT {Columns} FROM hold_notices WHERE id = $id", Row, ("$id", id));

    /// <summary>What came of sending a notice so far.</summary>
    public static NoticeAttempts Attempts(StoreSession session, long notice) => session.QueryFirst(
        "SELECT count(*), max(at), ifnull((SELECT reason FROM notice_attempts WHERE notice = $notice ORDER BY id DESC LIMIT 1), '') FROM notice_attempts WHERE notice = $notice",
        row => new NoticeAttempts(row.GetInt32(0), row.InstantOrNull(1), row.GetString(2)),
        ("$notice", notice));

    /// <summary>Notes an attempt.</summary>
    public static void Attempt(StoreTransaction transaction, long notice, Instant at, bool isTaken, string reason) => transaction.Execute(
        "INSERT INTO notice_attempts (notice, at, is_taken, reason) VALUES ($notice, $at, $taken, $reason)",
        ("$notice", notice),
        ("$at", at),
        ("$taken", isTaken),
        ("$reason", reason));

    /// <summary>Notes that a program has taken a notice up.</summary>
    /// <returns>False when it had said so before.</returns>
    public static bool Receive(StoreTransaction transaction, long notice, string by, Instant at) => transaction.Execute(
        "INSERT INTO notice_receipts (notice, by, at) VALUES ($notice, $by, $at) ON CONFLICT DO NOTHING", ("$notice", notice), ("$by", by), ("$at", at)) == 1;

    /// <summary>Whether any program has taken a notice up.</summary>
    public static bool IsReceived(StoreSession session, long notice) =>
        session.QueryFirst($"SELECT {HasReceipt} FROM (SELECT $notice AS id) n", row => row.GetBoolean(0), ("$notice", notice));

    /// <summary>
    /// Since when a notice waits that nobody has taken, when that is too long: neither the webhook nor a program that fetches. Null when nothing
    /// waits, and when nobody is there who takes any: no webhook, and no token for it.
    /// </summary>
    public static Instant? OverdueSince(StoreSession session, NoticeOutlet outlet, Instant now)
    {
        if (!outlet.HasWebhook && !ApiTokenStore.All(session).Exists(token => token.RevokedAt is null && token.Scopes.Contains("read-holds")))
        {
            return null;
        }

        var sent = outlet.HasWebhook ? CursorStore.Get(session, WebhookCursor) : 0;
        var waits = session.QueryFirst(
            $"SELECT min(at) FROM (SELECT at FROM hold_notices n WHERE n.id > $sent AND NOT {HasReceipt} ORDER BY n.id LIMIT 1)", row => row.InstantOrNull(0), ("$sent", sent));
        return waits is { } since && now - since > OverdueAfter ? since : null;
    }

    private static NoticeRow Row(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.Instant(2), row.GetString(3), row.Unit(4), row.GetInt64(5), row.GetString(6));
}
