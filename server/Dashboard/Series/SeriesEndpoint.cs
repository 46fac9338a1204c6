using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>The temperatures behind a chart, of at most <see cref="LengthMax"/> at a time.</summary>
internal sealed class SeriesEndpoint(SeriesReader reader, FleetView fleet, TimeProvider clock)
{
    public static readonly TimeSpan LengthMax = TimeSpan.FromDays(31);

    private static readonly TimeSpan LengthDefault = TimeSpan.FromHours(24);

    /// <summary>Reads [from, to): without <paramref name="to"/> up to now, without <paramref name="from"/> the 24 hours before it.</summary>
    public async Task<IResult> GetAsync(Caller caller, string id, string? from, string? to, CancellationToken cancellation)
    {
        if (!StorageUnitId.TryParse(id, out var unitId) || fleet.Current.FindUnit(unitId) is not { } unit)
        {
            return Results.Problem($"No storage unit has the id '{id}'. The page of all units names them.", statusCode: StatusCodes.Status404NotFound);
        }

        if (!caller.Sees(fleet.Current, unitId))
        {
            return Results.Problem($"{caller.Actor.Name} may not see storage unit '{id}'. Ask an administrator for a role at its site.", statusCode: StatusCodes.Status403Forbidden);
        }

        var now = Instant.Now(clock);
        if (!TryInstant(to, now, out var end) || !TryInstant(from, end - LengthDefault, out var start))
        {
            return Refusal("'from' and 'to' are date and time with zone, such as 2026-11-22T08:00:00Z.");
        }

        if (start >= end || end - start > LengthMax)
        {
            return Refusal($"'from' lies before 'to', by at most {LengthMax.TotalDays:0} days. Ask for a shorter time.");
        }

        var zone = fleet.Current.FindSite(unit.Site)?.Zone ?? TimeZoneInfo.Utc;
        return Results.Json(SeriesJson.Of(await reader.ReadAsync(unit, start, end, now, cancellation), now, zone), SeriesJsonContext.Default.SeriesJson);
    }

    private static bool TryInstant(string? text, Instant otherwise, out Instant instant)
    {
        instant = otherwise;
        return string.IsNullOrEmpty(text) || Instant.TryParseStated(text, out instant);
    }

    private static IResult Refusal(string reason) => Results.Problem(reason, statusCode: StatusCodes.Status400BadRequest);
}
