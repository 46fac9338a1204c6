using System.Text;
using System.Text.Json;
using ColdChain.Core.Readings;
using ColdChain.Server.Outbound;
using ColdChain.Server.Store;

namespace ColdChain.Server.HoldNotices;

/// <summary>Where notices of holds are sent.</summary>
/// <param name="Address">The address of the blood bank's system.</param>
/// <param name="Key">What signs them; the receiver has it too.</param>
internal sealed record HoldWebhookOptions(Uri Address, byte[] Key);

/// <summary>
/// Sends notices one after another in their order, each as a CloudEvent (1.0, structured, JSON) that is signed. The next one waits until the one before
/// was taken, by an answer of 2xx or by a receipt: a release must never overtake the hold that came after it. What is not taken is tried again, ever more
/// rarely, for as long as it takes. Attempts are stored, so that a restart neither forgets one nor hurries.
/// </summary>
internal sealed class HoldWebhook(RecordStore store, GuardedSender sender, HoldWebhookOptions options, TimeProvider clock)
{
    private const string ContentType = "application/cloudevents+json";
    private const int ReasonLengthMax = 500;
    private const int DoublingsMax = 12;

    /// <summary>The rest after the first attempt that failed; each following one is twice as long.</summary>
    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);

    /// <summary>The longest rest.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>Sends the next notice if its time has come.</summary>
    /// <returns>How long to wait until there is something to send; zero when there may be more at once, null when all was taken.</returns>
    public async Task<TimeSpan?> SendNextAsync(CancellationToken cancellation)
    {
        var now = Instant.Now(clock);
        var (notice, attempts, isReceived) = store.Read(session => Next(session) is { } next
            ? (next, NoticeStore.Attempts(session, next.Id), NoticeStore.IsReceived(session, next.Id))
            : (null, default, false));
        if (notice is null)
        {
            return null;
        }

        if (isReceived)
        {
            await store.WriteAsync(WritePriority.Decision, transaction => CursorStore.Set(transaction, NoticeStore.WebhookCursor, notice.Id), cancellation);
            return TimeSpan.Zero;
        }

        if (attempts.LastAt is { } last && last + Rest(attempts.Count) is var due && due > now)
        {
            return due - now;
        }

        var result = await SendAsync(notice, now, cancellation);
        await store.WriteAsync(WritePriority.Decision, transaction => Keep(transaction, notice, result), CancellationToken.None); // It was sent, whatever ends meanwhile.
        return result.IsTaken ? TimeSpan.Zero : Rest(attempts.Count + 1);
    }

    /// <summary>The rest after so many attempts that failed.</summary>
    public static TimeSpan Rest(int attempts) =>
        attempts > DoublingsMax || FirstRest * (1 << (attempts - 1)) > LongestRest ? LongestRest : FirstRest * (1 << (attempts - 1));

    private static NoticeRow? Next(StoreSession session) => NoticeStore.Read(session, CursorStore.Get(session, NoticeStore.WebhookCursor), max: 1) is [var next] ? next : null;

    private Task<SendResult> SendAsync(NoticeRow notice, Instant now, CancellationToken cancellation)
    {
        var id = $"{store.Id}-{notice.Id}";
        var body = Encoding.UTF8.GetBytes(CloudEvent(notice, id));
        return sender.PostAsync(options.Address, ContentType, body, WebhookSignature.Headers(options.Key, id, now, body), cancellation);
    }

    private string CloudEvent(NoticeRow notice, string id)
    {
        using var data = JsonDocument.Parse(notice.Payload);
        return EventLog.TextOf(new
        {
            specversion = "1.0",
            id,
            source = $"/coldchain/{store.Id}",
            type = $"coldchain.{notice.Kind}.v1",
            subject = $"holds/{notice.Hold}",
            time = notice.At.ToString(),
            datacontenttype = "application/json",
            sequence = notice.Id.ToString("D20", System.Globalization.CultureInfo.InvariantCulture), // As text it sorts as it counts.
            data = data.RootElement,
        });
    }

    private void Keep(StoreTransaction transaction, NoticeRow notice, SendResult result)
    {
        var reason = result.IsTaken ? "" : result.Reason.Length > ReasonLengthMax ? result.Reason[..ReasonLengthMax] : result.Reason;
        NoticeStore.Attempt(transaction, notice.Id, Instant.Now(clock), result.IsTaken, reason);
        if (result.IsTaken)
        {
            CursorStore.Set(transaction, NoticeStore.WebhookCursor, notice.Id);
        }
    }
}
