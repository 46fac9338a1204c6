using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Core.Tests.Excursions;

public sealed class ArrivalOrderTests
{
    [Fact]
    public void Findings_AnyOrderDuplicationAndBatching_AreTheSame()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => ArrivesAnyhow(seed));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(400)), property);
    }

    [Fact]
    public void Traces_TellEveryCondition_Sometimes()
    {
        var told = Enumerable.Range(0, 20).SelectMany(seed =>
        {
            var trace = Trace.Create(seed, samples: 300);
            var evaluator = new MemoryEvaluator(trace.Plan);
            evaluator.Receive(trace.Readings, trace.Now);
            return evaluator.Conditions.Select(condition => condition.Kind);
        });

        told.Distinct().Should().BeEquivalentTo([
            ConditionKind.DoorOpen, ConditionKind.MainsLost, ConditionKind.AgitationStopped, ConditionKind.AgitationUnknown, ConditionKind.SignalUnknown, ConditionKind.AirOut,
            ConditionKind.ProbeFailed, ConditionKind.ProbeSpike, ConditionKind.ProbeJump, ConditionKind.ProbesDisagree, ConditionKind.ProbeFaulty]);
    }

    [Fact]
    public void LateBatches_StopAtACheckpointThatAgrees_Sometimes()
    {
        Enumerable.Range(0, 20).Any(seed => Shuffled(Trace.Create(seed, samples: 900), new Random(seed)).EarlyStops > 0).Should().BeTrue();
    }

    private static void ArrivesAnyhow(int seed)
    {
        var trace = Trace.Create(seed, samples: 60 + Math.Abs(seed % 900));
        var inOrder = new MemoryEvaluator(trace.Plan);
        inOrder.Receive(trace.Readings, trace.Now);

        var shuffled = Shuffled(trace, new Random(seed));

        Shape(shuffled.Current).Should().Equal(Shape(inOrder.Current), $"seed {seed}");
        Ordered(shuffled.Levels).Should().NotBeEmpty().And.Equal(Ordered(inOrder.Levels), $"seed {seed}");
        Shape(shuffled.Conditions).Should().Equal(Shape(inOrder.Conditions), $"seed {seed}");
        ChecksOut(shuffled, seed);
    }

    [Fact]
    public void LongFolds_AreCutIntoSlices_Sometimes()
    {
        Enumerable.Range(0, 20).Any(seed => Shuffled(Trace.Create(seed, samples: 900), new Random(seed), samplesMax: 1).Slices > 0).Should().BeTrue();
    }

    private static MemoryEvaluator Shuffled(Trace trace, Random random, int? samplesMax = null)
    {
        var evaluator = new MemoryEvaluator(trace.Plan, samplesMax ?? (random.Next(2) == 0 ? 1 : int.MaxValue));
        var arrivals = trace.Readings.Concat(trace.Readings.Where(_ => random.Next(4) == 0)).ToArray();
        if (random.Next(3) > 0)
        {
            random.Shuffle(arrivals);
        }
        else
        {
            ShuffleBlocks(arrivals, random);
        }

        for (var from = 0; from < arrivals.Length;)
        {
            var count = Math.Min(arrivals.Length - from, random.Next(1, 80));
            evaluator.Receive(arrivals.AsSpan(from, count).ToArray(), trace.Now);
            from += count;
        }

        return evaluator;
    }

    /// <summary>Outages: whole blocks come late, each in its own order.</summary>
    private static void ShuffleBlocks(Reading[] arrivals, Random random)
    {
        var blocks = arrivals.Chunk(50).ToArray();
        random.Shuffle(blocks);
        blocks.SelectMany(block => block).ToArray().CopyTo(arrivals, 0);
    }

    /// <summary>An id is discovered once, its versions ascend by one, and nothing follows its end.</summary>
    private static void ChecksOut(MemoryEvaluator evaluator, int seed)
    {
        foreach (var history in evaluator.History.GroupBy(change => change.Finding.Id))
        {
            history.Select(change => change.IsNew).Should().Equal(history.Select((_, i) => i == 0), $"seed {seed}");
            history.SkipLast(1).Where(change => change.Status != FindingStatus.Current).Should().BeEmpty($"seed {seed}");
            var versions = history.Where(change => !change.IsGrowth).Select(change => change.Finding.Version);
            versions.Should().Equal(Enumerable.Range(1, versions.Count()), $"seed {seed}");
        }

        foreach (var superseded in evaluator.History.Where(change => change.Status == FindingStatus.Superseded))
        {
            superseded.SupersededBy.Should().NotBeNull().And.NotBe(superseded.Finding.Id);
        }
    }

    private static IEnumerable<ProbeLevel> Ordered(IEnumerable<ProbeLevel> levels) => levels
        .OrderBy(level => level.Probe.Name, StringComparer.Ordinal).ThenBy(level => level.Interval.Start).ThenBy(level => level.Interval.End).ThenBy(level => level.Interval.From);

    private static IEnumerable<Condition> Shape(IEnumerable<Condition> conditions) =>
        conditions.OrderBy(c => c.Probe.ToString(), StringComparer.Ordinal).ThenBy(c => c.Kind).ThenBy(c => c.Start);

    private static IEnumerable<(string Probe, Stretch Stretch, Instant AlarmedAt)> Shape(IEnumerable<Finding> findings) =>
        findings.Select(f => (Probe: f.Probe.ToString(), f.Stretch, f.AlarmedAt))
            .OrderBy(f => f.Probe, StringComparer.Ordinal).ThenBy(f => f.Stretch.Side).ThenBy(f => f.Stretch.Start);
}
