using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

/// <summary>A storage unit with load probes and an air probe, fed with series.</summary>
internal static class HealthUnit
{
    public static readonly ProbeId Top = new(new DeviceId("pi-1"), "top");
    public static readonly ProbeId Bottom = new(new DeviceId("pi-1"), "bottom");
    public static readonly ProbeId Air = new(new DeviceId("pi-1"), "air");

    public static UnitFold Folded(params (ProbeId Probe, string Series)[] series) =>
        Folded(series.SelectMany(s => Parse(s.Series).Select(sample => new ProbeSample(s.Probe, sample))));

    public static UnitFold Folded(IEnumerable<ProbeSample> samples)
    {
        var all = samples.OrderBy(s => s.Sample.At).ToList();
        var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), [.. all.Select(s => s.Probe).Distinct().Select(Planned)]));
        foreach (var (probe, sample) in all)
        {
            fold.Take(probe, sample);
        }

        return fold;
    }

    /// <summary>A sample every so many minutes, each made of its minute.</summary>
    public static string Every(int minutes, int until, Func<int, string> value) =>
        string.Join(' ', Enumerable.Range(0, until / minutes + 1).Select(i => $"{i * minutes}:{value(i * minutes)}"));

    public static IEnumerable<(Side Side, Instant Start, Instant? End)> Shape(IEnumerable<ProbeStretch> found) =>
        found.Select(f => (f.Stretch.Side, f.Stretch.Start, f.Stretch.End));

    private static PlannedProbe Planned(ProbeId probe) => new(
        probe, probe == Air ? ProbeRole.Air : ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())]));
}
