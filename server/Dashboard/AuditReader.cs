using System.Globalization;
using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads the audit trail for its page.</summary>
internal sealed class AuditReader(RecordStore store)
{
    private const int EntriesMax = 100;

    /// <param name="asked">The search, as it was typed.</param>
    /// <param name="before">The entry before which the page begins; null or empty for the newest.</param>
    /// <param name="zone">The zone of times that name none, as the page writes them.</param>
    public AuditView Read(AuditSearchView asked, string? before, TimeZoneInfo zone)
    {
        var head = store.Read(EventChain.HeadText);
        try
        {
            var (search, until) = (SearchOf(asked, zone), PlaceOf(Filled(before)));
            var rows = store.Read(session => EventLog.Find(session, search, until, EntriesMax));
            return new AuditView(asked, null, rows.ConvertAll(Entry), rows.Count == EntriesMax ? rows[^1].Id : null, EventKinds.All, head);
        }
        catch (FormatException error)
        {
            return new AuditView(asked, error.Message, [], null, EventKinds.All, head);
        }
    }

    private static EventSearch SearchOf(AuditSearchView asked, TimeZoneInfo zone) => new(
        Filled(asked.Who), Filled(asked.Kind), UnitOf(Filled(asked.Unit)), InstantOf(Filled(asked.From), zone), InstantOf(Filled(asked.To), zone), Filled(asked.Text));

    private static long PlaceOf(string? text) => text is null ? long.MaxValue
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : throw new FormatException($"'{text}' is no number of an entry.");

    private static StorageUnitId? UnitOf(string? text) => text is null ? null
        : StorageUnitId.TryParse(text, out var unit) ? unit
        : throw new FormatException($"'{text}' is no id of a storage unit.");

    // A browser's form sends the time without a zone.
    private static Instant? InstantOf(string? text, TimeZoneInfo zone) => text is null ? null
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at)
            ? Instant.From(at.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(at, zone.GetUtcOffset(at)) : new DateTimeOffset(at))
        : throw new FormatException($"'{text}' is no date.");

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static AuditEntryView Entry(EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        return new AuditEntryView(
            row.Id, row.At, row.Who, row.Source, row.Kind, row.Unit?.Value, row.Subject,
            [.. payload.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString()! : member.Value.GetRawText()))]);
    }
}
