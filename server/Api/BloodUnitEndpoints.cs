using ColdChain.Core.Exposure;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>What is known of one blood unit.</summary>
internal static class BloodUnitEndpoints
{
    public static void MapBloodUnits(this IEndpointRouteBuilder routes) => routes.MapGet("/blood-units/{donation}/{product}/exposure", Exposure)
        .WithSummary("What a blood unit went through over its whole life: each allowance of its rules with what is known of it and what is possible")
        .Needs(Permission.See)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static Ok<BloodUnitExposureResponse> Exposure(string donation, string product, Caller caller, Sources sources, Func<Placements> placements)
    {
        var (now, bloodUnit) = (sources.Now, BloodUnit.Parse(donation, product));
        return TypedResults.Ok(sources.Store.Read(session =>
        {
            var stays = ContentsStore.OfBloodUnit(session, bloodUnit.Donation, bloodUnit.Product);
            if (stays.Count == 0)
            {
                throw new RefusalException(
                    RefusalKind.Unknown, "donation", $"nobody has entered {bloodUnit} into a storage unit", "read the label again, or enter where it is with POST /api/v1/units/{id}/contents");
            }

            if (!stays.Exists(stay => caller.Sees(sources.Fleet, stay.Unit)))
            {
                caller.Require(Permission.See, sources.Fleet, stays[^1].Unit);
            }

            var places = placements().Of(session, stays, now);
            var exposure = Ledger.Judge(bloodUnit.Product, places, now);
            return new BloodUnitExposureResponse(
                bloodUnit.Donation,
                bloodUnit.Product,
                now.ToString(),
                VerdictWords.Of(exposure.Verdict),
                exposure.Lowest?.ToDegrees(),
                exposure.Highest?.ToDegrees(),
                exposure.NextDeadline?.ToString(),
                exposure.Doubts,
                [.. places.Select(PlaceResponse.Of)],
                [.. exposure.Allowances.Select(AllowanceResponse.Of)],
                [.. ExposureStore.Versions(session, bloodUnit.Donation, bloodUnit.Product).Select(ExposureVersionResponse.Of)],
                HoldResponse.All(session, HoldStore.OfBloodUnit(session, bloodUnit.Donation, bloodUnit.Product)),
                "decision support, not validated");
        }));
    }
}
