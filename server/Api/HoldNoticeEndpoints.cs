using System.Text.Json;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>What changed about a hold.</summary>
/// <param name="Id">Ascending from 1, in the order in which it happened.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">hold-placed, hold-ground-removed, decision-signed or decision-reopened.</param>
/// <param name="Hold">What is held, or is so no more; state is held, ground-removed, released, discarded or returned, as this made it.</param>
internal sealed record HoldNoticeResponse(long Id, string At, string Kind, JsonElement Hold);

/// <summary>That a program has taken up what changed.</summary>
/// <param name="Id">The notice.</param>
/// <param name="ReceivedBy">The program, by its token.</param>
internal sealed record ReceiptResponse(long Id, string ReceivedBy);

/// <summary>What the blood bank's own system fetches of holds, with receipts.</summary>
internal static class HoldNoticeEndpoints
{
    private const int UsualMax = 100;
    private const int MostMax = 1000;

    public static void MapHoldNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hold-notices", After).WithSummary("What changed about holds, in its order, after a number").Needs(Permission.TakeHoldNotices);
        routes.MapPost("/hold-notices/{id}/receipt", ReceiveAsync)
            .WithSummary("Says that this was taken up. It may be said again")
            .Needs(Permission.TakeHoldNotices)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<HoldNoticeResponse[]> After(string? after, string? max, Caller caller, Sources sources, HttpContext context)
    {
        var (from, most) = (Parameters.Number("after", after, 0, 0, long.MaxValue), Parameters.Max(max, UsualMax, MostMax));
        var rows = sources.Store.Read(session => NoticeStore.Read(session, from, most));
        if (rows.Count == most)
        {
            NextPage.Announce(context, "after", rows[^1].Id);
        }

        return TypedResults.Ok(rows.Where(row => caller.Rights.Allow(Permission.TakeHoldNotices, sources.Fleet.PlaceOf(row.Unit))).Select(Of).ToArray()); // After the page was cut.
    }

    private static async Task<Ok<ReceiptResponse>> ReceiveAsync(string id, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var (now, by) = (sources.Now, caller.Actor.Name);
        var number = Parameters.Id(id);
        await sources.Store.WriteAsync(
            WritePriority.Decision,
            transaction =>
            {
                var notice = NoticeStore.Find(transaction, number)
                    ?? throw new RefusalException(RefusalKind.Unknown, "id", $"there is no notice '{id}'", "take an id from GET /api/v1/hold-notices");
                caller.Require(Permission.TakeHoldNotices, sources.Fleet, notice.Unit);
                if (NoticeStore.Receive(transaction, number, by, now))
                {
                    EventLog.Append(transaction, now, EventKinds.NoticeReceived, notice.Unit, $"{number}", new { notice = number, hold = notice.Hold, @event = notice.Event });
                }
            },
            cancellation,
            caller.Actor);
        return TypedResults.Ok(new ReceiptResponse(number, by));
    }

    private static HoldNoticeResponse Of(NoticeRow row)
    {
        using var payload = JsonDocument.Parse(row.Payload);
        return new HoldNoticeResponse(row.Id, row.At.ToString(), row.Kind, payload.RootElement.Clone());
    }
}
