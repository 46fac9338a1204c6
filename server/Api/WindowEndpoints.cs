using System.Text.Json.Serialization;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Server.Windows;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>People are about to work at a storage unit, or to test the alarm of one of its probes.</summary>
/// <param name="Kind">maintenance or alarm-test.</param>
/// <param name="Probe">The probe of an alarm test.</param>
/// <param name="From">From when; now, when left out.</param>
/// <param name="To">Until when, not included.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="EnteredBy">Who says so, in words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WindowRequest(string? Kind, string? Probe, string? From, string? To, string? Reason, string? EnteredBy);

/// <summary>A window ends before its time.</summary>
/// <param name="EndedBy">Who says so, in words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WindowEndRequest(string? EndedBy);

/// <summary>A time that a person announced of a storage unit.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Unit">The storage unit.</param>
/// <param name="Kind">maintenance, which changes no judgement, or alarm-test, whose samples count as unknown.</param>
/// <param name="Probe">The probe of an alarm test; otherwise null.</param>
/// <param name="From">From when, included.</param>
/// <param name="To">Until when, not included, as it was entered.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="EnteredBy">Who said so.</param>
/// <param name="EnteredAt">When it was entered.</param>
/// <param name="EndedAt">When a person ended it before its time; null otherwise.</param>
/// <param name="EndedBy">Who did.</param>
/// <param name="State">coming, running or over.</param>
internal sealed record WindowResponse(
    long Id, string Unit, string Kind, string? Probe, string From, string To, string Reason, string EnteredBy, string EnteredAt, string? EndedAt, string? EndedBy, string State)
{
    public static WindowResponse Of(WindowRow window, Instant now) => new(
        window.Id,
        window.Unit.Value,
        window.Kind,
        window.Probe?.ToString(),
        window.From.ToString(),
        window.To.ToString(),
        window.Reason,
        window.EnteredBy,
        window.EnteredAt.ToString(),
        window.EndedAt?.ToString(),
        window.EndedBy,
        window.Until <= Instant.Max(now, window.From) ? "over" : window.From > now ? "coming" : "running");
}

/// <summary>Maintenance and alarm tests of storage units.</summary>
internal static class WindowEndpoints
{
    private const int UsualMax = 100;
    private const int MostMax = 1000;

    public static void MapWindows(this IEndpointRouteBuilder routes)
    {
        var windows = routes.MapGroup("/units/{id}/windows").ProducesProblem(StatusCodes.Status404NotFound);
        windows.MapGet("", All).WithSummary("The windows of a storage unit, the latest start first").Needs(Permission.See);
        windows.MapPost("", EnterAsync).WithSummary("Enters a maintenance window, which changes no judgement, or the test of a probe's alarm, whose samples count as unknown").Needs(Permission.EnterWindows);
        windows.MapPost("/{window}/end", EndAsync).WithSummary("Ends a window before its time").Needs(Permission.EnterWindows).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Ok<WindowResponse[]> All(string id, string? max, Caller caller, Sources sources)
    {
        var unit = ContentsEntry.Required(sources.Fleet, Parameters.Unit(id));
        caller.Require(Permission.See, sources.Fleet, unit.Id);
        var most = Parameters.Max(max, UsualMax, MostMax);
        return TypedResults.Ok(sources.Store.Read(session => WindowStore.Newest(session, unit.Id, most)).Select(window => WindowResponse.Of(window, sources.Now)).ToArray());
    }

    private static async Task<Created<WindowResponse>> EnterAsync(string id, WindowRequest request, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var now = sources.Now;
        var window = new NewWindow(
            Parameters.Unit(id),
            Parameters.OneOf("kind", request.Kind, WindowKinds.Maintenance, WindowKinds.AlarmTest),
            Parameters.OptionalProbe(request.Probe),
            Parameters.OptionalInstant("from", request.From) ?? now,
            Parameters.Instant("to", request.To),
            request.Reason ?? "",
            request.EnteredBy ?? "");
        caller.Require(Permission.EnterWindows, sources.Fleet, ContentsEntry.Required(sources.Fleet, window.Unit).Id);
        var entered = await sources.Store.WriteAsync(
            WritePriority.Decision, transaction => WindowEntry.Enter(transaction, sources.Fleet, window, now), cancellation, caller.Actor);
        return TypedResults.Created($"/api/v1/units/{entered.Unit}/windows", WindowResponse.Of(entered, now));
    }

    private static async Task<Ok<WindowResponse>> EndAsync(string id, string window, WindowEndRequest request, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var (now, unit) = (sources.Now, Parameters.Unit(id));
        var number = Parameters.Id(window);
        caller.Require(Permission.EnterWindows, sources.Fleet, ContentsEntry.Required(sources.Fleet, unit).Id);
        var ended = await sources.Store.WriteAsync(
            WritePriority.Decision, transaction => WindowEntry.End(transaction, sources.Fleet, unit, number, request.EndedBy ?? "", now), cancellation, caller.Actor);
        return TypedResults.Ok(WindowResponse.Of(ended, now));
    }
}
