using ColdChain.Edge.Tests.Support;
using ColdChain.Edge.Uplink;

namespace ColdChain.Edge.Tests.Uplink;

public sealed class HeartbeatTests
{
    private readonly ManualTime _time = new(Some.Noon);

    [Fact]
    public async Task Heartbeat_WhileSamplingMakesProgress_GoesOutEveryInterval()
    {
        await using var rig = await ConnectedAsync();

        for (var beat = 2; beat <= 4; beat++)
        {
            rig.Progress.Mark();
            await NextIntervalAsync();
            await Eventually.TrueAsync(() => rig.Server.Statuses.Count == beat);
        }

        rig.Server.Statuses[^1].Should().BeEquivalentTo(new { At = "2026-11-22T12:03:00.000Z", Boot = "boot-1" });
    }

    [Fact]
    public async Task Heartbeat_WithoutProgress_IsWithheldUntilThereIsSome()
    {
        await using var rig = await ConnectedAsync();

        await NextIntervalAsync();
        await NextIntervalAsync();
        await _time.UntilSomeoneWaitsAsync();
        rig.Server.Statuses.Should().HaveCount(1, "only the status of the connection has gone out");

        rig.Progress.Mark();
        await NextIntervalAsync();
        await Eventually.TrueAsync(() => rig.Server.Statuses.Count == 2);
    }

    private async Task<UplinkRig> ConnectedAsync()
    {
        var rig = new UplinkRig(time: _time, options: new UplinkOptions()).Start();
        await Eventually.TrueAsync(() => rig.Server.Statuses.Count == 1);
        return rig;
    }

    private async Task NextIntervalAsync()
    {
        await _time.UntilSomeoneWaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(60));
    }
}
