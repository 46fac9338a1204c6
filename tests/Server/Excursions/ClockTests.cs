using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// The power goes at 12:00 and comes back at 13:00. The device starts with a clock that shows its last shutdown, and measures without a date
/// until a time server sets it at 15:00. From 14:00 to 14:30 it is 12 °C in the fridge.
/// </summary>
public sealed class ClockTests : IAsyncLifetime
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly Instant Morning = Some.At("2026-01-05T08:00:00Z");
    private static readonly Instant PowerCut = Some.At("2026-01-05T12:00:00Z");
    private static readonly Instant Restart = Some.At("2026-01-05T13:00:00Z");
    private static readonly Instant ClockSet = Some.At("2026-01-05T15:00:00Z");
    private static readonly Instant Evening = Some.At("2026-01-05T18:00:00Z");
    private static readonly ClockAnchor Anchor = new("boot-2", 7_200_000, ClockSet, 40);

    private readonly ManualTimeProvider _clock = new(Some.At("2026-01-05T18:01:00Z").ToDateTimeOffset());
    private IngestBench _bench = null!;
    private JudgingServer _server = null!;

    public async Task InitializeAsync()
    {
        _bench = await IngestBench.StartAsync(_clock);
        _server = new JudgingServer(_bench, _clock, JudgingServer.Plan(Unit, (Some.Probe, Morning, Instant.End)));
    }

    public async Task DisposeAsync()
    {
        _server.Dispose();
        await _bench.DisposeAsync();
    }

    [Theory]
    [InlineData("before, undated, anchor, after")]
    [InlineData("before, anchor, undated, after")]
    [InlineData("anchor, after, undated, before")]
    [InlineData("after, before, undated, anchor")]
    [InlineData("after, anchor, before, undated, anchor, undated")]
    public async Task Excursion_MeasuredWithoutADate_IsFoundAtItsTime_WheneverTheAnchorComes(string order)
    {
        foreach (var message in order.Split(", "))
        {
            await SendAsync(message);
            await _server.JudgeAsync();
        }

        await _server.JudgeAtLastAsync();
        var findings = _server.Findings(Unit);
        findings.Should().ContainSingle(found => found.Stretch.Side == Side.High).Which.Stretch.Start.Should().BeGreaterThanOrEqualTo(Some.At("2026-01-05T13:50:00Z"))
            .And.BeLessThanOrEqualTo(Some.At("2026-01-05T14:00:00Z"));
        _bench.Readings().Should().HaveCount(25 + 12 + 19).And.OnlyContain(reading => reading.MeasuredAt != null);
        _bench.Stream().LatestAt.Should().Be(Evening);
        Undated().Should().Be(default(UndatedReadings));
    }

    [Fact]
    public async Task NoAnchor_WhileTheBootGoesOn_IsUnknownAndAwaited()
    {
        await SendAsync("before");
        await SendAsync("undated");
        await _bench.SendAsync(Heartbeat("boot-2", 7_000_000));

        Undated().Should().Be(new UndatedReadings(Awaited: 12, Adrift: 0));
        await _server.JudgeAtLastAsync();
        _server.Findings(Unit).Should().ContainSingle().Which.Stretch.Should().Match<Stretch>(found => found.Side == Side.Unknown && found.Start == PowerCut);
    }

    [Fact]
    public async Task NoAnchorEver_TheTimeBetweenTheDatedReadingsIsUnknownAtOnce()
    {
        await SendAsync("before");
        await SendAsync("undated");
        await _bench.SendAsync(Heartbeat("boot-2", 7_000_000));
        await _bench.SendAsync(Heartbeat("boot-3", 1_000));
        await SendAsync("after");
        await _server.JudgeAsync();

        Undated().Should().Be(new UndatedReadings(Awaited: 0, Adrift: 12));
        _server.Findings(Unit).Should().ContainSingle().Which.Stretch.Should()
            .Match<Stretch>(found => found.Side == Side.Unknown && found.IsDeclaredLost && found.Start == PowerCut && found.End == ClockSet);
    }

    [Fact]
    public async Task Anchors_ThatContradictEachOther_LeaveNothingKnown_AndAreTold()
    {
        await SendAsync("before");
        await SendAsync("undated");
        await _bench.SendAsync(Heartbeat("boot-2", 7_200_000, Anchor, Anchor with { Mono = 7_300_000, Utc = ClockSet + TimeSpan.FromHours(1) }));
        await SendAsync("after");
        await _server.JudgeAtLastAsync();

        _bench.Events(EventKinds.ClockContradicted).Should().ContainSingle().Which.Payload.Should().Contain("boot-2").And.Contain("is unknown");
        _server.Findings(Unit).Where(found => found.Stretch.Side == Side.High).Should().NotBeEmpty("no claim of 12 °C may be overlooked")
            .And.OnlyContain(found => found.Stretch.IsConflict, "nobody knows when it was");
    }

    [Fact]
    public async Task Anchor_OfABatteryThatATimeServerContradicts_CountsNoMore()
    {
        await SendAsync("before");
        await SendAsync("undated");
        await _bench.SendAsync(Heartbeat("boot-2", 60_000, new ClockAnchor("boot-2", 30_000, Restart + TimeSpan.FromHours(2), 300_000)));
        await _server.JudgeAsync();
        await _bench.SendAsync(Heartbeat("boot-2", 7_200_000, Anchor));
        await SendAsync("after");
        await _server.JudgeAtLastAsync();

        _bench.Events(EventKinds.ClockContradicted).Should().BeEmpty();
        _server.Findings(Unit).Should().ContainSingle(found => found.Stretch.Side == Side.High).Which.Stretch.Start.Should().BeLessThanOrEqualTo(Some.At("2026-01-05T14:00:00Z"));
    }

    [Fact]
    public async Task Anchor_AheadOfTheServersClock_IsRefused_AndTakenWhenThatIsRight()
    {
        await SendAsync("before");
        await SendAsync("undated");
        _clock.Advance(TimeSpan.FromMinutes(1));
        var ahead = Anchor with { Utc = Instant.Now(_clock) + TimeSpan.FromMinutes(12) };
        await _bench.SendAsync(Heartbeat("boot-2", 7_200_000, ahead));

        _bench.Events(EventKinds.AnchorRefused).Should().ContainSingle().Which.Payload.Should().Contain("set the clock of the device or of the server");
        _bench.Readings().Should().HaveCount(25);

        _clock.Advance(TimeSpan.FromMinutes(5));
        await _bench.SendAsync(Heartbeat("boot-2", 7_200_001, ahead));
        _bench.Readings().Should().HaveCount(25 + 12);
    }

    [Fact]
    public async Task Reading_WhoseMonotonicTimeIsNonsense_IsNeverDatedInTheFuture()
    {
        await _bench.SendAsync(Some.PackOf(Some.Reading(1) with { MeasuredAt = null, Boot = "boot-2", Mono = 9_007_199_254_740_991 }));
        await _bench.SendAsync(Some.PackOf(Some.Reading(2) with { MeasuredAt = null, Boot = "boot-2", Mono = 7_200_000 + 86_400_000 }));
        await _bench.SendAsync(Heartbeat("boot-2", 7_200_000, Anchor));

        _bench.Readings().Should().BeEmpty();
        _bench.Stream().LatestAt.Should().BeNull();
    }

    [Fact]
    public async Task Conflict_OfReadingsWithoutADate_ContestsThePlaceThatTheAnchorGives()
    {
        await SendAsync("before");
        await SendAsync("undated");
        await _bench.SendAsync(Some.PackOf(Undated(26 + 3) with { Value = Celsius.FromMilli(12_000) }));
        await _bench.SendAsync(Heartbeat("boot-2", 7_200_000, Anchor));
        await SendAsync("after");
        await _server.JudgeAtLastAsync();

        _server.Findings(Unit).Should().ContainSingle(found => found.Stretch.IsConflict).Which.Stretch.Start.Should().Be(Restart + TimeSpan.FromMinutes(30));
    }

    private Task SendAsync(string message) => message switch
    {
        "before" => _bench.SendAsync(PackOf(1, 25, Dated)), // 8:00 to 12:00
        "undated" => _bench.SendAsync(PackOf(26, 37, Undated)), // 13:00 to 14:50
        "after" => _bench.SendAsync(PackOf(38, 56, Dated)), // 15:00 to 18:00
        "anchor" => _bench.SendAsync(Heartbeat("boot-2", 7_200_000, Anchor)),
        _ => throw new ArgumentException(message),
    };

    private UndatedReadings Undated() => _bench.Store.Read(session => UndatedReadings.Of(session, Some.Device, DeviceStreams.Of(session, Some.Device)));

    private static Pack PackOf(int first, int last, Func<int, Reading> reading) => Some.PackOf([.. Enumerable.Range(first, last - first + 1).Select(reading)]);

    private static Reading Dated(int seq) => Some.Reading(seq, "4", at: seq < 38 ? Morning + TimeSpan.FromMinutes(10 * (seq - 1)) : ClockSet + TimeSpan.FromMinutes(10 * (seq - 38)));

    private static Reading Undated(int seq)
    {
        var at = Restart + TimeSpan.FromMinutes(10 * (seq - 26));
        var isWarm = at >= Some.At("2026-01-05T14:00:00Z") && at <= Some.At("2026-01-05T14:30:00Z");
        return Some.Reading(seq, isWarm ? "12" : "4") with { MeasuredAt = null, Boot = "boot-2", Mono = (at - Restart).Ticks / TimeSpan.TicksPerMillisecond };
    }

    private static Status Heartbeat(string boot, long mono, params ClockAnchor[] anchors) =>
        new(Some.Epoch, null, boot, mono, 56, 0, 0, 1, "test", [], null) { Anchors = anchors };
}
