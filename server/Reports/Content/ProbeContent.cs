using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Content;

/// <summary>A probe as it was mounted during the time that a report looks at, with its figures. A probe that was calibrated anew meanwhile is two.</summary>
public sealed record ProbeContent
{
    public required string Probe { get; init; }

    public required ProbeRole Role { get; init; }

    /// <summary>From when to when it stood there, within what the report looks at.</summary>
    public required SpanContent Mounted { get; init; }

    /// <summary>Added to what it measures, in thousandths of a degree. All temperatures of the report are calibrated.</summary>
    public required int CalibrationOffsetMilli { get; init; }

    /// <summary>The number of its calibration certificate; null when it is not recorded.</summary>
    public string? Certificate { get; init; }

    public DateOnly? CalibratedOn { get; init; }

    public DateOnly? CalibrationDueOn { get; init; }

    /// <summary>The expanded uncertainty (k = 2) in thousandths of a degree; null when it is not recorded.</summary>
    public int? UncertaintyMilli { get; init; }

    public required FiguresContent Figures { get; init; }

    /// <summary>The line to draw: calibrated, the lowest and the highest of each step where there are many samples; broken where a point has no temperature.</summary>
    public required IReadOnlyList<PointContent> Line { get; init; }

    /// <summary>When nobody can tell its temperature, ascending; of very many, the longest.</summary>
    public required IReadOnlyList<SpanContent> Unknown { get; init; }

    /// <summary>The unknown times that are not told one by one because there are too many; null when all are. The figures count them.</summary>
    public LeftOutContent? UnknownLeftOut { get; init; }
}

/// <summary>What is counted and not told one by one.</summary>
/// <param name="Count">How many.</param>
/// <param name="Total">How long they are together.</param>
public sealed record LeftOutContent(int Count, TimeSpan Total);

/// <summary>A point of a line; without a temperature, a break.</summary>
public sealed record PointContent(Instant At, Celsius? Celsius);

/// <summary>
/// The figures of one probe over the time in which it was mounted. Faults, spikes, conflicts and times of an alarm test are counted and never enter
/// minimum, maximum or means. The four times add up to the mounted time.
/// </summary>
public sealed record FiguresContent
{
    /// <summary>How many samples there would be at the recommended interval of the rule pack.</summary>
    public required int Expected { get; init; }

    /// <summary>How many samples there are, one for each instant, of whatever quality.</summary>
    public required int Received { get; init; }

    /// <summary>How many of them have a temperature that counts.</summary>
    public required int Good { get; init; }

    public Celsius? Minimum { get; init; }

    /// <summary>The first instant of the minimum.</summary>
    public Instant? MinimumAt { get; init; }

    public Celsius? Maximum { get; init; }

    /// <summary>The first instant of the maximum.</summary>
    public Instant? MaximumAt { get; init; }

    /// <summary>The arithmetic mean of the good samples in degrees, rounded to six decimals.</summary>
    public double? Mean { get; init; }

    /// <summary>Their standard deviation (n − 1) in degrees, rounded to six decimals; null for fewer than two.</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>The mean kinetic temperature in degrees, rounded to six decimals. For information only: no blood regulation accepts it.</summary>
    public double? MeanKinetic { get; init; }

    /// <summary>Known, and colder than the lower limit.</summary>
    public required TimeSpan Low { get; init; }

    /// <summary>Known, and within the limits, both included.</summary>
    public required TimeSpan InRange { get; init; }

    /// <summary>Known, and warmer than the upper limit.</summary>
    public required TimeSpan High { get; init; }

    /// <summary>Nobody can tell.</summary>
    public required TimeSpan Unknown { get; init; }

    /// <summary>The longest single time in which nobody can tell.</summary>
    public required TimeSpan LongestGap { get; init; }

    /// <summary>The share of the mounted time that is known, in percent, rounded to four decimals.</summary>
    public required double CoveragePercent { get; init; }
}

/// <summary>A time in which samples were received and did not count, and why.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Reason">
/// The word of a condition (<c>probe-spike</c>, <c>probe-stuck</c>), <c>alarm-test</c>, <c>in-doubt</c> for what came last in a draft and may be a spike, <c>fault</c> for samples without a temperature, or
/// <c>conflict</c> for contents that contradict each other.
/// </param>
/// <param name="From">The first sample.</param>
/// <param name="To">The last sample, included.</param>
/// <param name="Samples">How many.</param>
/// <param name="Detail">What the device said of it; empty for nothing.</param>
public sealed record ExcludedContent(string Probe, string Reason, Instant From, Instant To, int Samples, string Detail)
{
    /// <summary>
    /// How many times are put together here; 1 for a single one. The longest of a probe are told one by one; of all others of the same reason
    /// <see cref="From"/> is the first sample, <see cref="To"/> the last, and there is no detail.
    /// </summary>
    public int Runs { get; init; } = 1;

    /// <summary>How long several are together, each from its first sample to its last; null for a single one.</summary>
    public TimeSpan? Total { get; init; }
}

/// <summary>A condition that explains: an open door, lost mains, agitation, a probe that failed.</summary>
/// <param name="Kind">The word of the condition.</param>
/// <param name="Probe">The probe or signal that showed it.</param>
/// <param name="From">Its first instant.</param>
/// <param name="To">The instant after its last; null when it went on at the end of what the report looks at, or its end was not seen.</param>
/// <param name="FoundLate">True when data that came late brought it to light.</param>
public sealed record ConditionContent(string Kind, string Probe, Instant From, Instant? To, bool FoundLate)
{
    /// <summary>From when on it surely was no more, where its end was not seen; null for one whose end was seen, and for one that went on.</summary>
    public Instant? OverBy { get; init; }
}
