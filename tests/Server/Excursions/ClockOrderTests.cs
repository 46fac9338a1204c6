using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// A device whose clock is not set for hours is judged like one that always knew the time, once its anchors have come: no gap that was none,
/// no excursion missed, whatever arrives first.
/// </summary>
public sealed class ClockOrderTests
{
    private static readonly StorageUnitId Unit = new("fridge-1");

    [Fact]
    public void Findings_OfAClockThatWasNotSet_AreThoseOfAGoodOne_ForAnyOrderDuplicationAndBatching()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => IsJudgedLikeAGoodClockAsync(seed).GetAwaiter().GetResult());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(12), property);
    }

    [Fact]
    public async Task Traces_HoldWhatTheyAreFor()
    {
        var (undated, findings) = (0L, new List<Finding>());
        for (var seed = 0; seed < 6; seed++)
        {
            var trace = ClockTrace.Create(seed);
            undated += trace.Undated;
            findings.AddRange(await JudgedAsync(trace, good: true, seed: null));
        }

        undated.Should().BeGreaterThan(100);
        findings.Should().Contain(finding => finding.Stretch.Side == Side.High).And.Contain(finding => finding.Stretch.Side == Side.Unknown);
    }

    private static async Task IsJudgedLikeAGoodClockAsync(int seed)
    {
        var trace = ClockTrace.Create(seed);
        var expected = Shape(await JudgedAsync(trace, good: true, seed: null));

        Shape(await JudgedAsync(trace, good: false, seed: null)).Should().Equal(expected, $"seed {seed}, in order");
        Shape(await JudgedAsync(trace, good: false, seed)).Should().Equal(expected, $"seed {seed}, in any order");
    }

    private static async Task<List<Finding>> JudgedAsync(ClockTrace trace, bool good, int? seed)
    {
        var random = seed is { } number ? new Random(number) : null;
        var clock = new ManualTimeProvider(trace.Now.ToDateTimeOffset());
        await using var bench = await IngestBench.StartAsync(clock);
        using var server = new JudgingServer(
            bench, clock, () => [JudgingServer.Plan(Unit, (Some.Probe, Some.Start, Instant.End))], random?.Next(3) > 0 ? Evaluation.CheckpointEvery : int.MaxValue);
        var end = clock.GetUtcNow() + (2 * AwaitedData.ExcusedAtMost);
        var packs = good ? trace.GoodPacks : trace.Packs;
        (UpKind Kind, byte[] Payload)[] messages = [.. packs.Select(pack => (UpKind.Live, pack)), .. trace.Heartbeats.Select(beat => (UpKind.Status, beat))];
        if (random is not null)
        {
            messages = [.. messages, .. messages.Where(_ => random.Next(4) == 0)];
            random.Shuffle(messages);
        }

        foreach (var (kind, payload) in messages)
        {
            await bench.SendAsync(Some.Device, kind, payload);
            if (random?.Next(5) == 0)
            {
                await server.JudgeAsync();
            }
        }

        await server.JudgeAfterAsync(end - clock.GetUtcNow());
        return server.Findings(Unit);
    }

    private static IEnumerable<(Stretch Stretch, Instant AlarmedAt)> Shape(IEnumerable<Finding> findings) => findings
        .Select(found => (Stretch: found.Stretch.EndReason == EndReason.Open ? found.Stretch with { LastKnown = found.Stretch.Start } : found.Stretch, found.AlarmedAt))
        .OrderBy(found => found.Stretch.Side).ThenBy(found => found.Stretch.Start);
}
