using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Sensors;
using ColdChain.Edge.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests.Outbox;

public sealed class AnchorTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new(Some.Noon - TimeSpan.FromHours(9));
    private readonly SimulatedAuthority _authority = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Snapshot_OnceTheClockIsTrusted_TellsTheAnchorOfTheBoot_AlsoAfterAPowerCut()
    {
        var clock = Clock("boot-1");
        using (var outbox = Open(clock))
        {
            Sample(outbox, clock);
            outbox.Snapshot().Anchors.Should().BeEmpty();
            SetByATimeServer();
            Sample(outbox, clock);
            outbox.Snapshot().Anchors.Should().Equal(new ClockAnchor("boot-1", 86_400_000, Some.Noon, 10));
        }

        _authority.ErrorMs = null;
        using var next = Open(Clock("boot-2"));

        next.Snapshot().Anchors.Should().Equal(new ClockAnchor("boot-1", 86_400_000, Some.Noon, 10));
    }

    [Fact]
    public void Snapshot_BootWithoutUndatedRows_IsNoLongerTold_AndPruneForgetsIt()
    {
        SetByATimeServer();
        var clock = Clock("boot-1");
        using (var outbox = Open(clock))
        {
            Sample(outbox, clock);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        var second = Clock("boot-2");
        using var next = Open(second);
        Sample(next, second);

        next.Snapshot().Anchors.Select(anchor => anchor.Boot).Should().Equal("boot-2");
        next.Prune(Some.Noon);
        next.Snapshot().Anchors.Select(anchor => anchor.Boot).Should().Equal("boot-2");
    }

    [Fact]
    public void Prune_WhileRowsWithoutInstantRemain_KeepsWhatDatesThem()
    {
        var clock = Clock("boot-1");
        using (var outbox = Open(clock))
        {
            Sample(outbox, clock);
            SetByATimeServer();
            Sample(outbox, clock);
        }

        using var next = Open(Clock("boot-2"));
        next.Prune(Some.Noon + TimeSpan.FromDays(1));

        next.Snapshot().Anchors.Should().ContainSingle(anchor => anchor.Boot == "boot-1");
    }

    [Fact]
    public void Append_AgentStartedAnewInTheSameBoot_WritesNoSecondAnchor()
    {
        SetByATimeServer();
        for (var run = 0; run < 3; run++)
        {
            var clock = Clock("boot-1");
            using var outbox = Open(clock);
            Sample(outbox, clock);
            outbox.Snapshot().Anchors.Should().HaveCount(1);
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Append_AfterATimeServerStepped_TellsBothAnchors()
    {
        SetByATimeServer();
        var clock = Clock("boot-1");
        using var outbox = Open(clock);
        Sample(outbox, clock);

        _time.Set(Some.Noon + TimeSpan.FromHours(1));
        Sample(outbox, clock);

        outbox.Snapshot().Anchors.Select(anchor => anchor.Utc).Should().Equal(Some.Noon, Some.Noon + TimeSpan.FromHours(1));
    }

    [Fact]
    public void Apply_CopyFoundOut_TheNewEpochStillTellsTheAnchorsOfItsRows()
    {
        var clock = Clock("boot-1");
        using var outbox = Open(clock);
        Sample(outbox, clock);
        SetByATimeServer();
        Sample(outbox, clock);

        outbox.Apply(Some.Ack(outbox, "1-9")).Should().Be(AckOutcome.Cloned);

        outbox.Snapshot().Anchors.Should().ContainSingle(anchor => anchor.Boot == "boot-1");
    }

    private DeviceClock Clock(string boot) => new(_time, boot, _authority, DeviceClock.DefaultFloor);

    private SqliteOutbox Open(DeviceClock clock) => SqliteOutbox.Open(_folder.File("outbox.db"), Some.Device, clock, NullLogger.Instance);

    private void SetByATimeServer()
    {
        _time.Set(Some.Noon);
        _authority.ErrorMs = 10;
    }

    private static void Sample(SqliteOutbox outbox, DeviceClock clock) =>
        outbox.Append([clock.Stamp(ProbeSample.Good(Some.Load, null, Celsius.FromMilli(4000)))]);
}
