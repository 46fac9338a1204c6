using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>A sample and its probe.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Sample">The sample, before calibration.</param>
public readonly record struct ProbeSample(ProbeId Probe, Sample Sample);

/// <summary>Readings made samples: one for each probe and instant, in ascending order of time.</summary>
public static class SampleSequence
{
    /// <summary>
    /// Joins the readings of one instant and probe (<see cref="Sample.And"/>). The readings must be in ascending order of time; those without
    /// a trusted instant are passed over, since nobody can say when they were.
    /// </summary>
    public static IEnumerable<ProbeSample> Of(IEnumerable<Reading> readings)
    {
        var group = new List<ProbeSample>();
        foreach (var reading in readings)
        {
            if (reading.MeasuredAt is not { } at)
            {
                continue;
            }

            if (group.Count > 0 && group[0].Sample.At != at)
            {
                foreach (var sample in group)
                {
                    yield return sample;
                }

                group.Clear();
            }

            Add(group, reading.Probe, reading.Value is { } value ? Sample.Good(at, value) : Sample.Fault(at));
        }

        foreach (var sample in group)
        {
            yield return sample;
        }
    }

    private static void Add(List<ProbeSample> group, ProbeId probe, Sample sample)
    {
        var known = group.FindIndex(other => other.Probe == probe);
        if (known < 0)
        {
            group.Add(new ProbeSample(probe, sample));
        }
        else
        {
            group[known] = new ProbeSample(probe, group[known].Sample.And(sample));
        }
    }
}
