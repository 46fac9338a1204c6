using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors.Canary;

/// <summary>
/// The temperature of a canary: a function of time and nothing else. It changes slowly enough for none of its readings to be taken for a fault of the probe.
/// </summary>
/// <param name="Every">From one time out to the next, counted from 1970.</param>
/// <param name="Out">From leaving <paramref name="In"/> until it is back, at the beginning of each <paramref name="Every"/>.</param>
/// <param name="In">Where it is otherwise.</param>
/// <param name="Far">Where it goes.</param>
internal sealed record CanaryCourse(TimeSpan Every, TimeSpan Out, Celsius In, Celsius Far)
{
    /// <summary>How fast it changes, in thousandths of a degree.</summary>
    public const int MilliPerMinute = 2000;

    /// <summary>Whether it gets there and back in time.</summary>
    public bool IsPossible => Out < Every && 2 * Math.Abs(Way) <= Out.TotalMinutes * MilliPerMinute;

    private int Way => Far.Milli - In.Milli;

    /// <summary>The temperature at an instant.</summary>
    public Celsius At(Instant at)
    {
        var since = TimeSpan.FromMilliseconds(at.Milliseconds % (long)Every.TotalMilliseconds);
        var untilBack = Out - since;
        var nearest = Math.Max(0, Math.Min(since.TotalMinutes, untilBack.TotalMinutes)) * MilliPerMinute;
        return Celsius.FromMilli(In.Milli + (Math.Sign(Way) * (int)Math.Min(Math.Abs(Way), nearest)));
    }
}
