using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Tests.Shared;

/// <summary>
/// A trace of the same shape as the recording, for where that is absent: a logger that measures every minute, writes every fifth in tenths
/// of a degree, marks what it finds outside +2 to +8 °C and totals its minutes per day; 38 days, hot, cold and hot-then-cold events, one gap.
/// </summary>
public static class GeneratedLog
{
    private const int Days = 38;
    private static readonly Instant Begin = new(1_651_449_600_000);

    public static FridgeTag Create(int seed)
    {
        var random = new Random(seed);
        var samples = new List<LoggedSample>();
        var minutes = new Dictionary<(int Day, Side Side), int>();
        for (var minute = 0; minute < Days * 24 * 60; minute++)
        {
            var inGap = minute is > 290 and < 640;
            var tenths = Tenths(minute, random);
            if (inGap)
            {
                continue;
            }

            Count(minutes, minute, tenths);
            if (minute % 5 == 0)
            {
                samples.Add(new LoggedSample(Begin + TimeSpan.FromMinutes(minute), Celsius.FromMilli(tenths * 100), tenths is > 80 or < 20));
            }
        }

        return new FridgeTag(samples, [.. Totals(minutes)]);
    }

    /// <summary>A compressor's saw-tooth about 4.5 °C, and every third day an event: hot, cold, or hot and then cold.</summary>
    private static int Tenths(int minute, Random random)
    {
        var (day, ofDay) = (minute / 1440, minute % 1440);
        var sawTooth = 45 + Math.Abs((minute % 60) - 30) / 3;
        var hot = day % 3 == 1 ? Ramp(ofDay, 600, 900, 200) : 0;
        var cold = day % 6 == 4 ? Ramp(ofDay, 960, 1200, -110) : 0;
        return sawTooth + hot + cold + (day % 3 == 2 ? random.Next(-1, 2) : 0);
    }

    private static int Ramp(int minute, int from, int to, int height)
    {
        var (rise, fall) = (Math.Clamp(minute - from, 0, 60), Math.Clamp(to - minute, 0, 60));
        return height * Math.Min(rise, fall) / 60;
    }

    private static void Count(Dictionary<(int Day, Side Side), int> minutes, int minute, int tenths)
    {
        if (tenths is >= 20 and <= 80)
        {
            return;
        }

        var key = (minute / 1440, tenths > 80 ? Side.High : Side.Low);
        minutes[key] = minutes.GetValueOrDefault(key) + 1;
    }

    private static IEnumerable<LoggedDay> Totals(Dictionary<(int Day, Side Side), int> minutes) =>
        from day in Enumerable.Range(0, Days)
        from side in new[] { Side.High, Side.Low }
        select new LoggedDay(DateOnly.FromDateTime(Begin.ToDateTimeOffset().UtcDateTime).AddDays(day), side, minutes.GetValueOrDefault((day, side)), null);
}
