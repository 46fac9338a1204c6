using ColdChain.Edge.Tests.Support;
using ColdChain.Edge.Uplink;

namespace ColdChain.Edge.Tests.Uplink;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);

    private readonly ManualTime _time = new(Some.Noon);

    [Fact]
    public async Task Heartbeat_WhileSamplingMakesProgress_GoesOutAtMostOncePerInterval()
    {
        await using var rig = await ConnectedAsync();

        for (var beat = 2; beat <= 4; beat++)
        {
            await NextHeartbeatAsync(rig, beat);
        }

        rig.Server.Statuses.Select(status => status.At).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder().And.StartWith(Some.Noon.ToString());
        rig.Server.Statuses[^1].Boot.Should().Be("boot-1");
    }

    [Fact]
    public async Task Heartbeat_WithoutProgress_IsWithheldUntilThereIsSome()
    {
        await using var rig = await ConnectedAsync();

        for (var interval = 0; interval < 5; interval++)
        {
            await _time.UntilSomeoneWaitsAsync();
            _time.Advance(Interval);
        }

        await _time.UntilSomeoneWaitsAsync();
        rig.Server.Statuses.Should().HaveCount(1, "only the status of the connection has gone out");

        await NextHeartbeatAsync(rig, beat: 2);
    }

    [Fact]
    public async Task Heartbeat_OfASlowProbe_GoesOutBetweenItsSamples_AndEndsWhenNoMoreCome()
    {
        await using var rig = await ConnectedAsync(progressWithin: 5 * Interval);
        rig.Progress.Mark();

        for (var beat = 2; beat <= 6; beat++)
        {
            await StepAsync(() => rig.Server.Statuses.Count >= beat);
        }

        var silentFrom = _time.Now();
        await StepAsync(() => _time.Now() - silentFrom > 10 * Interval);
        rig.Server.Statuses.Should().HaveCount(6, "the connection's, and one in each of the five intervals");
    }

    // In small steps, so that the clock does not run away from the lane that waits for it.
    private Task StepAsync(Func<bool> until) => Eventually.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(2));
        return until();
    });

    private async Task<UplinkRig> ConnectedAsync(TimeSpan? progressWithin = null)
    {
        var options = new UplinkOptions { HeartbeatEvery = Interval, ProgressWithin = progressWithin ?? Interval };
        var rig = new UplinkRig(time: _time, options: options).Start();
        await Eventually.TrueAsync(() => rig.Server.Statuses.Count == 1);
        return rig;
    }

    // The lane may not wait for the clock yet when it is moved, or still be publishing, so it is moved until the heartbeat is there.
    private Task NextHeartbeatAsync(UplinkRig rig, int beat) => Eventually.TrueAsync(() =>
    {
        rig.Progress.Mark();
        _time.Advance(Interval);
        return rig.Server.Statuses.Count >= beat;
    });
}
