using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>Rows that a device declares lost will never explain the silence: it is a ground to hold at once.</summary>
public sealed class DeclaredLossTests
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Probe = new(new DeviceId("pi-001"), "load");

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Silence_OfAHundredMinutes_IsAGroundWhenItsRowsAreGone(bool declared, int findings)
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var from = Instant.Now(clock) - TimeSpan.FromMinutes(120);
        await using var bench = await IngestBench.StartAsync();
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000) };
        var plan = new UnitPlan(Unit, [new PlannedProbe(Probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(from, Instant.End, rule)]))]);
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        using var service = new EvaluatorService(bench.Store, () => new UnitPlans([plan]), attendance, clock, NullLogger<EvaluatorService>.Instance);

        await bench.SendAsync(Pack(1, from, from + TimeSpan.FromMinutes(5), from + TimeSpan.FromMinutes(10)));
        await bench.SendAsync(Pack(21, from + TimeSpan.FromMinutes(110), from + TimeSpan.FromMinutes(115)));
        await service.EvaluateDueAsync(CancellationToken.None);
        if (declared)
        {
            await bench.SendAsync(new Status(Ingest.Some.Epoch, null, "boot", 1, 22, 0, 0, 1, "test", [new Gone(4, 20, "the card died")], null));
        }

        attendance.Pass(AwaitedData.Patience + TimeSpan.FromSeconds(1), clock.Advance);
        await service.EvaluateDueAsync(CancellationToken.None);

        var found = bench.Store.Read(session => FindingStore.Current(session, Unit));
        found.Should().HaveCount(findings);
        found.Where(row => !row.Finding.Stretch.IsDeclaredLost || row.Finding.Stretch.Side != Side.Unknown).Should().BeEmpty();
        bench.Store.Read(session => HoldStore.OfUnit(session, Unit)).Should().HaveCount(findings);
    }

    private static Pack Pack(long first, params Instant[] instants) => new(Probe.Device, Ingest.Some.Epoch, [.. instants.Select((at, i) => new Reading
    {
        Key = new ReadingKey(Probe.Device, Ingest.Some.Epoch, first + i),
        Probe = Probe,
        MeasuredAt = at,
        Value = Celsius.FromMilli(4000),
    })]);
}
