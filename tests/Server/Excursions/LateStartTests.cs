using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>Live readings come before the backlog: an excursion may be found at its end first, and what holds for it must then begin with it.</summary>
public sealed class LateStartTests
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Probe = new(new DeviceId("pi-001"), "load");

    [Fact]
    public async Task Hold_OfAnExcursionThatBeganEarlierThanWasKnown_BeginsWithIt()
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var from = Instant.Now(clock) - TimeSpan.FromHours(1);
        await using var bench = await IngestBench.StartAsync();
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000) };
        var plan = new UnitPlan(Unit, [new PlannedProbe(Probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(from, Instant.End, rule)]))]);
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        using var service = new EvaluatorService(bench.Store, () => new UnitPlans([plan]), attendance, clock, NullLogger<EvaluatorService>.Instance);

        await bench.SendAsync(Pack(6, from, count: 4));
        await service.EvaluateDueAsync(CancellationToken.None);
        Held(bench).Since.Should().Be(from + TimeSpan.FromMinutes(30));

        await bench.SendAsync(Pack(1, from, count: 5));
        await service.EvaluateDueAsync(CancellationToken.None);

        var hold = Held(bench);
        (hold.Since, hold.State).Should().Be((from + TimeSpan.FromMinutes(5), HoldWords.Held));
        bench.Store.Read(session => FindingStore.Find(session, hold.FindingId))!.Finding.Stretch.Start.Should().Be(hold.Since);
    }

    private static HoldRow Held(IngestBench bench) => bench.Store.Read(session => HoldStore.OfUnit(session, Unit)).Should().ContainSingle().Subject;

    /// <summary>Readings that are out of range, number n at n times five minutes.</summary>
    private static Pack Pack(long first, Instant from, int count) => new(Probe.Device, Ingest.Some.Epoch, [.. Enumerable.Range((int)first, count).Select(seq => new Reading
    {
        Key = new ReadingKey(Probe.Device, Ingest.Some.Epoch, seq),
        Probe = Probe,
        MeasuredAt = from + TimeSpan.FromMinutes(5 * seq),
        Value = Celsius.FromMilli(9000),
    })]);
}
