using ColdChain.Core.Readings;
using ColdChain.Hosting.Configuration;

namespace ColdChain.Edge.Sensors.Canary;

/// <summary>
/// <c>kind: canary</c>: a probe of no fridge, which is out of range once in a while, so that somebody notices when an alarm does not come through:
/// <c>everyMinutes</c>, <c>outMinutes</c>, <c>inCelsius</c>, <c>outCelsius</c> and <c>intervalSeconds</c>.
/// </summary>
internal sealed class CanaryKind : ISensorKind
{
    private const double MinutesMax = 24 * 60;

    public SourceFactory? Configure(ConfigSection section, ProbeId probe)
    {
        var course = new CanaryCourse(
            TimeSpan.FromMinutes(section.Number("everyMinutes", fallback: 60, min: 0.1, MinutesMax)),
            TimeSpan.FromMinutes(section.Number("outMinutes", fallback: 20, min: 0.1, MinutesMax)),
            Temperature(section, "inCelsius", fallback: 5),
            Temperature(section, "outCelsius", fallback: 12));
        var interval = TimeSpan.FromSeconds(section.Whole("intervalSeconds", fallback: 60, min: 1, max: 3600));
        if (course.IsPossible)
        {
            return clock => new CanarySource(probe, course, interval, clock);
        }

        section.Error(
            "outMinutes",
            $"in that time it cannot get from 'inCelsius' to 'outCelsius' and back, at {CanaryCourse.MilliPerMinute / 1000} °C a minute, or it is not back before it goes again",
            "write a longer time that is shorter than 'everyMinutes', or temperatures that are nearer to each other");
        return null;
    }

    private static Celsius Temperature(ConfigSection section, string key, double fallback) =>
        Celsius.FromMilli((int)Math.Round(section.Number(key, fallback, min: -100, max: 100) * 1000));
}
