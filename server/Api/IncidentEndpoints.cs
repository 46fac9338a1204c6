using System.Text.Json.Serialization;
using ColdChain.Core.People;
using ColdChain.Server.Alerts;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>A person has it.</summary>
/// <param name="Action">What the person means to do, in words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AcknowledgementRequest(string? Action);

/// <summary>What a gateway knows of a message that it took.</summary>
/// <param name="Reference">The reference that came with the message.</param>
/// <param name="State">delivered, or failed.</param>
/// <param name="Detail">Particulars, in words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReceiptRequest(string? Reference, string? State, string? Detail);

/// <summary>Something that people are told.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Cause">What it is of: kind and subject.</param>
/// <param name="Severity">advisory, warning or critical: the highest that it has been.</param>
/// <param name="Site">The site; empty for none.</param>
/// <param name="Unit">The storage unit; null for none.</param>
/// <param name="Since">Since when, by the readings.</param>
/// <param name="OpenedAt">When it was opened, by the server's clock.</param>
/// <param name="OverAt">Since when its cause is over; null while it goes on.</param>
/// <param name="AcknowledgedBy">Who has it; null for nobody.</param>
/// <param name="AcknowledgedUntil">Until when that counts, unless the cause ends first.</param>
/// <param name="NextAt">When the next people are told, or the acknowledgement runs out; null for neither.</param>
/// <param name="Wakes">False when it was over when it was found, and waits for the day.</param>
/// <param name="Closed">True when nothing is left to be done.</param>
internal sealed record IncidentResponse(
    long Id, string Cause, string Severity, string Site, string? Unit, string Since, string OpenedAt, string? OverAt, string? AcknowledgedBy, string? AcknowledgedUntil, string? NextAt,
    bool Wakes, bool Closed)
{
    public static IncidentResponse Of(StoreSession session, IncidentRow row) => new(
        row.Id,
        row.Cause.ToString(),
        AlertWords.Of(row.State.Severity),
        row.Site,
        row.Unit?.Value,
        row.Since.ToString(),
        row.OpenedAt.ToString(),
        row.State.OverAt?.ToString(),
        AcknowledgementStore.OwnerOf(session, row),
        row.State.AcknowledgedUntil?.ToString(),
        row.NextAt?.ToString(),
        row.State.Wakes,
        row.State.IsClosed);
}

/// <summary>Something that an incident consists of.</summary>
/// <param name="Member">What: finding:12, condition:3, silence:site:rabat.</param>
/// <param name="Severity">How severe it is by itself.</param>
/// <param name="Unit">Its storage unit; null for none.</param>
/// <param name="Since">Since when.</param>
/// <param name="GoesOn">False once it is over.</param>
internal sealed record IncidentMemberResponse(string Member, string Severity, string? Unit, string Since, bool GoesOn);

/// <summary>One incident with what it consists of.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Members">What it consists of.</param>
internal sealed record IncidentDetailResponse(IncidentResponse Incident, IReadOnlyList<IncidentMemberResponse> Members);

/// <summary>Incidents, what a person says to them, and what gateways say of messages.</summary>
internal static class IncidentEndpoints
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/incidents", All).WithSummary("What goes on or nobody has acknowledged, the most severe first").Needs(Permission.See);
        routes.MapGet("/incidents/{id}", One).WithSummary("One incident with what it consists of").Needs(Permission.See).ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/incidents/{id}/acknowledgement", AcknowledgeAsync).WithSummary("A person has it: for persons who have signed in, and no program").Needs(Permission.Acknowledge)
            .DisableRateLimiting().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/alert-receipts", ReceiveAsync).WithSummary("What a gateway knows of a message that it took").Needs(Permission.ReportDelivery)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<IncidentResponse[]> All(Caller caller, Sources sources) => TypedResults.Ok(sources.Store.Read(session =>
        IncidentStore.NotClosed(session).Where(row => caller.SeesAllOf(sources.Fleet, row.Site)).Select(row => IncidentResponse.Of(session, row)).ToArray()));

    private static Ok<IncidentDetailResponse> One(string id, Caller caller, Sources sources) => TypedResults.Ok(sources.Store.Read(session =>
    {
        var row = Known(session, id);
        caller.RequireAt(Permission.See, sources.Fleet, row.Site);
        return new IncidentDetailResponse(
            IncidentResponse.Of(session, row),
            [
                .. IncidentStore.Members(session, row.Id).Select(member => new IncidentMemberResponse(
                    member.Member, AlertWords.Of(member.Severity), member.Unit?.Value, member.Since.ToString(), member.GoesOn)),
            ]);
    }));

    private static async Task<Ok<IncidentResponse>> AcknowledgeAsync(
        string id, AcknowledgementRequest request, Caller caller, Sources sources, Acknowledging acknowledging, CancellationToken cancellation)
    {
        var account = caller.Account
            ?? throw new RefusalException(RefusalKind.Forbidden, "Authorization", $"{caller.Actor.Name} is a program, and only a person acknowledges", "send the cookie of a person who has signed in");
        caller.RequireAt(Permission.Acknowledge, sources.Fleet, sources.Store.Read(session => Known(session, id)).Site);
        var said = new Saying(account, request.Action ?? "", AcknowledgedBy.Api);
        var row = await sources.Store.WriteAsync(
            WritePriority.Decision, transaction => acknowledging.Take(transaction, Parameters.Id(id), said, sources.Now), cancellation, caller.Actor);
        return TypedResults.Ok(sources.Store.Read(session => IncidentResponse.Of(session, row)));
    }

    private static async Task<NoContent> ReceiveAsync(ReceiptRequest request, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var state = Parameters.OneOf("state", request.State, Receipts.Delivered, Receipts.Failed);
        var message = Parameters.Id(request.Reference ?? "");
        await sources.Store.WriteAsync(
            WritePriority.Decision, transaction => Receipts.Take(transaction, message, state, request.Detail ?? "", sources.Now), cancellation, caller.Actor);
        return TypedResults.NoContent();
    }

    private static IncidentRow Known(StoreSession session, string id) => IncidentStore.Find(session, Parameters.Id(id))
        ?? throw new RefusalException(RefusalKind.Unknown, "incident", $"there is no incident '{id}'", "name one that GET /api/v1/incidents lists");
}
