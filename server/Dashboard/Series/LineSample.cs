using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>A sample of a line, before calibration.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Sample">The sample.</param>
/// <param name="IsExtreme">True when it stands for a step of time in which nothing is unknown.</param>
internal readonly record struct LineSample(ProbeId Probe, Sample Sample, bool IsExtreme)
{
    /// <summary>
    /// A step as one sample, or two when it was not one temperature throughout. Where in the step each extreme was is not known: they are
    /// put beside its middle, which is off by less than a step.
    /// </summary>
    public static IEnumerable<LineSample> Of(StepExtremes step, TimeSpan length)
    {
        if (step.Lowest == step.Highest)
        {
            return [At(step.Step + length / 2, step.Lowest)];
        }

        return [At(step.Step + length / 4, step.Lowest), At(step.Step + length * 3 / 4, step.Highest)];

        LineSample At(Instant at, Celsius value) => new(step.Probe, Sample.Good(at, value), IsExtreme: true);
    }
}
