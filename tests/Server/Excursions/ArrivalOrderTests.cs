using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>The whole way of a pack through ingest, store and evaluator: the findings do not depend on how the packs came.</summary>
public sealed class ArrivalOrderTests
{
    private static readonly ProbeId Top = new(new DeviceId("pi-001"), "load");
    private static readonly ProbeId Bottom = new(new DeviceId("pi-001"), "air");

    [Fact]
    public void Findings_InTheStore_AreTheSameForAnyOrderDuplicationAndBatching()
    {
        var property = Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => ArrivesAnyhowAsync(seed).GetAwaiter().GetResult());

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(15), property);
    }

    private static async Task ArrivesAnyhowAsync(int seed)
    {
        var random = new Random(seed);
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var readings = Readings(Instant.Now(clock), random);
        var plan = Plan(readings[0].MeasuredAt!.Value);
        await using var bench = await IngestBench.StartAsync();
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        using var service = new EvaluatorService(bench.Store, () => new UnitPlans([plan]), attendance, clock, NullLogger<EvaluatorService>.Instance);

        foreach (var pack in Arrivals(readings, random))
        {
            await bench.SendAsync(pack, random.Next(2) == 0 ? UpKind.Live : UpKind.Backfill);
            if (random.Next(3) == 0)
            {
                await service.EvaluateDueAsync(CancellationToken.None);
            }
        }

        await service.EvaluateDueAsync(CancellationToken.None);
        attendance.Pass(AwaitedData.Patience + TimeSpan.FromSeconds(1), clock.Advance);
        await service.EvaluateDueAsync(CancellationToken.None);

        var stored = bench.Store.Read(session => FindingStore.Current(session, plan.Unit)).Select(row => row.Finding);
        Shape(stored).Should().Equal(Shape(Expected(plan, readings, Instant.Now(clock))), $"seed {seed}");
    }

    private static IEnumerable<Finding> Expected(UnitPlan plan, IEnumerable<Reading> readings, Instant now)
    {
        var id = 0L;
        var input = new EvaluationInput { Plan = plan, Samples = SampleSequence.Of(readings), Now = now, NextId = () => ++id };
        return Evaluation.Run(input).Changes.Select(change => change.Finding);
    }

    // What still runs grows with each evaluation: its length is of the moment.
    private static IEnumerable<(string Probe, Stretch Stretch, Instant AlarmedAt)> Shape(IEnumerable<Finding> findings) =>
        findings.Select(f => (
                Probe: f.Probe.ToString(),
                Stretch: f.Stretch.EndReason == EndReason.Open ? f.Stretch with { LastKnown = f.Stretch.Start } : f.Stretch,
                f.AlarmedAt))
            .OrderBy(f => f.Probe, StringComparer.Ordinal).ThenBy(f => f.Stretch.Side).ThenBy(f => f.Stretch.Start);

    private static List<Reading> Readings(Instant end, Random random)
    {
        var at = end - TimeSpan.FromDays(3);
        var readings = new List<Reading>();
        for (var seq = 1; at < end - TimeSpan.FromMinutes(10); seq++)
        {
            var milli = 4000 + random.Next(-5, 6) * 500;
            readings.Add(new Reading
            {
                Key = new ReadingKey(Top.Device, Ingest.Some.Epoch, seq),
                Probe = random.Next(2) == 0 ? Top : Bottom,
                MeasuredAt = at,
                Value = Celsius.FromMilli(milli),
            });
            at += TimeSpan.FromMinutes(random.Next(25) == 0 ? random.Next(20, 400) : random.Next(1, 8));
        }

        return readings;
    }

    private static List<Pack> Arrivals(List<Reading> readings, Random random)
    {
        var packs = new List<Pack>();
        for (var from = 0; from < readings.Count;)
        {
            var count = Math.Min(readings.Count - from, random.Next(1, 40));
            packs.Add(new Pack(Top.Device, Ingest.Some.Epoch, readings.GetRange(from, count)));
            from += count;
        }

        var arrivals = packs.Concat(packs.Where(_ => random.Next(4) == 0)).ToArray();
        random.Shuffle(arrivals);
        return [.. arrivals];
    }

    private static UnitPlan Plan(Instant from)
    {
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000) };
        PlannedProbe Planned(ProbeId probe) => new(probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(from, Instant.End, rule)]));
        return new UnitPlan(new StorageUnitId("fridge-1"), [Planned(Top), Planned(Bottom)]);
    }
}
