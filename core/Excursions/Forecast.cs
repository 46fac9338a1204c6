using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>What is to be expected of a storage unit if it goes on as it did. An estimate for people: nothing is judged by it.</summary>
/// <param name="Probe">The load probe that tells it: the one that reaches a figure first; when none does, the one that changes fastest.</param>
/// <param name="Trend">How that probe changes.</param>
/// <param name="Limit">The limit or red line that it reaches next; null when it moves to none, or is too far from it.</param>
/// <param name="ReachesAt">When it does; null likewise.</param>
public sealed record Forecast(ProbeId Probe, Trend Trend, Celsius? Limit, Instant? ReachesAt)
{
    /// <summary>The forecast by the trends of load probes; null when there is none of them.</summary>
    /// <param name="trends">The trends.</param>
    /// <param name="cold">Lower limit and lower red line, as far as there are such, from inside outwards.</param>
    /// <param name="warm">Upper limit and upper red line, likewise.</param>
    public static Forecast? Of(IEnumerable<(ProbeId Probe, Trend Trend)> trends, IReadOnlyList<Celsius> cold, IReadOnlyList<Celsius> warm) =>
        trends.Select(known => Of(known.Probe, known.Trend, cold, warm))
            .OrderBy(forecast => forecast.ReachesAt ?? Instant.End)
            .ThenByDescending(forecast => Math.Abs(forecast.Trend.PerHour))
            .FirstOrDefault();

    private static Forecast Of(ProbeId probe, Trend trend, IReadOnlyList<Celsius> cold, IReadOnlyList<Celsius> warm)
    {
        // What is on its way back from one side is not expected on the other.
        var isBack = trend.PerHour > 0 ? cold.Any(figure => trend.Celsius < Degrees(figure)) : warm.Any(figure => trend.Celsius > Degrees(figure));
        foreach (var figure in isBack ? [] : trend.PerHour > 0 ? warm : cold)
        {
            if (trend.Reaches(figure) is { } at)
            {
                return new Forecast(probe, trend, figure, at);
            }
        }

        return new Forecast(probe, trend, null, null);
    }

    private static double Degrees(Celsius celsius) => celsius.Milli / 1000.0;
}
