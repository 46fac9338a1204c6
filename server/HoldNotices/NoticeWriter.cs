using System.Text.Json;
using ColdChain.Server.Store;

namespace ColdChain.Server.HoldNotices;

/// <summary>Makes a notice of each event that changed whether something is held, in the order of the log. It goes on where it was.</summary>
internal sealed class NoticeWriter(RecordStore store)
{
    private const int EventsMax = 500;

    private static readonly string[] Kinds = [EventKinds.HoldPlaced, EventKinds.HoldGroundRemoved, EventKinds.DecisionSigned, EventKinds.DecisionReopened];

    /// <summary>The last event that was dealt with.</summary>
    public long Position { get; private set; } = store.Read(session => CursorStore.Get(session, NoticeStore.WriterCursor));

    /// <summary>Writes notices of the next events.</summary>
    /// <returns>False when there was no event.</returns>
    public async Task<bool> WriteNextAsync(CancellationToken cancellation)
    {
        var events = store.Read(session => EventLog.Read(session, Position, EventsMax));
        if (events.Count == 0)
        {
            return false;
        }

        // What changes no hold is not worth a commit of its own: it is looked at again after a restart.
        if (events.Exists(row => Kinds.Contains(row.Kind)))
        {
            await store.WriteAsync(
                WritePriority.Decision,
                transaction =>
                {
                    events.FindAll(row => Kinds.Contains(row.Kind)).ForEach(row => Write(transaction, row));
                    CursorStore.Set(transaction, NoticeStore.WriterCursor, events[^1].Id);
                },
                cancellation);
        }

        Position = events[^1].Id;
        return true;
    }

    private static void Write(StoreTransaction transaction, EventRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        var hold = HoldStore.Find(transaction, payload.RootElement.GetProperty("hold").GetInt64())
            ?? throw new InvalidDataException($"Event {row.Id} tells of a hold that is not there; holds are never deleted. Restore the store from a backup.");
        var told = new
        {
            hold = hold.Id, what = hold.Kind, unit = hold.Unit.Value, donationNumber = hold.Kind == HoldWords.BloodUnit ? hold.Donation : null,
            product = hold.Kind == HoldWords.BloodUnit ? hold.Product : null, state = State(row.Kind, payload.RootElement),
            findingId = hold.ExposureId is null ? hold.FindingId : (long?)null, hold.ExposureId, since = hold.Since.ToString(),
        };
        NoticeStore.Append(transaction, new NoticeRow(0, row.Id, row.At, row.Kind, hold.Unit, hold.Id, EventLog.TextOf(told)));
    }

    // As it became by this event, and not as it is by the time that somebody reads of it.
    private static string State(string kind, JsonElement payload) => kind switch
    {
        EventKinds.HoldGroundRemoved => HoldWords.GroundRemoved,
        EventKinds.DecisionSigned => payload.GetProperty("kind").GetString() switch { DecisionWords.Release => "released", DecisionWords.Discard => "discarded", _ => "returned" },
        _ => HoldWords.Held,
    };
}
