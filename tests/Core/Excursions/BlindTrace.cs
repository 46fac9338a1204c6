using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// Two or three load probes that fall silent, fail, contradict themselves, are taken away, put in again and judged by changed rules, on whole
/// minutes. Everything follows from the seed.
/// </summary>
internal sealed record BlindTrace(IReadOnlyList<PlannedProbe> Probes, IReadOnlyList<ProbeSample> Samples, Instant Until)
{
    public static BlindTrace Create(int seed, bool withSpikes = true)
    {
        var random = new Random(seed);
        var probes = Enumerable.Range(0, random.Next(2, 4)).Select(i => Mounted($"p{i}", random)).ToList();
        var samples = probes.SelectMany(probe => SamplesOf(probe.Probe, random, withSpikes)).OrderBy(s => s.Sample.At);
        return new BlindTrace(probes, [.. samples], Minute(random.Next(600, 900)));
    }

    public UnitFold Fold(bool reversed = false)
    {
        var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), reversed ? [.. Probes.Reverse()] : Probes));
        foreach (var (probe, sample) in reversed ? Samples.Reverse().OrderBy(s => s.Sample.At) : Samples.AsEnumerable())
        {
            fold.Take(probe, sample);
        }

        return fold;
    }

    /// <summary>True when a probe stands there in the minute that begins, and every one that does is unknown to its own judge.</summary>
    public bool IsBlindAt(Instant minute) => IsBlindAt(minute, probe => false);

    /// <summary>As before, but for probes that were taken away within a gap and never said a word, whom their own judge gives the benefit of the doubt.</summary>
    public bool MayBeBlindAt(Instant minute) => IsBlindAt(minute, probe => !Samples.Any(
        s => s.Probe == probe.Probe && s.Sample.Kind == SampleKind.Good && MountOf(probe, s.Sample.At) == MountOf(probe, minute)));

    private bool IsBlindAt(Instant minute, Func<PlannedProbe, bool> isLost)
    {
        var standing = Probes.Where(probe => MountOf(probe, minute) >= 0).ToList();
        return standing.Count > 0 && standing.All(probe => isLost(probe) || UnknownOf(probe).Any(s => s.Start <= minute && minute < s.LastKnown));
    }

    /// <summary>The index of the span in which the mounting of an instant begins; -1 when it does not stand there.</summary>
    private static int MountOf(PlannedProbe probe, Instant at)
    {
        var spans = probe.Judge.Spans;
        var index = spans.ToList().FindIndex(span => span.Contains(at));
        while (index > 0 && spans[index - 1].To == spans[index].From)
        {
            index--;
        }

        return index;
    }

    /// <summary>True when any probe told a temperature just then.</summary>
    public bool SpokeAt(Instant minute) => Samples.Any(s => s.Sample.At == minute && s.Sample.Kind == SampleKind.Good);

    private readonly Dictionary<ProbeId, List<Stretch>> _unknown = [];

    private List<Stretch> UnknownOf(PlannedProbe probe)
    {
        if (_unknown.TryGetValue(probe.Probe, out var known))
        {
            return known;
        }

        var (track, stretches) = (probe.Judge.Start, new List<Stretch>());
        foreach (var (_, sample) in Samples.Where(s => s.Probe == probe.Probe))
        {
            probe.Judge.Fold(ref track, sample, stretches);
        }

        if (probe.Judge.Spans[0].From <= Until)
        {
            probe.Judge.Tail(track, Until, stretches);
        }

        return _unknown[probe.Probe] = [.. stretches.Where(s => s.Side == Side.Unknown)];
    }

    private static PlannedProbe Mounted(string name, Random random)
    {
        var (spans, minute) = (new List<RuleSpan>(), random.Next(3) * random.Next(40));
        do
        {
            var to = minute + random.Next(10, 400);
            spans.Add(new RuleSpan(Minute(minute), random.Next(3) == 0 ? Instant.End : Minute(to), Some.Rule(high: random.Next(5000, 6000))));
            minute = to + random.Next(3) * random.Next(60);
        }
        while (spans[^1].To < Instant.End && minute < 600);

        return new PlannedProbe(new ProbeId(new DeviceId("pi-1"), name), ProbeRole.Load, new ProbeJudge(spans));
    }

    private static IEnumerable<ProbeSample> SamplesOf(ProbeId probe, Random random, bool withSpikes)
    {
        for (var minute = random.Next(20); minute < 600; minute += random.Next(10) == 0 ? random.Next(10, 200) : random.Next(1, 8))
        {
            var value = Sample.Good(Minute(minute), Celsius.FromMilli(withSpikes && random.Next(15) == 0 ? 85_000 : 4000 + random.Next(-1, 2) * 1500));
            yield return new ProbeSample(probe, random.Next(12) switch
            {
                0 or 1 => Sample.Fault(Minute(minute)),
                2 => Sample.Contested(Minute(minute), Celsius.FromMilli(4000)),
                _ => value,
            });
        }
    }
}
