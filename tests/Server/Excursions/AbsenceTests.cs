using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>A server that was stopped for a while must not hold the stock for a silence that was its own, and must not miss another's.</summary>
public sealed class AbsenceTests : IAsyncLifetime
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Probe = new(new DeviceId("pi-001"), "load");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1)); // The bench lives today.
    private readonly Attendance _attendance;
    private readonly Instant _from;
    private IngestBench? _bench;

    public AbsenceTests()
    {
        _attendance = new Attendance(_clock, NullLogger<Attendance>.Instance);
        _attendance.Pass(AwaitedData.Patience + Second, _clock.Advance); // What its start excuses is over.
        _from = Instant.Now(_clock);
    }

    private IngestBench Bench => _bench!; // Set before each test.

    public async Task InitializeAsync() => _bench = await IngestBench.StartAsync();

    public async Task DisposeAsync()
    {
        _attendance.Dispose();
        await Bench.DisposeAsync();
    }

    [Fact]
    public async Task Silence_DuringItsOwnAbsence_IsNoGroundWhenTheDeviceDeliversAfterwards()
    {
        using var service = Service(TimeSpan.FromHours(4));
        await HeardAsync(service);

        _clock.Advance(TimeSpan.FromHours(5));
        await service.EvaluateDueAsync(CancellationToken.None);
        Findings().Should().Be(0, "the server does not know yet what the device kept");
        State().Should().Be("unknown", "what is not known is not shown as known");

        await Bench.SendAsync(Pack(2, _from + TimeSpan.FromMinutes(10), Instant.Now(_clock)));
        _attendance.Pass(AwaitedData.Patience + Second, _clock.Advance);
        await service.EvaluateDueAsync(CancellationToken.None);
        Findings().Should().Be(0);
        State().Should().Be("in-range");
    }

    [Theory]
    [InlineData(18_000, 14_400, 600)]
    [InlineData(60, 40, 40)]
    [InlineData(120, 600, 120)]
    public async Task Silence_ThatGoesOnAfterItsOwnAbsence_IsAGroundOnceThePatienceIsOver(int away, int limit, int patience)
    {
        using var service = Service(TimeSpan.FromSeconds(limit));
        await HeardAsync(service);
        _attendance.Pass(TimeSpan.FromSeconds(limit - away) + Second, _clock.Advance);

        _clock.Advance(TimeSpan.FromSeconds(away));
        _attendance.Look();
        _attendance.Pass(TimeSpan.FromSeconds(patience) - Second, _clock.Advance);
        await service.EvaluateDueAsync(CancellationToken.None);
        Findings().Should().Be(0);

        _attendance.Pass(Second, _clock.Advance);
        await service.EvaluateDueAsync(CancellationToken.None);
        Findings().Should().Be(1);
        Bench.Store.Read(session => HoldStore.OfUnit(session, Unit)).Should().NotBeEmpty();
    }

    private async Task HeardAsync(EvaluatorService service)
    {
        await Bench.SendAsync(Pack(1, _from, _from));
        await service.EvaluateDueAsync(CancellationToken.None);
        State().Should().Be("in-range");
    }

    private EvaluatorService Service(TimeSpan limit)
    {
        var rule = new ProbeRule { Low = Celsius.FromMilli(2000), High = Celsius.FromMilli(6000), MaxGap = TimeSpan.FromMinutes(15), UnknownLimit = limit };
        var span = new RuleSpan(_from, Instant.End, limit < rule.MaxGap ? rule with { MaxGap = limit / 2 } : rule);
        var plan = new UnitPlan(Unit, [new PlannedProbe(Probe, ProbeRole.Load, new ProbeJudge([span]))]);
        return new EvaluatorService(Bench.Store, () => new UnitPlans([plan]), _attendance, _clock, NullLogger<EvaluatorService>.Instance);
    }

    private int Findings() => Bench.Store.Read(session => FindingStore.Current(session, Unit)).Count;

    private string? State() => Bench.Store.Read(session => UnitStateStore.Find(session, Unit))?.Status;

    private static Pack Pack(long first, Instant from, Instant to)
    {
        var readings = new List<Reading>();
        for (var at = from; at <= to; at += TimeSpan.FromMinutes(10))
        {
            readings.Add(new Reading { Key = new ReadingKey(Probe.Device, Ingest.Some.Epoch, first + readings.Count), Probe = Probe, MeasuredAt = at, Value = Celsius.FromMilli(4000) });
        }

        return new Pack(Probe.Device, Ingest.Some.Epoch, readings);
    }
}
