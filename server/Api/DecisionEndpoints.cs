using System.Text.Json.Serialization;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>A hold as a person has it before him.</summary>
/// <param name="Id">The hold.</param>
/// <param name="Version">The version of its ground, as GET /api/v1/holds gave it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeenHoldRequest(long Id, int Version);

/// <summary>What is to become of some holds.</summary>
/// <param name="Kind">release, discard or return.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Holds">The holds; all of them are decided, or none.</param>
/// <param name="Code">The code of the person's authenticator; not for a proposal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DecisionRequest(string? Kind, string? Reason, IReadOnlyList<SeenHoldRequest>? Holds, string? Code);

/// <summary>What a first person proposes for a hold.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Hold">The hold.</param>
/// <param name="Kind">release, discard or return.</param>
/// <param name="Reason">Why.</param>
/// <param name="Version">The version of the ground that the person saw. When the ground has another one, it counts no more.</param>
/// <param name="ProposedBy">The account.</param>
/// <param name="ProposedAt">When.</param>
internal sealed record ProposalResponse(long Id, long Hold, string Kind, string Reason, int Version, string ProposedBy, string ProposedAt)
{
    public static ProposalResponse Of(ProposalRow row) => new(row.Id, row.HoldId, DecisionWords.Of(row.Kind), row.Reason, row.Version, row.By, row.At.ToString());
}

/// <summary>A signed decision.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Hold">The hold that it ended.</param>
/// <param name="Kind">release, discard or return.</param>
/// <param name="Reason">Why.</param>
/// <param name="Meaning">What was said by signing.</param>
/// <param name="SignedBy">The account.</param>
/// <param name="Name">The person's name, as it was then.</param>
/// <param name="SignedAt">When.</param>
/// <param name="Zone">The zone in which the person read that time; empty in what an earlier version wrote.</param>
/// <param name="Version">The version of the ground that the person saw.</param>
/// <param name="Watermark">Up to when nothing could change any more by later readings then; null when nothing was settled.</param>
/// <param name="Proposal">The first person's proposal; null when it rests on none.</param>
/// <param name="Sha256">Of all that was signed; it stands in the event too. Empty in what an earlier version wrote.</param>
internal sealed record DecisionResponse(
    long Id, long Hold, string Kind, string Reason, string Meaning, string SignedBy, string Name, string SignedAt, string Zone, int Version, string? Watermark, long? Proposal, string Sha256)
{
    public static DecisionResponse Of(DecisionRow row) => new(
        row.Id, row.HoldId, DecisionWords.Of(row.Kind), row.Reason, row.Meaning, row.SignedBy, row.Display, row.SignedAt.ToString(), row.Zone, row.Version,
        row.Watermark?.ToString(), row.Proposal, row.Sha256);
}

/// <summary>A hold with all that is said about it.</summary>
/// <param name="Hold">The hold.</param>
/// <param name="Proposal">The last proposal; null when there is none.</param>
/// <param name="Decision">The decision that stands; null while there is none.</param>
/// <param name="Assessment">The last assessment of its ground; null when there is none.</param>
/// <param name="UnverifiedFigures">The figures that its ground rests on and that nobody has read in their source.</param>
/// <param name="Statement">What all this is worth.</param>
internal sealed record HoldDetailResponse(
    HoldResponse Hold, ProposalResponse? Proposal, DecisionResponse? Decision, CaseResponse? Assessment, IReadOnlyList<string> UnverifiedFigures, string Statement);

/// <summary>Proposals and decisions about holds. Persons only: no token has the right.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/holds/{id}", One).WithSummary("One hold, with what was proposed, assessed and decided").Needs(Permission.See).ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapPost("/holds/proposals", ProposeAsync).WithSummary("Proposes what is to become of some holds").Needs(Permission.Propose).ProducesProblem(StatusCodes.Status409Conflict);
        routes.MapPost("/holds/decisions", SignAsync)
            .WithSummary("Signs a decision about some holds. A release needs a second person, unless the ground was removed")
            .Needs(Permission.Decide)
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Ok<HoldDetailResponse> One(string id, Caller caller, Sources sources, UnverifiedFigures figures) => TypedResults.Ok(sources.Store.Read(session =>
    {
        var number = Parameters.Id(id);
        var hold = HoldStore.Find(session, number) ?? throw new RefusalException(RefusalKind.Unknown, "id", $"there is no hold '{id}'", "take an id from GET /api/v1/holds");
        caller.Require(Permission.See, sources.Fleet, hold.Unit);
        var decision = (hold.ExposureId is { } exposure ? DecisionStore.StandingOnExposure(session, exposure) : DecisionStore.Standing(session, hold.FindingId)).FindLast(row => row.HoldId == hold.Id);
        return new HoldDetailResponse(
            HoldResponse.All(session, [hold])[0],
            ProposalStore.OfHold(session, hold.Id) is { } proposal ? ProposalResponse.Of(proposal) : null,
            decision is null ? null : DecisionResponse.Of(decision),
            CaseStore.Of(session, hold.Ground).FindLast(entry => entry.Kind == CaseKinds.Assessment) is { } assessment ? CaseResponse.Of(assessment) : null,
            figures.Of(session, hold.Ground),
            "decision support, not validated");
    }));

    private static async Task<Ok<ProposalResponse[]>> ProposeAsync(DecisionRequest request, Caller caller, Dispositions dispositions, CancellationToken cancellation) => request.Code is not null
        ? throw new RefusalException(RefusalKind.Invalid, "code", "a proposal is not signed", "leave 'code' out, or sign at /api/v1/holds/decisions")
        : TypedResults.Ok((await dispositions.ProposeAsync(caller, Decision(request), cancellation)).Select(ProposalResponse.Of).ToArray());

    private static async Task<Ok<DecisionResponse[]>> SignAsync(DecisionRequest request, Caller caller, Dispositions dispositions, CancellationToken cancellation) =>
        TypedResults.Ok((await dispositions.SignAsync(caller, Decision(request), request.Code ?? "", cancellation)).Select(DecisionResponse.Of).ToArray());

    private static NewDecision Decision(DecisionRequest request) => new(
        DecisionWords.KindOf(Parameters.OneOf("kind", request.Kind, [.. DecisionWords.All])),
        [.. (request.Holds ?? []).Select(hold => new SeenHold(hold.Id, hold.Version))],
        request.Reason);
}
