using System.Text.Json.Serialization;
using ColdChain.Core.Casework;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>What became of a blood unit that had left.</summary>
/// <param name="FindingId">The excursion or unknown time that touches it; left out when an exposure does.</param>
/// <param name="ExposureId">The exposure; left out when a finding touches it.</param>
/// <param name="Donation">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="FollowUp">receiver-informed, recalled, found-transfused or no-action-needed.</param>
/// <param name="Note">In words.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record FollowUpRequest(long? FindingId, long? ExposureId, string? Donation, string? Product, string? FollowUp, string? Note);

/// <summary>What a person entered about a blood unit that is looked for.</summary>
/// <param name="FollowUp">receiver-informed, recalled, found-transfused or no-action-needed.</param>
/// <param name="Note">In the person's words.</param>
/// <param name="EnteredBy">The account.</param>
/// <param name="EnteredAt">When.</param>
internal sealed record FollowUpResponse(string FollowUp, string Note, string EnteredBy, string EnteredAt);

/// <summary>A blood unit that had left before it was known what it had been exposed to.</summary>
/// <param name="FindingId">What touches it: a finding; null when an exposure does.</param>
/// <param name="ExposureId">What touches it: an exposure; null when a finding does.</param>
/// <param name="Unit">The storage unit where that was.</param>
/// <param name="DonationNumber">The donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="LeftAt">When it left.</param>
/// <param name="WentTo">The storage unit that it was entered into next; null when that is not known.</param>
/// <param name="ToldAt">When it was named.</param>
/// <param name="Open">True until it was recalled, found transfused, or found to need nothing.</param>
/// <param name="FollowUps">What people entered, oldest first.</param>
internal sealed record LookBackResponse(
    long? FindingId, long? ExposureId, string Unit, string DonationNumber, string Product, string LeftAt, string? WentTo, string ToldAt, bool Open, IReadOnlyList<FollowUpResponse> FollowUps);

/// <summary>The blood units that must be looked for, and what becomes of them.</summary>
internal static class LookBackEndpoints
{
    public static void MapLookBacks(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/look-back", All).WithSummary("Blood units that had left before it was known what they had been exposed to, open ones first; open=true for those alone").Needs(Permission.See);
        routes.MapPost("/look-back", EnterAsync).WithSummary("Enters what became of one of them").Needs(Permission.Acknowledge).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<LookBackResponse[]> All(string? open, Caller caller, Sources sources)
    {
        var isOpen = Parameters.Flag("open", open);
        return TypedResults.Ok(sources.Store.Read(session =>
        {
            var entered = FollowUpStore.All(session).ToLookup(row => (row.Ground, row.Donation, row.Product));
            return LookbackStore.All(session).Where(named => caller.Sees(sources.Fleet, named.Unit))
                .Select(named => Of(named.Ground, named.Unit.Value, named.Row, [.. entered[(named.Ground, named.Row.Donation, named.Row.Product)]]))
                .Where(one => one.Open || !isOpen)
                .OrderByDescending(one => one.Open)
                .ToArray();
        }));
    }

    private static async Task<Created<FollowUpResponse>> EnterAsync(FollowUpRequest request, Caller caller, LookBacks lookBacks, CancellationToken cancellation)
    {
        var ground = (request.FindingId, request.ExposureId) switch
        {
            ({ } finding, null) => Ground.Finding(finding),
            (null, { } exposure) => Ground.Exposure(exposure),
            _ => throw new RefusalException(RefusalKind.Invalid, "findingId", "neither or both of 'findingId' and 'exposureId' are given", "give the one that GET /api/v1/look-back gives"),
        };
        var row = await lookBacks.EnterAsync(
            caller, new NewFollowUp(ground, BloodUnit.Parse(request.Donation, request.Product), request.FollowUp ?? "", request.Note), cancellation);
        return TypedResults.Created("/api/v1/look-back", Of(row));
    }

    private static LookBackResponse Of(Ground ground, string unit, LookbackRow row, IReadOnlyList<FollowUpRow> entered) => new(
        ground.ExposureId is null ? ground.FindingId : null,
        ground.ExposureId,
        unit,
        row.Donation,
        row.Product,
        row.Left.LeftAt.ToString(),
        row.Left.WentTo?.Value,
        row.ToldAt.ToString(),
        !entered.Any(one => FollowUps.Ends(one.Word)),
        [.. entered.Select(Of)]);

    private static FollowUpResponse Of(FollowUpRow row) => new(row.Word, row.Note, row.By, row.At.ToString());
}
