using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>A course of temperature: degrees at a time since its start.</summary>
internal delegate double Curve(TimeSpan since);

/// <summary>A piece of what a probe gives: a curve, or faults, or nothing.</summary>
/// <param name="Length">How long it lasts; a whole number of intervals.</param>
/// <param name="Curve">The temperature; null for faults and for a gap.</param>
/// <param name="Fault">The reason of the faults; null when there is a curve or a gap.</param>
/// <param name="Last">The temperature that a following run may go on from.</param>
internal sealed record Run(TimeSpan Length, Curve? Curve, string? Fault, double Last)
{
    public bool IsGap => Curve is null && Fault is null;
}

/// <summary>What one probe gives from an instant on.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="From">When the first sample is taken.</param>
/// <param name="Every">The interval between samples.</param>
/// <param name="Runs">One after the other.</param>
/// <param name="Arrives">When the samples reach the server; null for at once.</param>
internal sealed record Course(ProbeId Probe, Instant From, TimeSpan Every, IReadOnlyList<Run> Runs, Instant? Arrives)
{
    public Instant To => Runs.Aggregate(From, (at, run) => at + run.Length);

    /// <summary>The samples in order of time: the temperature in thousandths of a degree, or the reason of a fault.</summary>
    public IEnumerable<(Instant At, int? Milli, string? Fault)> Samples()
    {
        var start = From;
        foreach (var run in Runs)
        {
            for (var since = TimeSpan.Zero; since < run.Length && !run.IsGap; since += Every)
            {
                yield return (start + since, run.Curve is { } curve ? (int)Math.Round(curve(since) * 1000, MidpointRounding.AwayFromZero) : null, run.Fault);
            }

            start += run.Length;
        }
    }

    /// <summary>The temperature at an instant; null outside of it, in a gap, and where there are faults.</summary>
    public double? At(Instant at)
    {
        var start = From;
        foreach (var run in Runs)
        {
            if (at >= start && at < start + run.Length)
            {
                return run.Curve?.Invoke(at - start);
            }

            start += run.Length;
        }

        return null;
    }
}
