using ColdChain.Core.Excursions;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>A hold: it is placed by software and lifted only by a person.</summary>
/// <param name="Id">Ascending, never reused.</param>
/// <param name="Kind">storage-unit or blood-unit.</param>
/// <param name="Unit">The storage unit of the finding; of an exposure, where it happened last.</param>
/// <param name="DonationNumber">The donation identification number; null for a storage unit.</param>
/// <param name="Product">The product; null for a storage unit.</param>
/// <param name="ExcursionId">The excursion that is its ground; null when the ground is another.</param>
/// <param name="FindingId">The excursion or unknown time that is its ground; null when the ground is an exposure.</param>
/// <param name="ExposureId">The exposure that is its ground: what a blood unit went through over its life; null when the ground is a finding.</param>
/// <param name="Ground">excursion, unknown-time or exposure.</param>
/// <param name="Version">The version that the ground has now: whoever decides says which one he saw.</param>
/// <param name="Since">From when the ground existed.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="State">held, ground-removed when later data removed its ground (it stands all the same), or decided.</param>
internal sealed record HoldResponse(
    long Id, string Kind, string Unit, string? DonationNumber, string? Product, long? ExcursionId, long? FindingId, long? ExposureId, string Ground, int Version, string Since, string PlacedAt,
    string State)
{
    public static IReadOnlyList<HoldResponse> All(StoreSession session, IEnumerable<HoldRow> holds)
    {
        var findings = new Dictionary<long, FindingRow>();
        return [.. holds.Select(hold => hold.ExposureId is null ? OfFinding(hold, FindingOf(hold.FindingId)) : OfExposure(hold, hold.Ground.Version(session)!.Value))]; // A hold refers to its ground.

        FindingRow FindingOf(long id) => findings.TryGetValue(id, out var known) ? known : findings[id] = FindingStore.Find(session, id)!; // Likewise.
    }

    private static HoldResponse OfFinding(HoldRow hold, FindingRow finding)
    {
        var isUnknown = finding.Finding.Stretch.Side == Side.Unknown;
        return Of(hold, isUnknown ? "unknown-time" : "excursion", finding.Finding.Version) with { ExcursionId = isUnknown ? null : hold.FindingId, FindingId = hold.FindingId };
    }

    private static HoldResponse OfExposure(HoldRow hold, int version) => Of(hold, "exposure", version) with { ExposureId = hold.ExposureId };

    private static HoldResponse Of(HoldRow hold, string ground, int version) => new(
        hold.Id,
        hold.Kind,
        hold.Unit.Value,
        hold.Kind == HoldWords.BloodUnit ? hold.Donation : null,
        hold.Kind == HoldWords.BloodUnit ? hold.Product : null,
        ExcursionId: null,
        FindingId: null,
        ExposureId: null,
        ground,
        version,
        hold.Since.ToString(),
        hold.PlacedAt.ToString(),
        hold.State);
}

/// <summary>The holds.</summary>
internal static class HoldEndpoints
{
    private const int UsualMax = 500;
    private const int MostMax = 5000;

    public static void MapHolds(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/holds", All).WithSummary("Holds, the newest first").Needs(Permission.See);

    private static Ok<HoldResponse[]> All(string? unit, string? donation, string? before, string? max, Caller caller, Sources sources, HttpContext context)
    {
        var (unitId, most) = (Parameters.OptionalUnit(unit), Parameters.Max(max, UsualMax, MostMax));
        var number = donation is null ? null : BloodUnit.ParseDonation(donation);
        var below = Parameters.Number("before", before, long.MaxValue, 1, long.MaxValue);
        var holds = sources.Store.Read(session => HoldResponse.All(session, HoldStore.Search(session, unitId, number, below, most)));
        Filters.RequireKnown(caller, sources, unitId, holds.Count);
        if (holds.Count == most)
        {
            NextPage.Announce(context, "before", holds[^1].Id);
        }

        return TypedResults.Ok(holds.Where(hold => caller.Sees(sources.Fleet, new StorageUnitId(hold.Unit))).ToArray()); // After the page was cut.
    }
}
