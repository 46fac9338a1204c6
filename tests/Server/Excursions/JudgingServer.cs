using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>The judging part of a server that has just started, over the store of a bench; and what it is fed with.</summary>
internal sealed class JudgingServer : IDisposable
{
    private readonly IngestBench _bench;
    private readonly ManualTimeProvider _clock;
    private readonly Attendance _attendance;
    private readonly EvaluatorService _evaluator;

    public JudgingServer(IngestBench bench, ManualTimeProvider clock, params UnitPlan[] plans)
        : this(bench, clock, () => plans, Evaluator.SliceOfSamples)
    {
    }

    public JudgingServer(IngestBench bench, ManualTimeProvider clock, Func<IEnumerable<UnitPlan>> plans, int sliceOfSamples)
    {
        (_bench, _clock) = (bench, clock);
        _attendance = new Attendance(clock, NullLogger<Attendance>.Instance);
        _evaluator = new EvaluatorService(bench.Store, () => new UnitPlans(plans()), _attendance, clock, NullLogger<EvaluatorService>.Instance, sliceOfSamples);
    }

    public Task JudgeAsync() => _evaluator.EvaluateDueAsync(CancellationToken.None);

    /// <summary>Judges after some time in which the server was there.</summary>
    public Task JudgeAfterAsync(TimeSpan time)
    {
        _attendance.Pass(time, _clock.Advance);
        return JudgeAsync();
    }

    /// <summary>Judges when nothing is awaited any more.</summary>
    public Task JudgeAtLastAsync() => JudgeAfterAsync(AwaitedData.Patience + TimeSpan.FromSeconds(1));

    public List<Finding> Findings(StorageUnitId unit) =>
        [.. _bench.Store.Read(session => FindingStore.Current(session, unit)).Select(row => row.Finding)];

    public List<HoldRow> Holds(StorageUnitId unit) => _bench.Store.Read(session => HoldStore.OfUnit(session, unit));

    public void Dispose()
    {
        _evaluator.Dispose();
        _attendance.Dispose();
    }

    /// <summary>A plan of load probes between 2 and 6 °C, each from one instant to another.</summary>
    public static UnitPlan Plan(StorageUnitId unit, params (ProbeId Probe, Instant From, Instant To)[] probes)
    {
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000) };
        return new UnitPlan(unit, [.. probes.Select(p => new PlannedProbe(p.Probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(p.From, p.To, rule)])))]);
    }

    /// <summary>Readings of 4 °C, one every ten minutes from an instant up to another, both included.</summary>
    public static Pack Pack(ProbeId probe, long first, Instant from, Instant to, string epoch = Ingest.Some.Epoch)
    {
        var instants = Enumerable.Range(0, (int)((to - from) / TimeSpan.FromMinutes(10)) + 1).Select(i => from + TimeSpan.FromMinutes(10 * i));
        return PackAt(probe, first, epoch, [.. instants]);
    }

    /// <summary>Readings of 4 °C; null for a device that did not know the time.</summary>
    public static Pack PackAt(ProbeId probe, long first, string epoch, params Instant?[] instants) => new(probe.Device, epoch, [.. instants.Select((at, i) => new Reading
    {
        Key = new ReadingKey(probe.Device, epoch, first + i),
        Probe = probe,
        MeasuredAt = at,
        Value = Celsius.FromMilli(4000),
        Boot = at is null ? "boot" : null,
        Mono = at is null ? 1000 + i : null,
    })]);

    public static Status Heartbeat(string epoch, long lastSeq, IReadOnlyList<Gone>? gone = null, PreviousOutbox? previous = null) =>
        new(epoch, null, "boot", 1, lastSeq, 0, 0, 1, "test", gone ?? [], null, previous);
}
