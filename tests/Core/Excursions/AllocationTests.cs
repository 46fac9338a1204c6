using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class AllocationTests
{
    /// <summary>What a fridge says almost always must cost nothing but the comparison: a year of it is judged again when a rule changes.</summary>
    [Fact]
    public void Readings_InRange_AreJudgedWithoutAllocating()
    {
        ProbeId[] probes = [.. new[] { "top", "bottom", "air" }.Select(name => new ProbeId(new DeviceId("pi-1"), name))];
        var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), [.. probes.Select(Planned)]));
        var samples = Enumerable.Range(0, 3 * 2 * 24 * 60).Select(i => (Probe: probes[i % 3], Sample: InRange(i))).ToArray();
        foreach (var (probe, sample) in samples.AsSpan(0, 300))
        {
            fold.Take(probe, sample);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var (probe, sample) in samples.AsSpan(300))
        {
            fold.Take(probe, sample);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        fold.Judge(samples[^1].Sample.At).View.State.Should().Be(StorageState.InRange);
    }

    private static Sample InRange(int i) => Sample.Good(Minute(i / 3), Celsius.FromMilli(4_000 + i % 16 * 62));

    private static PlannedProbe Planned(ProbeId probe) => new(
        probe,
        probe.Name == "air" ? ProbeRole.Air : ProbeRole.Load,
        new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())]),
        new LevelFold([new LevelSpan(Minute(0), Instant.End, new LevelScale([1_999, 6_000, 10_000]), TimeSpan.FromMinutes(15))]));
}
