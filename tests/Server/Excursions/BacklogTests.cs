using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Excursions;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>Whose backlog excuses which silence, and for how long.</summary>
public sealed class BacklogTests : IAsyncLifetime
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Mine = new(new DeviceId("pi-001"), "load");
    private static readonly ProbeId Others = new(new DeviceId("pi-002"), "load");

    private readonly ManualTimeProvider _clock = new(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1)); // The bench's fleet is of this year.
    private IngestBench? _bench;

    private IngestBench Bench => _bench!; // Set before each test.

    private Instant Now => Instant.Now(_clock);

    public async Task InitializeAsync() => _bench = await IngestBench.StartAsync(_clock);

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    [Fact]
    public async Task Silence_OfAnotherDevicesProbe_IsAGroundThoughTheDeviceBeforeItOwesReadings()
    {
        var moved = Now - TimeSpan.FromHours(9);
        using var server = new JudgingServer(Bench, _clock, Plan((Mine, moved - TimeSpan.FromHours(1), moved), (Others, moved, Instant.End)));
        await Bench.SendAsync(Pack(Mine, 1, moved - TimeSpan.FromMinutes(60), moved - TimeSpan.FromMinutes(30)));
        await Bench.SendAsync(Pack(Others, 1, moved, moved + TimeSpan.FromMinutes(10)));
        await Bench.SendAsync(Pack(Others, 3, moved + TimeSpan.FromHours(6), Now));
        await Bench.SendAsync(Pack(Mine, 9, moved - TimeSpan.FromMinutes(10), moved - TimeSpan.FromMinutes(10)));

        await server.JudgeAsync();

        Findings().Select(finding => (finding.Probe, finding.Stretch.Side, finding.Stretch.Start))
            .Should().Equal((Others, Side.Unknown, moved + TimeSpan.FromMinutes(10)));
        Bench.Store.Read(session => HoldStore.OfUnit(session, Unit)).Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Backlog_InTheMiddleOfWhichTheServerWasAway_StillExcusesForAsLongAsTheDeviceMayNeedToComeBack(bool comes, int findings)
    {
        var from = Now - TimeSpan.FromHours(10);
        var plan = Plan((Mine, from, Instant.End));
        using (var server = new JudgingServer(Bench, _clock, plan))
        {
            await Bench.SendAsync(Pack(Mine, 1, from, from + TimeSpan.FromMinutes(20)));
            await Bench.SendAsync(Pack(Mine, 61, Now, Now));
            await server.JudgeAsync();
            Findings().Should().BeEmpty("the device is about to deliver the hours between");
        }

        _clock.Advance(TimeSpan.FromMinutes(30));
        using var again = new JudgingServer(Bench, _clock, plan);
        await again.JudgeAsync();
        Findings().Should().BeEmpty("nobody listened while the device tried to deliver them");
        Doubt().Should().Be(from + TimeSpan.FromMinutes(20), "whoever asks must hear that this is not decided");

        if (comes)
        {
            await Bench.SendAsync(Pack(Mine, 4, from + TimeSpan.FromMinutes(30), from + TimeSpan.FromMinutes(590)), UpKind.Backfill);
        }

        await again.JudgeAtLastAsync();
        Findings().Should().HaveCount(findings);
        Doubt().Should().BeNull();
    }

    [Fact]
    public async Task Backlog_OfADeviceWithAHoleThatIsNeverFilled_DoesNotUseUpTheTimeOfAnother()
    {
        var from = Now - TimeSpan.FromHours(10);
        var plan = Plan((Mine, from, Instant.End), (Others, from, Instant.End));
        foreach (var probe in new[] { Mine, Others })
        {
            await Bench.SendAsync(Pack(probe, 1, from, from));
            await Bench.SendAsync(Pack(probe, 3, Now, Now));
        }

        Delivery[] known = [new(Mine.Device, Now - AwaitedData.ExcusedAtMost, null)];
        var awaited = Bench.Store.Read(session => AwaitedData.Of(session, plan, new Presence(Now, from, TimeSpan.Zero), known));

        awaited.What.Backlogs.Should().Equal(Others.Device);
        awaited.Deliveries.Select(delivery => (delivery.Device, delivery.Since)).Should().Equal((Mine.Device, known[0].Since), (Others.Device, Now));
    }

    [Fact]
    public async Task Backlog_WhileTheClockIsSetBack_ExcusesNoLongerThanOtherwise()
    {
        var from = Now - TimeSpan.FromHours(10);
        await Bench.SendAsync(Pack(Mine, 1, from, from));
        await Bench.SendAsync(Pack(Mine, 3, Now, Now));
        var (before, back) = (Now, Now - TimeSpan.FromDays(1));

        var awaited = Await(back, new Delivery(Mine.Device, before, null));
        awaited.Deliveries.Should().Equal(new Delivery(Mine.Device, back, null));
        Await(back + AwaitedData.ExcusedAtMost, [.. awaited.Deliveries]).What.Backlogs.Should().BeEmpty();

        AwaitedData Await(Instant now, params Delivery[] known) => Bench.Store.Read(session =>
            AwaitedData.Of(session, Plan((Mine, from, Instant.End)), new Presence(now, from, TimeSpan.Zero), known));
    }

    private IEnumerable<Finding> Findings() => Bench.Store.Read(session => FindingStore.Current(session, Unit)).Select(row => row.Finding);

    private Instant? Doubt() => Bench.Store.Read(session => UnitStateStore.Find(session, Unit))?.ReviewFrom;

    private static UnitPlan Plan(params (ProbeId Probe, Instant From, Instant To)[] probes) => JudgingServer.Plan(Unit, probes);

    private static Pack Pack(ProbeId probe, long first, Instant from, Instant to) => JudgingServer.Pack(probe, first, from, to);
}
