using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests;

/// <summary>What systemd's watchdog hangs on.</summary>
public sealed class ServerWorkTests
{
    [Fact]
    public async Task Work_OfAnIdleServer_GoesOn()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();
        var work = new ServerWork(server.App.Evaluator, server.App.Store);

        for (var i = 0; i < 3; i++)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(work.HasGoneOn()));
        }
    }

    [Fact]
    public async Task Work_WithoutTheEvaluator_StandsStill()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();
        var work = new ServerWork(server.App.Evaluator, server.App.Store);
        await server.App.Evaluator.StopAsync(CancellationToken.None);
        work.HasGoneOn();

        work.HasGoneOn().Should().BeFalse();
    }

    [Fact]
    public async Task Work_WithAWriterThatHangs_StandsStill_ThoughTheEvaluatorGoesOn()
    {
        await using var scene = await Scene.OpenAsync();
        await using var server = await scene.ServeAsync();
        var work = new ServerWork(server.App.Evaluator, server.App.Store);
        await Eventually.HoldsAsync(() => Task.FromResult(IsJudged(server))); // From here on the evaluator has nothing to write.
        await using (await BusyWriter.StartAsync(server.App.Store))
        {
            work.HasGoneOn();
            var steps = server.App.Evaluator.Steps;
            await Eventually.HoldsAsync(() => Task.FromResult(server.App.Evaluator.Steps > steps));

            work.HasGoneOn().Should().BeFalse();
        }

        await Eventually.HoldsAsync(() => Task.FromResult(work.HasGoneOn()));
    }

    private static bool IsJudged(ServedScene server) => server.App.Store.Read(session =>
        MarkStore.Pending(session).Count == 0 && UnitStateStore.All(session).Count == server.App.Fleet.Units.Count);
}
