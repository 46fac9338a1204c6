using System.Globalization;
using System.Text;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Series;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Dashboard;

/// <summary>
/// The last 24 hours of a storage unit as a small picture with its limits. It is read lazily and kept by the browser for a while, so
/// that a page of hundreds of units costs only those that are looked at.
/// </summary>
internal sealed class DayLine(SeriesReader reader, FleetView fleet, TimeProvider clock)
{
    /// <summary>How long a picture may be kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    private const int Width = 232;
    private const int Height = 36;
    private const int PointsMax = 4 * Width;

    // The range that a picture shows at least, so that noise does not look like an event.
    private const int SpanMinMilli = 6_000;

    private static readonly TimeSpan Length = TimeSpan.FromHours(24);

    public IResult Get(HttpContext context, string id)
    {
        if (!StorageUnitId.TryParse(id, out var unitId) || fleet.Current.FindUnit(unitId) is not { } unit)
        {
            return Results.NotFound();
        }

        if (!Caller.Of(context).SeesSite(fleet.Current, unit.Site))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var now = Instant.Now(clock);
        context.Response.Headers.CacheControl = $"private, max-age={KeptFor.TotalSeconds:0}";
        return Results.Text(Draw(reader.Read(unit, now - Length, now, now)), "image/svg+xml");
    }

    /// <summary>Draws the deciding probes, and grey what is not known or not judged of them. Colours are attributes: a style sheet inside a picture is refused by the pages' policy.</summary>
    public static string Draw(UnitSeries series)
    {
        var lines = series.Probes.Where(probe => probe.Role == ProbeRole.Load).Select(probe => LineReduction.Reduce(probe.Line, PointsMax)).ToList();
        var limits = series.Limits is [.., var last] ? last : null;
        var scale = Scale.Of(series, lines, limits);
        var svg = new StringBuilder($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" preserveAspectRatio="none">""");
        var loads = series.Probes.Where(probe => probe.Role == ProbeRole.Load).Select(probe => probe.Probe).ToList();
        foreach (var (from, to) in series.Unknown.Concat(series.Unjudged.Where(time => loads.Contains(time.Probe)).Select(time => (time.From, time.To))))
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<rect x="{scale.X(from):0.#}" y="0" width="{Math.Max(1, scale.X(to) - scale.X(from)):0.#}" height="{Height}" fill="#8a94a3" fill-opacity=".35"/>""");
        }

        foreach (var limit in new[] { limits?.Low, limits?.High }.OfType<Celsius>())
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="M0 {scale.Y(limit.Milli):0.#}h{Width}" stroke="#d9622b" stroke-width="1" stroke-dasharray="3 3" stroke-opacity=".8"/>""");
        }

        foreach (var line in lines)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<path d="{PathOf(line, scale)}" fill="none" stroke="#3b7dd8" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round"/>""");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string PathOf(IReadOnlyList<LinePoint> line, Scale scale)
    {
        var path = new StringBuilder();
        var broken = true;
        foreach (var (at, milli) in line)
        {
            if (milli is { } value)
            {
                path.Append(CultureInfo.InvariantCulture, $"{(broken ? 'M' : 'L')}{scale.X(at):0.#} {scale.Y(value):0.#}");
            }

            broken = milli is null;
        }

        return path.ToString();
    }

    private sealed record Scale(Instant From, double Milliseconds, int Bottom, int Top)
    {
        public static Scale Of(UnitSeries series, IEnumerable<IReadOnlyList<LinePoint>> lines, LimitsInForce? limits)
        {
            var shown = lines.SelectMany(line => line).Select(point => point.Milli)
                .Append(limits?.Low?.Milli).Append(limits?.High?.Milli).OfType<int>().DefaultIfEmpty(0).ToList();
            var (bottom, top) = (shown.Min(), shown.Max());
            var missing = Math.Max(0, SpanMinMilli - (top - bottom)) / 2;
            return new Scale(series.From, (series.To - series.From).TotalMilliseconds, bottom - missing, top + missing);
        }

        public double X(Instant at) => (at - From).TotalMilliseconds / Milliseconds * Width;

        public double Y(int milli) => 2 + (Height - 4) * (Top - (double)milli) / Math.Max(1, Top - Bottom);
    }
}
