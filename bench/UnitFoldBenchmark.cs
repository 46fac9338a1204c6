using BenchmarkDotNet.Attributes;
using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Bench;

/// <summary>How many readings one core judges from memory: two load probes and an air probe, in range, with the levels of the exposure.</summary>
[MemoryDiagnoser]
public class UnitFoldBenchmark
{
    private const int Readings = 1_000_000;

    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly DeviceId Device = new("pi-1");

    private readonly ProbeSample[] _samples = new ProbeSample[Readings];
    private UnitPlan _plan = new(new StorageUnitId("fridge"), []);

    [GlobalSetup]
    public void Prepare()
    {
        // As the record store gives them: every probe id is read anew, so that none is the same object as the plan's.
        ProbeId[] planned = [Probe("load-top"), Probe("load-bottom"), Probe("air")];
        _plan = new UnitPlan(new StorageUnitId("fridge"), [.. planned.Select((probe, i) => Planned(probe, i < 2 ? ProbeRole.Load : ProbeRole.Air))]);
        ProbeId[] read = [Probe("load-top"), Probe("load-bottom"), Probe("air")];
        for (var i = 0; i < Readings; i++)
        {
            var milli = 4_000 + i % 16 * 62;
            _samples[i] = new ProbeSample(read[i % 3], Sample.Good(Start + TimeSpan.FromMinutes(i / 3), Celsius.FromMilli(milli)));
        }
    }

    /// <summary>The time of one reading is the time shown.</summary>
    [Benchmark(OperationsPerInvoke = Readings)]
    public int JudgeInRange()
    {
        var fold = new UnitFold(_plan);
        foreach (var sample in _samples)
        {
            fold.Take(sample.Probe, sample.Sample);
        }

        return fold.Closed.Count;
    }

    private static ProbeId Probe(string name) => new(Device, new string(name.AsSpan()));

    private static PlannedProbe Planned(ProbeId probe, ProbeRole role)
    {
        var rule = new ProbeRule { Low = Celsius.FromMilli(2_000), High = Celsius.FromMilli(6_000), WarnHigh = Celsius.FromMilli(5_500) };
        var judge = new ProbeJudge([new RuleSpan(Start, Instant.End, rule)]);
        var levels = role == ProbeRole.Load ? new LevelFold([new LevelSpan(Start, Instant.End, new LevelScale([2_000, 6_000, 10_000]), rule.MaxGap)]) : null;
        return new PlannedProbe(probe, role, judge, levels);
    }
}
