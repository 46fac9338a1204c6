using ColdChain.Core.Readings;

namespace ColdChain.Core.Exposure;

/// <summary>
/// A time, half-open, in which a probe stayed within one level of temperature, or in which nobody can tell. One sample alone is an interval
/// without length. Where the line between two samples leaves one level for the next, both are taken to last a little longer, so that no
/// time in either is ever shortened: intervals of neighbouring levels may overlap by the time of one thousandth of a degree and a millisecond.
/// </summary>
/// <param name="From">The lower bound of the level in thousandths of a degree, included; <see cref="int.MinValue"/> for none.</param>
/// <param name="To">The upper bound, included; <see cref="int.MaxValue"/> for none.</param>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last; of one sample alone, its instant.</param>
/// <param name="Lowest">The coldest temperature in it, in thousandths of a degree; 0 when unknown.</param>
/// <param name="Highest">The warmest one; 0 when unknown.</param>
/// <param name="IsUnknown">True when nobody can tell the temperature: the bounds mean nothing then.</param>
/// <param name="SettledAt">The instant of the sample after which it changes no more; null while it may.</param>
public readonly record struct LevelInterval(
    int From, int To, Instant Start, Instant End, int Lowest, int Highest, bool IsUnknown, Instant? SettledAt)
{
    /// <summary>A time of unknown temperature.</summary>
    public static LevelInterval Unknown(Instant start, Instant end, Instant? settledAt) => new(0, 0, start, end, 0, 0, true, settledAt);
}

/// <summary>An interval and the load probe that measured it.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Interval">The interval.</param>
public readonly record struct ProbeLevel(ProbeId Probe, LevelInterval Interval);
