using System.Text.Json;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Something that happened, in the order of commits.</summary>
/// <param name="Id">Ascending from 1, without holes since there is an audit trail.</param>
/// <param name="At">When it was recorded, by the server's clock.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Unit">The storage unit it concerns; null when it concerns none.</param>
/// <param name="Subject">What it is about: a probe, a device, an excursion's id.</param>
/// <param name="Payload">The particulars as a JSON object.</param>
internal sealed record EventRow(long Id, Instant At, string Kind, StorageUnitId? Unit, string Subject, string Payload)
{
    /// <summary>Who did it: the name of an <see cref="Actor"/>. Null for an event of before there was an audit trail.</summary>
    public string? Who { get; init; }

    /// <summary>The address from which it was done; null for the server itself.</summary>
    public string? Source { get; init; }

    /// <summary>The server's time zone, as an IANA name; null as <see cref="Who"/> is.</summary>
    public string? Zone { get; init; }
}

/// <summary>An event with the hash that was stored with it; null for one of before there was a chain.</summary>
internal readonly record struct ChainedEvent(EventRow Row, byte[]? Hash);

/// <summary>
/// The log in which the slices meet: each consumer reads on from its own cursor. It is the audit trail as well: what is done and its event are
/// one transaction, so that nothing is done without an entry.
/// </summary>
internal static class EventLog
{
    private const string Columns = "id, at, kind, unit, subject, payload, who, source, zone";

    /// <summary>Appends an event in the transaction of what it tells, in the name of the transaction's actor.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="at">The present.</param>
    /// <param name="kind">One of <see cref="EventKinds"/>.</param>
    /// <param name="unit">The storage unit that it concerns; null when it concerns none.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="payload">The particulars: what is new; as <c>before</c> what was there until now, and as <c>reason</c> why, where a person or a rule says so.</param>
    /// <returns>The event's id.</returns>
    public static long Append(StoreTransaction transaction, Instant at, string kind, StorageUnitId? unit, string subject, object payload)
    {
        var (last, hash) = EventChain.HeadOf(transaction);
        var row = new EventRow(last + 1, at, kind, unit, subject, TextOf(payload))
        {
            Who = transaction.Actor.Name, Source = transaction.Actor.Source, Zone = TimeZoneInfo.Local.Id,
        };
        return transaction.Insert(
            $"""
            INSERT INTO events ({Columns}, hash)
            VALUES ($id, $at, $kind, $unit, $subject, $payload, $who, $source, $zone, $hash) RETURNING id
            """,
            ("$id", row.Id),
            ("$at", row.At),
            ("$kind", row.Kind),
            ("$unit", row.Unit),
            ("$subject", row.Subject),
            ("$payload", row.Payload),
            ("$who", row.Who),
            ("$source", row.Source),
            ("$zone", row.Zone),
            ("$hash", EventChain.Next(hash, row)));
    }

    /// <summary>A payload as it is stored.</summary>
    public static string TextOf(object payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);

    /// <summary>At most <paramref name="max"/> events above an id, in order.</summary>
    public static List<EventRow> Read(StoreSession session, long afterId, int max) =>
        session.Query($"SELECT {Columns} FROM events WHERE id > $after ORDER BY id LIMIT $max", Row, ("$after", afterId), ("$max", max));

    /// <summary>The newest events of a storage unit, newest first.</summary>
    public static List<EventRow> NewestOfUnit(StoreSession session, StorageUnitId unit, int max) =>
        session.Query($"SELECT {Columns} FROM events WHERE unit = $unit ORDER BY id DESC LIMIT $max", Row, ("$unit", unit), ("$max", max));

    /// <summary>The newest events about a device or site, newest first: those that concern no single storage unit.</summary>
    public static List<EventRow> NewestAbout(StoreSession session, string subject, int max) => session.Query(
        $"SELECT {Columns} FROM events WHERE unit IS NULL AND subject = $subject ORDER BY id DESC LIMIT $max",
        Row,
        ("$subject", subject),
        ("$max", max));

    /// <summary>All that was done in one name, in order.</summary>
    public static List<EventRow> By(StoreSession session, string who) =>
        session.Query($"SELECT {Columns} FROM events WHERE who = $who AND who NOT LIKE 'software:%' ORDER BY id", Row, ("$who", who)); // As the index has it.

    /// <summary>All events about a device, site, account or token, in order.</summary>
    public static List<EventRow> About(StoreSession session, string subject) =>
        session.Query($"SELECT {Columns} FROM events WHERE unit IS NULL AND subject = $subject ORDER BY id", Row, ("$subject", subject));

    /// <summary>The newest event of two kinds, of any subject; null when there is none. It looks through the log from its end.</summary>
    public static EventRow? NewestOf(StoreSession session, string kind, string otherKind) => session.QueryFirst(
        $"SELECT {Columns} FROM events WHERE kind IN ($kind, $other) ORDER BY id DESC LIMIT 1", Row, ("$kind", kind), ("$other", otherKind));

    /// <summary>The highest id given so far; 0 when there is none.</summary>
    public static long LastId(StoreSession session) =>
        session.QueryFirst("SELECT seq FROM sqlite_sequence WHERE name = 'events'", row => row.GetInt64(0));

    /// <summary>All events in order, one by one.</summary>
    public static IEnumerable<EventRow> All(StoreSession session) => session.Stream($"SELECT {Columns} FROM events ORDER BY id", Row);

    /// <summary>All events in order, one by one, with their hashes.</summary>
    public static IEnumerable<ChainedEvent> Chained(StoreSession session) =>
        session.Stream($"SELECT {Columns}, hash FROM events ORDER BY id", row => new ChainedEvent(Row(row), row.BytesOrNull(9)));

    private static EventRow Row(SqliteDataReader row) => new(row.GetInt64(0), row.Instant(1), row.GetString(2), row.UnitOrNull(3), row.GetString(4), row.GetString(5))
    {
        Who = row.TextOrNull(6), Source = row.TextOrNull(7), Zone = row.TextOrNull(8),
    };
}
