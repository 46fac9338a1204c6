using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>Two contents under one key: whichever came first, that instant is unknown and the one out of range opens the hold.</summary>
public sealed class ConflictTests
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Probe = new(new DeviceId("pi-001"), "load");

    [Theory]
    [InlineData(5000, 12_000)]
    [InlineData(12_000, 5000)]
    public async Task Reading_WithTwoContents_IsJudgedByBothWhicheverCameFirst(int first, int second)
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var from = Instant.Now(clock) - TimeSpan.FromMinutes(30);
        await using var bench = await IngestBench.StartAsync();
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000) };
        var plan = new UnitPlan(Unit, [new PlannedProbe(Probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(from, Instant.End, rule)]))]);
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        using var service = new EvaluatorService(bench.Store, () => new UnitPlans([plan]), attendance, clock, NullLogger<EvaluatorService>.Instance);

        await bench.SendAsync(Pack(from, 5000, first, 5000));
        await service.EvaluateDueAsync(CancellationToken.None);
        await bench.SendAsync(Pack(from, 5000, second, 5000));
        await service.EvaluateDueAsync(CancellationToken.None);

        var found = bench.Store.Read(session => FindingStore.Current(session, Unit)).Should().ContainSingle().Subject.Finding.Stretch;
        (found.Side, found.Start, found.PeakMilli, found.IsConflict).Should().Be((Side.High, from + TimeSpan.FromMinutes(5), 12_000, true));
        bench.Store.Read(session => HoldStore.OfUnit(session, Unit)).Should().Contain(hold => hold.State == HoldWords.Held);
    }

    [Theory]
    [InlineData(5000, null, 0, 0)]
    [InlineData(null, 5000, 0, 0)]
    [InlineData(5000, 5000, 0, 2)]
    [InlineData(5000, 5000, 2, 0)]
    public async Task Reading_WithASecondContentThatContradictsNoTemperature_IsUnknownAtEveryPlaceThatTheTwoName(int? first, int? second, int firstLater, int secondLater)
    {
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var from = Instant.Now(clock) - TimeSpan.FromMinutes(60);
        await using var bench = await IngestBench.StartAsync();
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000), UnknownLimit = TimeSpan.FromMinutes(19) };
        var plan = new UnitPlan(Unit, [new PlannedProbe(Probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(from, Instant.End, rule)]))]);
        using var attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        using var service = new EvaluatorService(bench.Store, () => new UnitPlans([plan]), attendance, clock, NullLogger<EvaluatorService>.Instance);

        await bench.SendAsync(Contested(from, first, firstLater));
        await bench.SendAsync(Contested(from, second, secondLater));
        await service.EvaluateDueAsync(CancellationToken.None);

        // 20 minutes unknown between the neighbours, though each of the contents alone would join them.
        var found = bench.Store.Read(session => FindingStore.Current(session, Unit)).Should().ContainSingle().Subject.Finding.Stretch;
        (found.Side, found.Start, found.End).Should().Be((Side.Unknown, from + TimeSpan.FromMinutes(10), from + TimeSpan.FromMinutes(30)));
    }

    // Good samples at 0, 10, 30 and 40 minutes, and one at 20 of which there are two contents.
    private static Pack Contested(Instant from, int? milli, int later)
    {
        var pack = Pack(from, 5000, 5000, 5000, 5000, 5000);
        return pack with
        {
            Readings = [.. pack.Readings.Select((reading, i) => i != 2
                ? reading with { MeasuredAt = from + TimeSpan.FromMinutes(10 * i) }
                : reading with
                {
                    MeasuredAt = from + TimeSpan.FromMinutes(20 + later),
                    Value = milli is { } value ? Celsius.FromMilli(value) : null,
                    Fault = milli is null ? "no-answer" : null,
                })],
        };
    }

    private static Pack Pack(Instant from, params int[] milli) => new(Probe.Device, Ingest.Some.Epoch, [.. milli.Select((value, i) => new Reading
    {
        Key = new ReadingKey(Probe.Device, Ingest.Some.Epoch, i + 1),
        Probe = Probe,
        MeasuredAt = from + TimeSpan.FromMinutes(5 * i),
        Value = Celsius.FromMilli(value),
    })]);
}
