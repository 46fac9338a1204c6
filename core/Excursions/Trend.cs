using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// How fast a load probe changes, and when it would reach a temperature if that went on. An estimate for people: nothing is judged by it.
/// </summary>
/// <param name="At">The last sample.</param>
/// <param name="Celsius">The temperature of the fitted line there, in degrees Celsius.</param>
/// <param name="PerHour">The slope of the line of least squares, in degrees Celsius per hour.</param>
/// <param name="Middle">The temperature in the middle of the fitted time, where the slope is that of the line.</param>
public sealed record Trend(Instant At, double Celsius, double PerHour, double Middle)
{
    /// <summary>The line is fitted to the samples of this time before the last one.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>They must cover at least this, and be at least <see cref="SamplesMin"/>.</summary>
    public static readonly TimeSpan CoversMin = TimeSpan.FromMinutes(10);

    /// <summary>Fewer samples tell of noise.</summary>
    public const int SamplesMin = 5;

    /// <summary>A slower change, in degrees Celsius per hour, is none: no time is predicted from it.</summary>
    public const double PerHourMin = 0.2;

    /// <summary>Nothing is predicted further ahead than this.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromHours(24);

    /// <summary>
    /// What a storage unit without cooling warms up to, in degrees Celsius: an engineering default for a room. The prediction hardly depends on it,
    /// since the slope measured now is kept whatever it is.
    /// </summary>
    public const double Room = 22;

    // Nearer to the room than this, an approach to it would never arrive: the line is followed.
    private const double RoomMargin = 2;

    /// <summary>True when it changes too slowly for anything to be predicted.</summary>
    public bool IsSteady => Math.Abs(PerHour) < PerHourMin;

    /// <summary>The trend of a probe's last samples, or null when they are too few, too old, too near to each other, or in doubt.</summary>
    /// <param name="samples">Samples of one probe, ascending, one per instant, as measured.</param>
    /// <param name="calibrationMilli">Added to every one, in thousandths of a degree.</param>
    /// <param name="maxGap">The largest gap of the rule in force: no line is drawn over a longer one, nor on for longer than that.</param>
    /// <param name="now">The present.</param>
    public static Trend? Of(IReadOnlyList<Sample> samples, int calibrationMilli, TimeSpan maxGap, Instant now)
    {
        if (PlausibleSamples.InDoubtFrom(samples, ProbeRole.Load, maxGap, now) is not null)
        {
            return null;
        }

        var fitted = new List<Sample>();
        foreach (var sample in PlausibleSamples.Of(samples, ProbeRole.Load, maxGap))
        {
            if (sample.Kind == SampleKind.Conflict || (fitted.Count > 0 && sample.At - fitted[^1].At > maxGap))
            {
                fitted.Clear();
            }

            if (sample.Kind == SampleKind.Good)
            {
                fitted.Add(sample);
            }
        }

        if (fitted.Count == 0 || now - fitted[^1].At > maxGap)
        {
            return null;
        }

        var from = fitted[^1].At - Window;
        fitted.RemoveAll(sample => sample.At < from);
        return fitted.Count >= SamplesMin && fitted[^1].At - fitted[0].At >= CoversMin ? Fitted(fitted, calibrationMilli) : null;
    }

    /// <summary>When a temperature would be reached, later than the last sample; null when the probe does not move towards it, or too slowly.</summary>
    public Instant? Reaches(Celsius temperature)
    {
        var target = temperature.Milli / 1000.0;
        if (IsSteady || Math.Sign(target - Celsius) != Math.Sign(PerHour))
        {
            return null;
        }

        var isTowardsRoom = PerHour > 0 && target <= Room - RoomMargin;
        var hours = isTowardsRoom
            ? Math.Log((Room - Celsius) / (Room - target)) * (Room - Middle) / PerHour
            : (target - Celsius) / PerHour;
        return hours <= AheadMax.TotalHours ? At + TimeSpan.FromHours(hours) : null;
    }

    private static Trend Fitted(List<Sample> samples, int calibrationMilli)
    {
        var last = samples[^1].At;
        double Hours(Sample sample) => (sample.At - last).TotalHours;
        double Degrees(Sample sample) => (sample.Lowest + calibrationMilli) / 1000.0;
        var (middle, mean) = (samples.Average(Hours), samples.Average(Degrees));
        var slope = samples.Sum(sample => (Hours(sample) - middle) * (Degrees(sample) - mean)) / samples.Sum(sample => Math.Pow(Hours(sample) - middle, 2));
        return new Trend(last, mean - slope * middle, slope, mean);
    }
}
