using System.Globalization;
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

/// <summary>What to look for in the log; null asks for anything.</summary>
/// <param name="Who">The whole name of an actor.</param>
/// <param name="Kind">A kind.</param>
/// <param name="Unit">A storage unit.</param>
/// <param name="From">The earliest instant, included.</param>
/// <param name="To">The instant before which it was recorded.</param>
/// <param name="Text">A text in the subject or the particulars; capitals make no difference in ASCII.</param>
internal sealed record EventSearch(string? Who, string? Kind, StorageUnitId? Unit, Instant? From, Instant? To, string? Text);

/// <summary>An event as it lies in the table, with nothing read into it: whoever checks the log must be able to read what nobody should have written.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="At">When it was recorded, in milliseconds.</param>
/// <param name="Texts">Kind, unit, subject, payload, who, source and zone.</param>
/// <param name="Hash">The hash stored with it; null for an event of before there was a chain.</param>
internal readonly record struct ChainedEvent(long Id, long At, IReadOnlyList<string?> Texts, byte[]? Hash)
{
    /// <summary>As it is to be stored, without its hash.</summary>
    public static ChainedEvent Of(EventRow row) =>
        new(row.Id, row.At.Milliseconds, [row.Kind, row.Unit?.Value, row.Subject, row.Payload, row.Who, row.Source, row.Zone], null);
}

/// <summary>An event with what its hash is computed from: the event itself and the hash before it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Before">The hash of the event before it, or the beginning of the chain.</param>
internal readonly record struct LinkedEvent(ChainedEvent Event, byte[] Before);

/// <summary>
/// The log in which the slices meet: each consumer reads on from its own cursor. It is the audit trail as well: what is done and its event are
/// one transaction, so that nothing is done without an entry.
/// </summary>
internal static class EventLog
{
    private const string Columns = "id, at, kind, unit, subject, payload, who, source, zone";
    private const string ChainColumns = $"{Columns}, hash";

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
            ("$hash", EventChain.Next(hash, ChainedEvent.Of(row))));
    }

    /// <summary>A payload as it is stored.</summary>
    public static string TextOf(object payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);

    /// <summary>At most <paramref name="max"/> events above an id, in order.</summary>
    public static List<EventRow> Read(StoreSession session, long afterId, int max) =>
        session.Query($"SELECT {Columns} FROM events WHERE id > $after ORDER BY id LIMIT $max", Row, ("$after", afterId), ("$max", max));

    /// <summary>The events before an id that a search asks for, newest first. It looks through the log from there on.</summary>
    public static List<EventRow> Find(StoreSession session, EventSearch search, long beforeId, int max) => session.Query(
        $"""
        SELECT {Columns} FROM events
        WHERE id < $before AND ($who IS NULL OR who = $who) AND ($kind IS NULL OR kind = $kind) AND ($unit IS NULL OR unit = $unit)
            AND ($from IS NULL OR at >= $from) AND ($to IS NULL OR at < $to)
            AND ($text IS NULL OR instr(lower(subject || ' ' || payload), lower($text)) > 0)
        ORDER BY id DESC LIMIT $max
        """,
        Row,
        ("$before", beforeId),
        ("$who", search.Who),
        ("$kind", search.Kind),
        ("$unit", search.Unit),
        ("$from", search.From),
        ("$to", search.To),
        ("$text", search.Text),
        ("$max", max));

    /// <summary>The newest events of a storage unit, newest first.</summary>
    public static List<EventRow> NewestOfUnit(StoreSession session, StorageUnitId unit, int max) =>
        session.Query($"SELECT {Columns} FROM events WHERE unit = $unit ORDER BY id DESC LIMIT $max", Row, ("$unit", unit), ("$max", max));

    /// <summary>The newest event of a kind of a storage unit; null when there is none.</summary>
    public static EventRow? NewestOfUnit(StoreSession session, StorageUnitId unit, string kind) =>
        session.QueryFirst($"SELECT {Columns} FROM events WHERE unit = $unit AND kind = $kind ORDER BY id DESC LIMIT 1", Row, ("$unit", unit), ("$kind", kind));

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

    /// <summary>When the first one was written; null when there is none.</summary>
    public static Instant? FirstAt(StoreSession session) => session.Query("SELECT at FROM events ORDER BY id LIMIT 1", row => row.Instant(0)) is [var only] ? only : null;

    /// <summary>All events in order, one by one, with their hashes.</summary>
    public static IEnumerable<ChainedEvent> Chained(StoreSession session) => session.Stream($"SELECT {ChainColumns} FROM events ORDER BY id", ChainedRow);

    /// <summary>The events of a storage unit that tell of a finding, of its holds, and of what people did about it, in order, with their hashes. Reports are not among them.</summary>
    public static List<ChainedEvent> OfFinding(StoreSession session, StorageUnitId unit, long finding) => session.Query(
        $"SELECT {ChainColumns} FROM events WHERE unit = $unit AND json_extract(payload, '$.finding') = $finding AND kind NOT LIKE 'report-%' ORDER BY id",
        ChainedRow,
        ("$unit", unit),
        ("$finding", finding));

    /// <summary>The events of an incident, likewise.</summary>
    public static List<ChainedEvent> OfIncident(StoreSession session, StorageUnitId? unit, long incident) => session.Query(
        $"SELECT {ChainColumns} FROM events WHERE unit IS $unit AND subject = $subject AND json_extract(payload, '$.incident') = $incident ORDER BY id",
        ChainedRow,
        ("$unit", unit),
        ("$subject", string.Create(CultureInfo.InvariantCulture, $"{incident}")),
        ("$incident", incident));

    /// <summary>An event with the hash before it, so that its own can be computed without any other event; null when there is none of that id.</summary>
    public static LinkedEvent? Linked(StoreSession session, long id) =>
        session.Query($"SELECT {ChainColumns} FROM events WHERE id = $id", ChainedRow, ("$id", id)) is [var entry] ? new LinkedEvent(entry, HashBefore(session, id)) : null;

    // Events of before there was a chain have no hash stored: they are added up.
    private static byte[] HashBefore(StoreSession session, long id) =>
        session.QueryFirst("SELECT hash FROM events WHERE id < $id ORDER BY id DESC LIMIT 1", row => row.BytesOrNull(0), ("$id", id))
        ?? Chained(session).TakeWhile(entry => entry.Id < id).Aggregate(EventChain.Beginning(EventChain.StoreIdOf(session)), (before, entry) => EventChain.Next(before, entry));

    private static ChainedEvent ChainedRow(SqliteDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), [.. Enumerable.Range(2, 7).Select(row.TextOrNull)], row.BytesOrNull(9));

    private static EventRow Row(SqliteDataReader row) => new(row.GetInt64(0), row.Instant(1), row.GetString(2), row.UnitOrNull(3), row.GetString(4), row.GetString(5))
    {
        Who = row.TextOrNull(6), Source = row.TextOrNull(7), Zone = row.TextOrNull(8),
    };
}
