using System.Text.Json;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Something that happened.</summary>
/// <param name="Id">Ascending from 1, never reused.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind">What happened, such as excursion-opened or hold-placed.</param>
/// <param name="Unit">The storage unit it concerns; null when it concerns none.</param>
/// <param name="Subject">What it is about: a probe, a device, a donation number, an excursion's id.</param>
/// <param name="Payload">The particulars: what is new, as before what was there until then, as reason why.</param>
/// <param name="Who">Who did it: person:…, token:…, device:… or software:…; null for an event of before there was an audit trail.</param>
/// <param name="Source">The address from which it was done; null for the server itself.</param>
/// <param name="Zone">The server's time zone.</param>
internal sealed record EventResponse(long Id, string At, string Kind, string? Unit, string Subject, JsonElement Payload, string? Who, string? Source, string? Zone)
{
    public static EventResponse Of(EventRow row) =>
        new(row.Id, row.At.ToString(), row.Kind, row.Unit?.Value, row.Subject, JsonElement.Parse(row.Payload), row.Who, row.Source, row.Zone);
}

/// <summary>The event log. It tells of everybody and of every site, so that it is read whole or not at all.</summary>
internal static class EventEndpoint
{
    private const int UsualMax = 100;
    private const int MostMax = 1000;

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/events", All).WithSummary("What happened after an event, in the order of commits; whoever keeps the last id misses nothing").NeedsEverywhere(Permission.ReadAudit);
        routes.MapGet("/audit", Find).WithSummary("The audit trail: who did what, the newest first").NeedsEverywhere(Permission.ReadAudit);
    }

    private static Ok<EventResponse[]> All(string? after, string? max, Sources sources)
    {
        var (seen, most) = (Parameters.Number("after", after, 0, 0, long.MaxValue), Parameters.Max(max, UsualMax, MostMax));
        return TypedResults.Ok(sources.Store.Read(session => EventLog.Read(session, seen, most)).Select(EventResponse.Of).ToArray());
    }

    private static Ok<EventResponse[]> Find(
        string? who, string? kind, string? unit, string? from, string? to, string? text, string? before, string? max, Sources sources, HttpContext context)
    {
        var search = new EventSearch(who, kind, Parameters.OptionalUnit(unit), Parameters.OptionalInstant("from", from), Parameters.OptionalInstant("to", to), text);
        var (until, most) = (Parameters.Number("before", before, long.MaxValue, 1, long.MaxValue), Parameters.Max(max, UsualMax, MostMax));
        var rows = sources.Store.Read(session => EventLog.Find(session, search, until, most));
        if (rows.Count == most)
        {
            NextPage.Announce(context, "before", rows[^1].Id);
        }

        return TypedResults.Ok(rows.Select(EventResponse.Of).ToArray());
    }
}
