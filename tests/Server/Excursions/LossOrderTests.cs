using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Fleet;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// Two fridges, a device that moves from one to the other, and an outbox that is lost with readings in it: the findings do not depend on what
/// came first, the old outbox's readings and heartbeat or the new one's.
/// </summary>
public sealed class LossOrderTests
{
    private static readonly StorageUnitId[] Units = [new("fridge-1"), new("fridge-2")];

    [Fact]
    public void Findings_OfTwoEpochsOfWhichTheFirstIsLost_AreTheSameForAnyOrderDuplicationAndBatching()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => ArrivesAnyhowAsync(seed).GetAwaiter().GetResult());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), property);
    }

    [Fact]
    public async Task Traces_HoldWhatTheyAreFor()
    {
        var findings = new List<Finding>();
        for (var seed = 0; seed < 6; seed++)
        {
            findings.AddRange((await JudgedAsync(LostOutboxTrace.Create(seed), seed: null)).SelectMany(found => found));
        }

        findings.Should().Contain(finding => finding.Stretch.IsDeclaredLost).And.Contain(finding => finding.Stretch.Side == Side.High)
            .And.Contain(finding => finding.Stretch.Side == Side.Unknown && !finding.Stretch.IsDeclaredLost);
    }

    private static async Task ArrivesAnyhowAsync(int seed)
    {
        var trace = LostOutboxTrace.Create(seed);
        var inOrder = await JudgedAsync(trace, seed: null);
        var shuffled = await JudgedAsync(trace, seed);

        for (var i = 0; i < Units.Length; i++)
        {
            Shape(shuffled[i]).Should().Equal(Shape(inOrder[i]), $"seed {seed}, {Units[i]}");
        }
    }

    /// <summary>In the order of time and judged once; or, with a seed, in any order, some of it twice, judged now and then, also when nothing is awaited.</summary>
    private static async Task<List<Finding>[]> JudgedAsync(LostOutboxTrace trace, int? seed)
    {
        var random = seed is { } number ? new Random(number) : null;
        var clock = new ManualTimeProvider(trace.Now.ToDateTimeOffset());
        await using var bench = await IngestBench.StartAsync(clock, trace.Fleet);
        var plans = PlanBuilder.Build(trace.Fleet, RulePackFolder.Read(RulePackFolder.Default)).All;
        using var server = new JudgingServer(bench, clock, () => plans, sliceOfSamples: random?.Next(3) > 0 ? Evaluation.CheckpointEvery : int.MaxValue);
        var end = clock.GetUtcNow() + (2 * AwaitedData.ExcusedAtMost); // The same for all orders: what is unknown at the end is so up to then.
        var messages = trace.Messages.ToArray();
        if (random is not null)
        {
            messages = [.. messages, .. messages.Where(_ => random.Next(4) == 0)];
            Disorder(messages, random);
        }

        foreach (var (device, kind, payload) in messages)
        {
            await bench.SendAsync(device, kind, payload);
            if (random?.Next(6) == 0)
            {
                await server.JudgeAsync();
            }

            if (random?.Next(8) == 0 && end > clock.GetUtcNow() + AwaitedData.ExcusedAtMost)
            {
                await server.JudgeAtLastAsync();
            }
        }

        await server.JudgeAfterAsync(end - clock.GetUtcNow());
        return [.. Units.Select(server.Findings)];
    }

    // Either all is mixed, so that nothing can be relied on; or little of it is late, so that nothing else has the past judged again.
    private static void Disorder((DeviceId Device, UpKind Kind, byte[] Payload)[] messages, Random random)
    {
        if (random.Next(3) == 0)
        {
            random.Shuffle(messages);
            return;
        }

        int Lateness(UpKind kind) => random.Next(kind == UpKind.Status ? 2 : 20) == 0 ? random.Next() : -1;
        messages.Select(message => (Message: message, Late: Lateness(message.Kind))).OrderBy(entry => entry.Late)
            .Select(entry => entry.Message).ToArray().CopyTo(messages, 0);
    }

    // What still runs grows with each evaluation: its length is of the moment.
    private static IEnumerable<(string Probe, Stretch Stretch, Instant AlarmedAt)> Shape(IEnumerable<Finding> findings) =>
        findings.Select(f => (
                Probe: f.Probe.ToString(),
                Stretch: f.Stretch.EndReason == EndReason.Open ? f.Stretch with { LastKnown = f.Stretch.Start } : f.Stretch,
                f.AlarmedAt))
            .OrderBy(f => f.Probe, StringComparer.Ordinal).ThenBy(f => f.Stretch.Side).ThenBy(f => f.Stretch.Start);
}
