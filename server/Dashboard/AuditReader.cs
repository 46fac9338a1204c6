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

    public AuditView Read(AuditSearchView asked, string? before)
    {
        var head = store.Read(EventChain.HeadText);
        try
        {
            var (search, until) = (SearchOf(asked), PlaceOf(Filled(before)));
            var rows = store.Read(session => EventLog.Find(session, search, until, EntriesMax));
            return new AuditView(asked, null, rows.ConvertAll(Entry), rows.Count == EntriesMax ? rows[^1].Id : null, EventKinds.All, head);
        }
        catch (FormatException error)
        {
            return new AuditView(asked, error.Message, [], null, EventKinds.All, head);
        }
    }

    private static EventSearch SearchOf(AuditSearchView asked) => new(
        Filled(asked.Who), Filled(asked.Kind), UnitOf(Filled(asked.Unit)), InstantOf(Filled(asked.From)), InstantOf(Filled(asked.To)), Filled(asked.Text));

    private static long PlaceOf(string? text) => text is null ? long.MaxValue
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
        : throw new FormatException($"'{text}' is no number of an entry.");

    private static StorageUnitId? UnitOf(string? text) => text is null ? null
        : StorageUnitId.TryParse(text, out var unit) ? unit
        : throw new FormatException($"'{text}' is no id of a storage unit.");

    // A form sends a date alone, or a date with a time that has no zone: both are UTC here, as the entries' times are.
    private static Instant? InstantOf(string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Instant.From(at)
        : throw new FormatException($"'{text}' is no date.");

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static AuditEntryView Entry(EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        return new AuditEntryView(
            row.Id, row.At, row.Who, row.Source, row.Kind, row.Unit?.Value, row.Subject,
            [.. payload.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.ToString()))]);
    }
}
