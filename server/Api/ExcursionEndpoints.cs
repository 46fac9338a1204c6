using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>An excursion with its past.</summary>
/// <param name="Excursion">As it is known now.</param>
/// <param name="Versions">As it was known, the first one first.</param>
/// <param name="Holds">The holds whose ground it is.</param>
/// <param name="Left">The blood units that it touches and that had left before that was known: they must be looked for.</param>
internal sealed record ExcursionHistoryResponse(
    ExcursionResponse Excursion, IReadOnlyList<ExcursionResponse> Versions, IReadOnlyList<HoldResponse> Holds, IReadOnlyList<LeftResponse> Left);

/// <summary>A blood unit that had left before it was known what it had been exposed to.</summary>
/// <param name="DonationNumber">The 13 characters of the donation identification number.</param>
/// <param name="Product">The product.</param>
/// <param name="LeftAt">When it left the storage unit.</param>
/// <param name="WentTo">The storage unit that it was entered into next; null when that is not known.</param>
/// <param name="Version">The version of the excursion that named it.</param>
/// <param name="ToldAt">When that was.</param>
internal sealed record LeftResponse(string DonationNumber, string Product, string LeftAt, string? WentTo, int Version, string ToldAt)
{
    public static LeftResponse Of(LookbackRow row) =>
        new(row.Donation, row.Product, row.Left.LeftAt.ToString(), row.Left.WentTo?.Value, row.Version, row.ToldAt.ToString());
}

/// <summary>Excursions, and unknown time that lasted too long.</summary>
internal static class ExcursionEndpoints
{
    private const int UsualMax = 500;
    private const int MostMax = 5000;

    public static void MapExcursions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/excursions", Excursions).WithSummary("Excursions that stand, the newest discovery first; open=true for those whose end was not seen").Needs(Permission.See);
        routes.MapGet("/excursions/{id}", One)
            .WithSummary("One excursion with all its versions and holds, whether it stands or not")
            .Needs(Permission.See)
            .ProducesProblem(StatusCodes.Status404NotFound);
        routes.MapGet("/unknown-times", UnknownTimes).WithSummary("Times beyond their limit in which nobody can tell the temperature, the newest discovery first").Needs(Permission.See);
    }

    private static Ok<ExcursionResponse[]> Excursions(string? unit, string? open, string? before, string? max, Caller caller, Sources sources, HttpContext context) =>
        TypedResults.Ok(Search(unit, unknown: false, open, before, max, caller, sources, context).Select(ExcursionResponse.Of).ToArray());

    private static Ok<UnknownTimeResponse[]> UnknownTimes(string? unit, string? open, string? before, string? max, Caller caller, Sources sources, HttpContext context) =>
        TypedResults.Ok(Search(unit, unknown: true, open, before, max, caller, sources, context).Select(UnknownTimeResponse.Of).ToArray());

    private static IEnumerable<FindingRow> Search(
        string? unit, bool unknown, string? open, string? before, string? max, Caller caller, Sources sources, HttpContext context)
    {
        var (unitId, isOpen, most) = (Parameters.OptionalUnit(unit), Parameters.Flag("open", open), Parameters.Max(max, UsualMax, MostMax));
        var below = Parameters.Number("before", before, long.MaxValue, 1, long.MaxValue);
        var found = sources.Store.Read(session => FindingStore.Search(session, unitId, unknown, isOpen, below, most));
        Filters.RequireKnown(caller, sources, unitId, found.Count);
        if (found.Count == most)
        {
            NextPage.Announce(context, "before", found[^1].Finding.Id);
        }

        return found.Where(row => caller.Sees(sources.Fleet, row.Unit)); // After the page was cut: where it goes on does not depend on who asks.
    }

    private static Ok<ExcursionHistoryResponse> One(string id, Caller caller, Sources sources) => TypedResults.Ok(sources.Store.Read(session =>
    {
        var row = long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? FindingStore.Find(session, number) : null;
        if (row is not null)
        {
            caller.Require(Permission.See, sources.Fleet, row.Unit);
        }

        return row is null || row.Finding.Stretch.Side == Side.Unknown
            ? throw new RefusalException(RefusalKind.Unknown, "id", $"there is no excursion '{id}'", "take an id from GET /api/v1/excursions; unknown times are at GET /api/v1/unknown-times")
            : new ExcursionHistoryResponse(
                ExcursionResponse.Of(row),
                [.. FindingStore.Versions(session, number).Select(ExcursionResponse.Of)],
                HoldResponse.All(session, HoldStore.OfFinding(session, number)),
                [.. LookbackStore.OfFinding(session, number).Select(LeftResponse.Of)]);
    }));
}
