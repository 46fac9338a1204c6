using System.Text.Json;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Something that happened.</summary>
/// <param name="Id">Ascending, never reused; may have holes.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">What happened, such as excursion-opened or hold-placed.</param>
/// <param name="Unit">The storage unit it concerns; null when it concerns none.</param>
/// <param name="Subject">What it is about: a probe, a device, a donation number, an excursion's id.</param>
/// <param name="Payload">The particulars.</param>
internal sealed record EventResponse(long Id, string At, string Kind, string? Unit, string Subject, JsonElement Payload)
{
    public static EventResponse Of(EventRow row) =>
        new(row.Id, row.At.ToString(), row.Kind, row.Unit?.Value, row.Subject, JsonElement.Parse(row.Payload));
}

/// <summary>The event log.</summary>
internal static class EventEndpoint
{
    private const int UsualMax = 100;
    private const int MostMax = 1000;

    public static void MapEvents(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/events", All).WithSummary("What happened after an event, in the order of commits; whoever keeps the last id misses nothing").Needs(Permission.ReadAudit);

    private static Ok<EventResponse[]> All(string? after, string? max, Caller caller, Sources sources)
    {
        // The log tells of everybody and of every site: it is read whole or not at all.
        if (!caller.Rights.Everywhere(Permission.ReadAudit))
        {
            throw new RefusalException(RefusalKind.Forbidden, "rights", $"{caller.Actor.Name} may not read the event log of the whole nation", "ask an administrator for the role auditor there");
        }

        var (seen, most) = (Parameters.Number("after", after, 0, 0, long.MaxValue), Parameters.Max(max, UsualMax, MostMax));
        return TypedResults.Ok(sources.Store.Read(session => EventLog.Read(session, seen, most)).Select(EventResponse.Of).ToArray());
    }
}
