using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>Conditions explain: an open door, lost mains or a faulty probe keeps nothing from being found, and makes nothing found.</summary>
public sealed class ConditionsExplainTests
{
    [Fact]
    public void Findings_WithoutTheSignalsThatExplainThem_AreTheSame() => ForAnySeed(seed =>
    {
        var trace = Trace.Create(seed, samples: 150);
        var signals = trace.Plan.Signals.Select(planned => planned.Signal).ToHashSet();
        var explained = Judged(trace.Plan, trace.Readings, trace.Now);
        var bare = Judged(trace.Plan with { Signals = [] }, [.. trace.Readings.Where(reading => !signals.Contains(reading.Probe))], trace.Now);

        explained.Conditions.Should().HaveCountGreaterThan(bare.Conditions.Count);
        explained.Stretches.Select(Told).Should().NotBeEmpty().And.Equal(bare.Stretches.Select(Told), $"seed {seed}");
        explained.View.State.Should().Be(bare.View.State, $"seed {seed}");
    });

    [Fact]
    public void Findings_UnderConditionsOfEveryKindOverAllTime_AreTheSame() => ForAnySeed(seed =>
    {
        var trace = Trace.Create(seed, samples: 150);
        var everything =
            from kind in Enum.GetValues<ConditionKind>()
            from planned in trace.Plan.Probes
            select new Condition(kind, planned.Probe, Instant.Beginning, null, null);

        var changes = Changes(trace, [.. everything.Select((condition, i) => new KnownCondition(i + 1, condition))]);

        changes.Should().NotBeEmpty().And.Equal(Changes(trace, []), $"seed {seed}");
    });

    private static void ForAnySeed(Action<int> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(ArbMap.Default.ArbFor<int>(), holds));

    private static string Told(ProbeStretch found) => $"{found.Probe} {found.Stretch.Side} {found.Stretch} or {string.Join(' ', found.MayStillTell)}";

    private static UnitVerdict Judged(UnitPlan plan, IReadOnlyList<Reading> readings, Instant now)
    {
        var fold = new UnitFold(plan);
        foreach (var (probe, sample) in SampleSequence.Of(readings))
        {
            fold.Take(probe, sample);
        }

        return fold.Judge(now);
    }

    private static IReadOnlyList<FindingChange> Changes(Trace trace, IReadOnlyList<KnownCondition> known)
    {
        var id = 0L;
        return Evaluation.Run(new EvaluationInput
        {
            Plan = trace.Plan, Samples = SampleSequence.Of(trace.Readings), KnownConditions = known, Now = trace.Now, NextId = () => ++id,
        }).Changes;
    }
}
