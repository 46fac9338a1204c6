using System.Text.Json.Serialization;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>A blood unit is, or was, put into a storage unit.</summary>
/// <param name="Donation">The donation identification number, as scanned or typed.</param>
/// <param name="Product">The product.</param>
/// <param name="In">From when it was inside; now, when left out.</param>
/// <param name="Out">Until when, if it has left already.</param>
/// <param name="Scans">The barcodes of its ISBT 128 label, as a scanner sends them, in any order; instead of, or beside, the two above.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EnterRequest(string? Donation, string? Product, string? In, string? Out, IReadOnlyList<string>? Scans);

/// <summary>A blood unit is taken out of a storage unit.</summary>
/// <param name="Donation">The donation identification number, as scanned or typed.</param>
/// <param name="Product">The product.</param>
/// <param name="Out">Until when it was inside; now, when left out.</param>
/// <param name="Scans">The barcodes of its ISBT 128 label, as a scanner sends them, in any order; instead of, or beside, the two above.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LeaveRequest(string? Donation, string? Product, string? Out, IReadOnlyList<string>? Scans);

/// <summary>A blood unit goes from one storage unit into another.</summary>
/// <param name="Donation">The donation identification number, as scanned or typed.</param>
/// <param name="Product">The product.</param>
/// <param name="To">The storage unit that it goes to.</param>
/// <param name="At">When; now, when left out.</param>
/// <param name="Scans">The barcodes of its ISBT 128 label, as a scanner sends them, in any order; instead of, or beside, the two above.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MoveRequest(string? Donation, string? Product, string? To, string? At, IReadOnlyList<string>? Scans);

/// <summary>Which blood units are inside a storage unit.</summary>
internal static class ContentsEndpoints
{
    public static void MapContents(this IEndpointRouteBuilder routes)
    {
        var contents = routes.MapGroup("/units/{id}/contents").ProducesProblem(StatusCodes.Status404NotFound);
        contents.MapGet("", Inside).WithSummary("The blood units inside a storage unit, now or at an instant").Needs(Permission.See);
        contents.MapPost("", EnterAsync)
            .WithSummary("Enters that a blood unit was put in; it is held at once when an excursion covers its stay")
            .Needs(Permission.EnterContents)
            .ProducesProblem(StatusCodes.Status409Conflict);
        contents.MapPost("/leave", LeaveAsync)
            .WithSummary("Enters that a blood unit was taken out; where that removes the ground of a hold, the hold says so and stands")
            .Needs(Permission.EnterContents)
            .ProducesProblem(StatusCodes.Status409Conflict);
        contents.MapPost("/move", MoveAsync)
            .WithSummary("Enters that a blood unit went from this storage unit into another, as one act")
            .Needs(Permission.EnterContents)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Ok<StayResponse[]> Inside(string id, string? at, Caller caller, Sources sources)
    {
        var unit = ContentsEntry.Required(sources.Fleet, Parameters.Unit(id));
        caller.Require(Permission.See, sources.Fleet, unit.Id);
        var instant = Parameters.OptionalInstant("at", at) ?? sources.Now;
        return TypedResults.Ok(sources.Store.Read(session => ContentsStore.At(session, unit.Id, instant)).Select(stay => StayResponse.Of(stay, sources)).ToArray());
    }

    private static async Task<Created<EnteredStayResponse>> EnterAsync(string id, EnterRequest request, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var now = sources.Now;
        var stay = new NewStay(
            Parameters.Unit(id),
            BloodUnit.Parse(request.Donation, request.Product, request.Scans, out var label),
            Parameters.OptionalInstant("in", request.In) ?? now,
            Parameters.OptionalInstant("out", request.Out))
        {
            Label = label,
        };
        var entered = await WriteAsync(caller, ContentsEntry.Required(sources.Fleet, stay.Unit), sources, transaction => ContentsEntry.Enter(transaction, sources.Fleet, sources.Packs, stay, now), cancellation);
        return TypedResults.Created($"/api/v1/units/{stay.Unit}/contents?at={stay.In}", entered);
    }

    private static async Task<Ok<EnteredStayResponse>> LeaveAsync(string id, LeaveRequest request, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var now = sources.Now;
        var unit = Parameters.Unit(id);
        var bloodUnit = BloodUnit.Parse(request.Donation, request.Product, request.Scans, out _);
        var outAt = Parameters.OptionalInstant("out", request.Out) ?? now;
        return TypedResults.Ok(await WriteAsync(
            caller, ContentsEntry.Required(sources.Fleet, unit), sources, transaction => ContentsEntry.Leave(transaction, sources.Fleet, unit, bloodUnit, outAt, now), cancellation));
    }

    private static async Task<Ok<EnteredStayResponse>> MoveAsync(string id, MoveRequest request, Caller caller, Sources sources, CancellationToken cancellation)
    {
        var now = sources.Now;
        var (from, to) = (ContentsEntry.Required(sources.Fleet, Parameters.Unit(id)), ContentsEntry.Required(sources.Fleet, Parameters.Unit(request.To)));
        caller.Require(Permission.EnterContents, sources.Fleet, to.Id);
        var stay = new NewStay(to.Id, BloodUnit.Parse(request.Donation, request.Product, request.Scans, out var label), Parameters.OptionalInstant("at", request.At) ?? now, null) { Label = label };
        return TypedResults.Ok(await WriteAsync(caller, from, sources, transaction => ContentsEntry.Move(transaction, sources.Fleet, sources.Packs, from.Id, stay, now), cancellation));
    }

    private static Task<EnteredStayResponse> WriteAsync(
        Caller caller, StorageUnit unit, Sources sources, Func<StoreTransaction, EnteredStay> work, CancellationToken cancellation)
    {
        caller.Require(Permission.EnterContents, sources.Fleet, unit.Id);
        return sources.Store.WriteAsync(WritePriority.Decision, transaction => EnteredStayResponse.Of(transaction, work(transaction), sources), cancellation, caller.Actor);
    }
}
