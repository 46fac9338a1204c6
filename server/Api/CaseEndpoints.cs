using System.Text.Json.Serialization;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>Something was done about an excursion, unknown time or exposure, or is said of it.</summary>
/// <param name="Kind">step, cause or assessment.</param>
/// <param name="Word">Which step or cause; left out for an assessment.</param>
/// <param name="Note">In words. Most steps and causes need none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CaseRequest(string? Kind, string? Word, string? Note);

/// <summary>Something that a person entered. The last one of a kind counts.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Kind">step, cause or assessment.</param>
/// <param name="Word">Which step or cause; empty for an assessment.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="Version">The version that the ground had then.</param>
/// <param name="EnteredBy">The account.</param>
/// <param name="EnteredAt">When.</param>
internal sealed record CaseResponse(long Id, string Kind, string Word, string Note, int Version, string EnteredBy, string EnteredAt)
{
    public static CaseResponse Of(CaseRow row) => new(row.Id, row.Kind, row.Word, row.Note, row.Version, row.By, row.At.ToString());
}

/// <summary>The work on grounds to hold: steps, causes and assessments.</summary>
internal static class CaseEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/findings/{id}/case", Ground.Finding, "an excursion or unknown time");
        Map(routes, "/exposures/{id}/case", Ground.Exposure, "an exposure");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Func<long, Ground> ground, string what)
    {
        routes.MapGet(path, (string id, Caller caller, Sources sources) => Entries(ground(Parameters.Id(id)), caller, sources))
            .WithSummary($"What people did about {what} and say of it, oldest first")
            .Needs(Permission.See)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost(path, (string id, CaseRequest request, Caller caller, Casework work, CancellationToken cancellation) => EnterAsync(ground(Parameters.Id(id)), request, caller, work, cancellation))
            .WithSummary($"Stamps a step, names a cause or writes the assessment of {what}")
            .Needs(Permission.Acknowledge)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<CaseResponse[]> Entries(Ground ground, Caller caller, Sources sources) => TypedResults.Ok(sources.Store.Read(session =>
    {
        caller.Require(Permission.See, sources.Fleet, Casework.Unit(session, ground));
        return CaseStore.Of(session, ground).Select(CaseResponse.Of).ToArray();
    }));

    private static async Task<Created<CaseResponse>> EnterAsync(Ground ground, CaseRequest request, Caller caller, Casework work, CancellationToken cancellation)
    {
        var kind = Parameters.OneOf("kind", request.Kind, CaseKinds.Step, CaseKinds.Cause, CaseKinds.Assessment);
        var row = await work.EnterAsync(caller, new NewCaseEntry(ground, kind, request.Word ?? "", request.Note), cancellation);
        return TypedResults.Created($"/api/v1/{(ground.ExposureId is null ? "findings" : "exposures")}/{ground.ExposureId ?? ground.FindingId}/case", CaseResponse.Of(row));
    }
}
