using ColdChain.Core.Alerting;
using ColdChain.Core.People;
using ColdChain.Server.Alerts;
using ColdChain.Server.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Server.Tests.Alerts;

public sealed class OnCallWatchTests
{
    [Fact]
    public async Task Gap_WithinThreeDays_IsAnAdvisoryIncident_AndIsOverOnceItIsFilled()
    {
        await using var scene = await AlertScene.OpenAsync(sites: 2);
        await scene.AddAsync("amina", Duty.First, Scope.Site("site-1"));
        await scene.WorkAsync();
        using var watch = new OnCallWatch(scene.Store, scene.Fleet, scene.Options, scene.Clock, NullLogger<OnCallWatch>.Instance);

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);

        var row = scene.Open().Should().ContainSingle().Which;
        (row.Cause.ToString(), row.State.Severity, row.Since).Should().Be(("on-call-gap:site-2", Severity.Advisory, scene.Clock.Now));
        scene.Events(EventKinds.OnCallGap).Should().ContainSingle();
        await scene.AddAsync("karim", Duty.First, Scope.Site("site-2"));
        await watch.LookAsync(CancellationToken.None);
        scene.Open()[0].State.OverAt.Should().NotBeNull();
    }

    [Fact]
    public async Task Gap_ThatBeginsLater_IsAnnouncedAhead()
    {
        await using var scene = await AlertScene.OpenAsync();
        await scene.AddAsync("amina", Duty.First);
        await scene.WorkAsync();
        using var watch = new OnCallWatch(scene.Store, scene.Fleet, scene.Options, scene.Clock, NullLogger<OnCallWatch>.Instance);

        scene.Clock.Now += TimeSpan.FromDays(27) - TimeSpan.FromMilliseconds(1);
        await watch.LookAsync(CancellationToken.None);
        scene.Open().Should().BeEmpty();
        scene.Clock.Now += TimeSpan.FromMilliseconds(2);
        await watch.LookAsync(CancellationToken.None);

        scene.Open().Should().ContainSingle();
    }

    [Fact]
    public async Task Server_ThatReachesNobody_HasNoGaps()
    {
        await using var scene = await AlertScene.OpenAsync(1, 2, usual => usual with { Smtp = null, Sms = null, Voice = null });
        await scene.WorkAsync();
        using var watch = new OnCallWatch(scene.Store, scene.Fleet, scene.Options, scene.Clock, NullLogger<OnCallWatch>.Instance);

        await watch.LookAsync(CancellationToken.None);

        scene.Open().Should().BeEmpty();
    }
}
