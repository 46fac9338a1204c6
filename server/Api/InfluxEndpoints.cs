using ColdChain.Core.People;
using ColdChain.Server.Fleet;
using ColdChain.Server.Projections;

namespace ColdChain.Server.Api;

/// <summary>What an operator may ask of the projection while the server runs; only where InfluxDB is configured.</summary>
internal static class InfluxEndpoints
{
    public const int DaysMax = 366;
    public const int UsualDays = 7;

    public static void MapInflux(this IEndpointRouteBuilder routes, InfluxProjection influx, InfluxComparison comparison)
    {
        routes.MapPost("/projections/influx/rebuild", (CancellationToken cancellation) => RebuildAsync(influx, cancellation))
            .WithSummary("Has every reading written to InfluxDB again")
            .Needs(Permission.Operate)
            .Produces(StatusCodes.Status202Accepted);
        routes.MapPost("/projections/influx/compare", (string? days, CancellationToken cancellation) => CompareAsync(comparison, days, cancellation))
            .WithSummary("Counts temperatures per device and day in the record store and in InfluxDB, and gives the differences")
            .Needs(Permission.Operate)
            .Produces<DifferenceResponse[]>()
            .ProducesProblem(StatusCodes.Status502BadGateway);
    }

    private static async Task<IResult> RebuildAsync(InfluxProjection influx, CancellationToken cancellation)
    {
        await influx.RebuildAsync(cancellation);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> CompareAsync(InfluxComparison comparison, string? days, CancellationToken cancellation)
    {
        var span = (int)Parameters.Number("days", days, UsualDays, 1, DaysMax);
        try
        {
            var differences = await comparison.CompareAsync(span, rests: 0, cancellation);
            return TypedResults.Ok(differences.Select(DifferenceResponse.Of).ToArray());
        }
        catch (InfluxException error)
        {
            return TypedResults.Problem(error.Message, statusCode: StatusCodes.Status502BadGateway);
        }
    }
}

/// <summary>A device and day on which the two do not hold the same number of temperatures.</summary>
/// <param name="Device">The device.</param>
/// <param name="Day">The start of the UTC day.</param>
/// <param name="Stored">How many the record store holds, of what has been projected.</param>
/// <param name="Projected">How many InfluxDB holds.</param>
internal sealed record DifferenceResponse(string Device, string Day, long Stored, long Projected)
{
    public static DifferenceResponse Of(CountDifference difference) =>
        new(difference.Of.Device.Value, difference.Of.Day.ToString(), difference.Stored, difference.Projected);
}
