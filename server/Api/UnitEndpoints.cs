using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ColdChain.Server.Api;

/// <summary>The storage units.</summary>
internal static class UnitEndpoints
{
    // More than ever stand open at once in one storage unit.
    private const int OpenMax = 1000;
    private static readonly TimeSpan ConditionsOf = TimeSpan.FromHours(24);

    public static void MapUnits(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/units", All).WithSummary("Every storage unit, the worst first").Needs(Permission.See);
        routes.MapGet("/units/{id}", One)
            .WithSummary("One storage unit with its rule, probes, contents, holds and open findings")
            .Needs(Permission.See)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Ok<UnitResponse[]> All(Caller caller, Sources sources)
    {
        var now = sources.Now;
        var units = sources.Store.Read(session => UnitOverviews.Read(session, sources.Fleet, now));
        return TypedResults.Ok(units.Where(unit => caller.Sees(sources.Fleet, unit.Unit.Id)).Select(UnitResponse.Of).ToArray());
    }

    private static Ok<UnitDetailResponse> One(string id, Caller caller, Sources sources)
    {
        var unit = ContentsEntry.Required(sources.Fleet, Parameters.Unit(id));
        caller.Require(Permission.See, sources.Fleet, unit.Id);
        return TypedResults.Ok(sources.Store.Read(session => Detail(session, sources, unit)));
    }

    private static UnitDetailResponse Detail(StoreSession session, Sources sources, StorageUnit unit)
    {
        var now = sources.Now;
        var overview = UnitOverviews.Read(session, sources.Fleet, unit.Id, now)!; // The fleet knows it.
        return new UnitDetailResponse(
            UnitResponse.Of(overview),
            sources.Forecasts.Of(session, overview, now) is { } forecast ? ForecastResponse.Of(forecast) : null,
            overview.Period is { } period ? RuleResponse.Of(sources.Packs, period) : null,
            [.. (overview.Period?.Probes ?? []).Select(probe => ProbeResponse.Of(session, probe))],
            [.. ContentsStore.At(session, unit.Id, now).Select(stay => StayResponse.Of(stay, sources))],
            HoldResponse.All(session, HoldStore.OfUnit(session, unit.Id).Where(hold => hold.Stands)),
            [.. FindingStore.Search(session, unit.Id, unknown: false, open: true, long.MaxValue, OpenMax).Select(ExcursionResponse.Of)],
            [.. FindingStore.Search(session, unit.Id, unknown: true, open: true, long.MaxValue, OpenMax).Select(UnknownTimeResponse.Of)],
            [.. (overview.Period?.Signals ?? []).Select(SignalResponse.Of)],
            [.. ConditionStore.Touching(session, unit.Id, now - ConditionsOf, Instant.End, OpenMax).Select(ConditionResponse.Of)],
            [.. WindowStore.NotOver(session, unit.Id, now).Select(window => WindowResponse.Of(window, now))]);
    }
}
