using ColdChain.Core.Kinetics;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>
/// Running figures over the samples of one probe in ascending order of time. Faults and conflicts are counted and never enter minimum,
/// maximum or mean kinetic temperature. Not thread-safe.
/// </summary>
public sealed class ProbeStatistics(TimeSpan maxGap)
{
    private readonly MeanKineticTemperature _weighted = new();
    private readonly MeanKineticTemperature _plain = new();
    private Sample? _last;
    private Instant? _firstHeard;
    private Instant _lastHeard;

    /// <summary>Good samples.</summary>
    public int Samples { get; private set; }

    /// <summary>Samples without a temperature.</summary>
    public int Faults { get; private set; }

    /// <summary>The coldest good sample; null when there is none.</summary>
    public Celsius? Minimum { get; private set; }

    /// <summary>The warmest good sample; null when there is none.</summary>
    public Celsius? Maximum { get; private set; }

    /// <summary>When the probe was first heard of, faults included; null when never.</summary>
    public Instant? FirstHeard => _firstHeard;

    /// <summary>When the probe was last heard of, faults included.</summary>
    public Instant LastHeard => _lastHeard;

    /// <summary>
    /// The mean kinetic temperature, informational: each good sample weighs half of the known time to either side of it; samples that have no
    /// known time around them weigh alike. Null when there is no good sample.
    /// </summary>
    public double? MeanKinetic => _weighted.Value ?? _plain.Value;

    /// <summary>Takes the next sample.</summary>
    public void Take(in Sample sample)
    {
        _firstHeard ??= sample.At;
        _lastHeard = sample.At;
        if (sample.Kind != SampleKind.Good)
        {
            Faults += sample.Kind == SampleKind.Fault ? 1 : 0;
            _last = sample.Kind == SampleKind.Conflict ? null : _last;
            return;
        }

        var value = Celsius.FromMilli(sample.Lowest);
        Samples++;
        Minimum = Minimum is { } low && low <= value ? low : value;
        Maximum = Maximum is { } high && high >= value ? high : value;
        _plain.Add(value, 1);
        if (_last is { } before && sample.At - before.At is var gap && gap <= maxGap)
        {
            _weighted.Add(Celsius.FromMilli(before.Lowest), (long)gap.TotalMilliseconds);
            _weighted.Add(value, (long)gap.TotalMilliseconds);
        }

        _last = sample;
    }

    /// <summary>
    /// The share of the time from the first to the last word of the probe that is known, in percent, given its unknown stretches. 100 when
    /// that time has no length.
    /// </summary>
    public double CoveragePercent(IEnumerable<Stretch> unknown)
    {
        if (_firstHeard is not { } first || _lastHeard == first)
        {
            return Samples > 0 ? 100 : 0;
        }

        var lost = unknown.Sum(stretch => (stretch.LastKnown - stretch.Start).TotalMilliseconds);
        return 100 * (1 - lost / (_lastHeard - first).TotalMilliseconds);
    }
}
