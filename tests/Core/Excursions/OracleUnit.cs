using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Tests.Shared.Oracle;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// A random storage unit, told to the engine and to the oracle alike: two or three load probes that are put there, recalibrated, taken away and
/// judged by other limits; temperatures that wander over the limits, leap, fail, contradict themselves and fall silent. Everything follows from the
/// seed.
/// </summary>
internal sealed class OracleUnit
{
    private const int LastMinute = 1500;
    private static readonly LevelScale Scale = new([999, 1999, 6000, 10_000, 17_999, 19_999, 24_000, 26_000]);

    private readonly IReadOnlyList<(ProbeId Probe, IReadOnlyList<Tenure> Tenures)> _probes;
    private readonly TimeSpan _delay;

    private OracleUnit(int seed)
    {
        var random = new Random(seed);
        _delay = TimeSpan.FromMinutes(random.Next(3) * 10);
        _probes = [.. Enumerable.Range(0, random.Next(2, 4)).Select(i => (new ProbeId(new DeviceId($"pi-{random.Next(2)}"), $"p{i}"), TenuresOf(random)))];
        Samples = [.. _probes.SelectMany(probe => SamplesOf(probe.Probe, random)).OrderBy(one => one.Sample.At)];
        Now = Minute(random.Next(LastMinute / 2, LastMinute + 300)) + TimeSpan.FromMilliseconds(3); // Not at a sample: it would have ended what the oracle calls open.
    }

    /// <summary>All samples, in order.</summary>
    public IReadOnlyList<ProbeSample> Samples { get; }

    /// <summary>The present: some units fell silent long before.</summary>
    public Instant Now { get; }

    public static OracleUnit Create(int seed) => new(seed);

    /// <summary>The samples up to an instant, folded; alarms without a delay, as the oracle reckons, or with that of the unit.</summary>
    public UnitFold Fold(Instant until, bool hasDelay = false)
    {
        var fold = new UnitFold(Plan(hasDelay ? _delay : TimeSpan.Zero));
        foreach (var (probe, sample) in Samples.Where(one => one.Sample.At <= until))
        {
            fold.Take(probe, sample);
        }

        return fold;
    }

    /// <summary>What each probe tells, by the oracle.</summary>
    public IReadOnlyList<(ProbeId Probe, ProbeOracle Oracle)> Oracles(Instant until) =>
        [.. _probes.Select(probe => (probe.Probe, new ProbeOracle("unit", probe.Probe.ToString(), probe.Tenures, Claims(probe.Probe, until), until.Milliseconds)))];

    /// <summary>True when other figures came into force within the last gap: until the next sample the engine does not say what they make of the one before.</summary>
    public bool HasJustChanged(ProbeId probe) =>
        _probes.Single(entry => entry.Probe == probe).Tenures.Any(tenure => tenure.From <= Now.Milliseconds && Now.Milliseconds - tenure.From <= Limits.MaxGap);

    private IEnumerable<Claim> Claims(ProbeId probe, Instant until) =>
        from one in Samples
        where one.Probe == probe && one.Sample.At <= until && one.Sample.Kind != SampleKind.Fault
        select new Claim(one.Sample.At.Milliseconds, [.. new long[] { one.Sample.Lowest, one.Sample.Highest }.Distinct()]) { IsConflict = one.Sample.Kind == SampleKind.Conflict };

    private UnitPlan Plan(TimeSpan delay) => new(new StorageUnitId("unit"), [.. _probes.Select(probe => new PlannedProbe(
        probe.Probe,
        ProbeRole.Load,
        new ProbeJudge([.. probe.Tenures.Select(tenure => new RuleSpan(At(tenure.From), At(tenure.To), RuleOf(tenure.Limits, delay), (int)tenure.CalibrationMilli))]),
        new LevelFold([.. probe.Tenures.Select(tenure => new LevelSpan(At(tenure.From), At(tenure.To), Scale, TimeSpan.FromMilliseconds(Limits.MaxGap), (int)tenure.CalibrationMilli))])))]);

    private static ProbeRule RuleOf(Limits limits, TimeSpan delay) => Some.Rule((int?)limits.Low, (int?)limits.High) with
    {
        Delay = delay, MaxGap = TimeSpan.FromMilliseconds(Limits.MaxGap), UnknownLimit = TimeSpan.FromMilliseconds(Limits.UnknownLimit),
    };

    private static Instant At(long milliseconds) => new(milliseconds);

    private static List<Tenure> TenuresOf(Random random)
    {
        var (tenures, minute) = (new List<Tenure>(), random.Next(2) * random.Next(200));
        do
        {
            var until = random.Next(3) == 0 ? LastMinute : minute + random.Next(20, 600);
            tenures.Add(new Tenure(Beginning(minute), until == LastMinute ? Instant.End.Milliseconds : Beginning(until), random.Next(4) == 0 ? "PLT" : "RBC", random.Next(3) == 0 ? random.Next(-500, 500) : 0));
            minute = until + (random.Next(3) == 0 ? random.Next(1, 60) : 0);
        }
        while (minute < LastMinute);

        return tenures;
    }

    // Longer than a gap: whoever is put there is given the benefit of the doubt for so long. Not at a sample: what begins there would be one with what ended there, and the oracle says that of samples alone.
    private static long Beginning(int minute) => (Minute(minute) + TimeSpan.FromMilliseconds(7)).Milliseconds;

    // What leaps is followed by what shows whether it was a spike: in silence it is believed, and only when the probe speaks again. After silence
    // it would be in doubt when the silence ended.
    private static IEnumerable<ProbeSample> SamplesOf(ProbeId probe, Random random)
    {
        var (milli, calm, leaps, step) = (random.Next(1000, 7000), 0, 0, 0);
        for (var minute = random.Next(60); minute < LastMinute; minute += step)
        {
            milli = Math.Clamp(milli + random.Next(-700, 701), 1000, 7000);
            var at = Minute(minute) + TimeSpan.FromMilliseconds(random.Next(2) * random.Next(60_000));
            var isLeap = leaps > 0 || (calm == 0 && step is > 0 and < 8 && random.Next(25) == 0);
            leaps = leaps > 0 ? leaps - 1 : isLeap ? random.Next(4) : 0; // Up to two are a spike, and more are not.
            calm = isLeap ? 3 : Math.Max(0, calm - 1);
            step = calm == 0 && random.Next(25) == 0 ? random.Next(14, 600) : random.Next(1, 8);
            if (isLeap)
            {
                yield return new ProbeSample(probe, Sample.Good(at, Celsius.FromMilli(random.Next(2) == 0 ? 85_000 : milli + 21_000)));
                continue;
            }

            var told = random.Next(15) switch { 0 => 6000, 1 => 2000, _ => milli };
            var value = Sample.Good(at, Celsius.FromMilli(told));
            yield return new ProbeSample(probe, (calm > 0 ? int.MaxValue : random.Next(30)) switch
            {
                0 or 1 => Sample.Fault(at),
                2 => value.And(Sample.Good(at, Celsius.FromMilli(told + 1500))),
                3 => Sample.Contested(at, Celsius.FromMilli(told)),
                _ => value,
            });
        }
    }
}
