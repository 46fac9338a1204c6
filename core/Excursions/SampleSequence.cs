using ColdChain.Core.Readings;

namespace ColdChain.Core.Excursions;

/// <summary>A sample and its probe.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Sample">The sample, before calibration.</param>
public readonly record struct ProbeSample(ProbeId Probe, Sample Sample)
{
    /// <summary>What a reading claims; null when it has no trusted instant, since nobody can say when that was.</summary>
    public static ProbeSample? Of(Reading reading) => reading switch
    {
        { MeasuredAt: { } at, Value: { } value } => new ProbeSample(reading.Probe, Sample.Good(at, value)),
        { MeasuredAt: { } at, State: { } state } => new ProbeSample(reading.Probe, Sample.OfState(at, state)),
        { MeasuredAt: { } at } => new ProbeSample(reading.Probe, Sample.Fault(at)),
        _ => null,
    };

    /// <summary>The same for a reading whose place is claimed by another content too.</summary>
    public static ProbeSample? Contested(Reading reading) => reading switch
    {
        { MeasuredAt: { } at, Value: { } value } => new ProbeSample(reading.Probe, Sample.Contested(at, value)),
        { MeasuredAt: { } at, State: not null } => new ProbeSample(reading.Probe, Sample.ContestedState(at)),
        _ => Of(reading),
    };
}

/// <summary>Claims made samples: one for each probe and instant, in ascending order of time.</summary>
public static class SampleSequence
{
    /// <summary>
    /// The samples of readings in ascending order of time. Those without a trusted instant are passed over.
    /// </summary>
    public static IEnumerable<ProbeSample> Of(IEnumerable<Reading> readings) => Of(readings.Select(ProbeSample.Of).OfType<ProbeSample>());

    /// <summary>Joins the claims of one instant and probe (<see cref="Sample.And"/>). They must be in ascending order of time.</summary>
    public static IEnumerable<ProbeSample> Of(IEnumerable<ProbeSample> claims)
    {
        var group = new List<ProbeSample>();
        foreach (var (probe, claim) in claims)
        {
            if (group.Count > 0 && group[0].Sample.At != claim.At)
            {
                foreach (var sample in group)
                {
                    yield return sample;
                }

                group.Clear();
            }

            Add(group, probe, claim);
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
