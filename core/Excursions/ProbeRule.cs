using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// The figures by which the engine judges one probe. Limits are inclusive: a sample exactly at a limit is in range.
/// </summary>
public sealed record ProbeRule
{
    /// <summary>The coldest temperature in range; null when there is no lower limit.</summary>
    public Celsius? Low { get; init; }

    /// <summary>The warmest temperature in range; null when there is no upper limit.</summary>
    public Celsius? High { get; init; }

    /// <summary>At or below this a state of warning is shown; null for none.</summary>
    public Celsius? WarnLow { get; init; }

    /// <summary>At or above this a state of warning is shown; null for none.</summary>
    public Celsius? WarnHigh { get; init; }

    /// <summary>How long a probe must have been out before it alarms; zero for at once. The delay never shortens what is recorded.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>
    /// How long an excursion may last, inclusive, that is recorded and alarmed but is no ground to hold: where the pack says that the product may be
    /// used after it. Zero when every excursion is a ground.
    /// </summary>
    public TimeSpan Tolerance { get; init; }

    /// <summary>The coldest temperature, inclusive, of an excursion that is tolerated; null for any.</summary>
    public Celsius? ToleratedLow { get; init; }

    /// <summary>The warmest temperature, inclusive, of an excursion that is tolerated; null for any.</summary>
    public Celsius? ToleratedHigh { get; init; }

    /// <summary>Two samples at most this far apart are joined by a straight line; further apart, the time between them is unknown.</summary>
    public TimeSpan MaxGap { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Unknown time longer than this is a finding of its own and holds what was inside.</summary>
    public TimeSpan UnknownLimit { get; init; } = TimeSpan.FromHours(4);

    /// <summary>Which rule pack, version and product the figures come from; quoted by every finding.</summary>
    public RuleCitation Citation { get; init; } = RuleCitation.None;

    /// <summary>On which side a temperature is out of range; null when it is in range, as it is exactly at a limit.</summary>
    public Side? SideOf(Celsius value) => value > High ? Side.High : value < Low ? Side.Low : null;

    /// <summary>How far a temperature is above the upper limit, in thousandths of a degree: positive is out of range; far inside when there is none.</summary>
    internal int Above(int milli) => High is { } high ? milli - high.Milli : int.MinValue / 4;

    /// <summary>The same below the lower limit.</summary>
    internal int Below(int milli) => Low is { } low ? low.Milli - milli : int.MinValue / 4;
}

/// <summary>Where the figures of a judgement came from.</summary>
/// <param name="Pack">The rule pack's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 of the pack's bytes, hexadecimal.</param>
/// <param name="Product">The product whose row was used.</param>
public sealed record RuleCitation(string Pack, string Version, string Hash, string Product)
{
    /// <summary>Figures given by hand.</summary>
    public static readonly RuleCitation None = new("", "", "", "");
}

/// <summary>
/// A period during which a probe stood in a storage unit under one rule: <paramref name="From"/> inclusive, <paramref name="To"/> exclusive.
/// </summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant after the last; <see cref="Instant.End"/> when it goes on.</param>
/// <param name="Rule">The figures.</param>
/// <param name="CalibrationMilli">Added to every measured value, in thousandths of a degree.</param>
public sealed record RuleSpan(Instant From, Instant To, ProbeRule Rule, int CalibrationMilli = 0)
{
    /// <summary>True when the instant lies in the period.</summary>
    public bool Contains(Instant at) => From <= at && at < To;

    /// <summary>A measured value, calibrated. No correction reaches out of the range of temperatures.</summary>
    internal int Calibrated(int milli) => Math.Clamp(milli + CalibrationMilli, Celsius.Lowest.Milli, Celsius.Highest.Milli);
}
