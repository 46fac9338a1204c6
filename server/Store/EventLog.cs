using System.Text.Json;
using ColdChain.Core.Readings;
using Microsoft.Data.Sqlite;

namespace ColdChain.Server.Store;

/// <summary>Something that happened, in the order of commits.</summary>
/// <param name="Id">Ascending, never reused; may have holes.</param>
/// <param name="At">When it was recorded, by the server's clock.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Unit">The storage unit it concerns; null when it concerns none.</param>
/// <param name="Subject">What it is about: a probe, a device, an excursion's id.</param>
/// <param name="Payload">The particulars as a JSON object.</param>
internal sealed record EventRow(long Id, Instant At, string Kind, StorageUnitId? Unit, string Subject, string Payload);

/// <summary>The log in which the slices meet: each consumer reads on from its own cursor.</summary>
internal static class EventLog
{
    /// <summary>Appends an event in the transaction of what it tells.</summary>
    public static long Append(StoreTransaction transaction, Instant at, string kind, StorageUnitId? unit, string subject, object payload) =>
        transaction.Insert(
            "INSERT INTO events (at, kind, unit, subject, payload) VALUES ($at, $kind, $unit, $subject, $payload) RETURNING id",
            ("$at", at),
            ("$kind", kind),
            ("$unit", unit),
            ("$subject", subject),
            ("$payload", TextOf(payload)));

    /// <summary>A payload as it is stored.</summary>
    public static string TextOf(object payload) => JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);

    /// <summary>At most <paramref name="max"/> events above an id, in order.</summary>
    public static List<EventRow> Read(StoreSession session, long afterId, int max) =>
        session.Query("SELECT id, at, kind, unit, subject, payload FROM events WHERE id > $after ORDER BY id LIMIT $max", Row, ("$after", afterId), ("$max", max));

    /// <summary>The newest events of a storage unit, newest first.</summary>
    public static List<EventRow> NewestOfUnit(StoreSession session, StorageUnitId unit, int max) =>
        session.Query("SELECT id, at, kind, unit, subject, payload FROM events WHERE unit = $unit ORDER BY id DESC LIMIT $max", Row, ("$unit", unit), ("$max", max));

    /// <summary>The newest events about a device or site, newest first: those that concern no single storage unit.</summary>
    public static List<EventRow> NewestAbout(StoreSession session, string subject, int max) => session.Query(
        "SELECT id, at, kind, unit, subject, payload FROM events WHERE unit IS NULL AND subject = $subject ORDER BY id DESC LIMIT $max",
        Row,
        ("$subject", subject),
        ("$max", max));

    /// <summary>The newest event of two kinds, of any subject; null when there is none. It looks through the log from its end.</summary>
    public static EventRow? NewestOf(StoreSession session, string kind, string otherKind) => session.QueryFirst(
        "SELECT id, at, kind, unit, subject, payload FROM events WHERE kind IN ($kind, $other) ORDER BY id DESC LIMIT 1", Row, ("$kind", kind), ("$other", otherKind));

    /// <summary>The highest id given so far; 0 when there is none.</summary>
    public static long LastId(StoreSession session) =>
        session.QueryFirst("SELECT seq FROM sqlite_sequence WHERE name = 'events'", row => row.GetInt64(0));

    private static EventRow Row(SqliteDataReader row) =>
        new(row.GetInt64(0), row.Instant(1), row.GetString(2), row.UnitOrNull(3), row.GetString(4), row.GetString(5));
}
