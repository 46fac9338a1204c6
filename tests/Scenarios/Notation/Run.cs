using ColdChain.Core.Readings;

namespace ColdChain.Scenarios.Tests.Notation;

/// <summary>A course of temperature: degrees at a time since its start.</summary>
internal delegate double Curve(TimeSpan since);

/// <summary>One sample: a temperature in thousandths of a degree, the reason of a fault, or the state of a signal.</summary>
internal readonly record struct CourseSample(Instant At, int? Milli, string? Fault, bool? State);

/// <summary>A piece of what a probe or signal gives: a curve, faults, a state, or nothing.</summary>
/// <param name="Length">How long it lasts.</param>
/// <param name="Curve">The temperature; null when there is none.</param>
/// <param name="Fault">The reason of the faults; null when there are none.</param>
/// <param name="Last">The temperature that a following run may go on from.</param>
internal sealed record Run(TimeSpan Length, Curve? Curve, string? Fault, double Last)
{
    /// <summary>The state of a signal; null for a probe.</summary>
    public bool? State { get; init; }

    public bool IsGap => Curve is null && Fault is null && State is null;
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

    /// <summary>The samples in order of time: one each interval since the first, of the run that it falls in.</summary>
    public IEnumerable<CourseSample> Samples()
    {
        for (var at = From; at < To; at += Every)
        {
            if (RunAt(at) is var (run, start) && !run.IsGap)
            {
                int? milli = run.Curve is { } curve ? (int)Math.Round(curve(at - start) * 1000, MidpointRounding.AwayFromZero) : null;
                yield return new CourseSample(at, milli, run.Fault, run.State);
            }
        }
    }

    /// <summary>The temperature at an instant; null outside of it, in a gap, and where there are faults.</summary>
    public double? At(Instant at) => RunAt(at) is var (run, start) ? run.Curve?.Invoke(at - start) : null;

    private (Run Run, Instant Start)? RunAt(Instant at)
    {
        var start = From;
        foreach (var run in Runs)
        {
            if (at >= start && at < start + run.Length)
            {
                return (run, start);
            }

            start += run.Length;
        }

        return null;
    }
}
