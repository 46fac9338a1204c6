using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>Live readings come before the backlog: an excursion may be found at its end first, and what holds for it must then begin with it.</summary>
public sealed class LateStartTests
{
    private static readonly ProbeId Probe = new(new DeviceId("pi-001"), "load");

    [Fact]
    public async Task Hold_OfAnExcursionThatBeganEarlierThanWasKnown_BeginsWithIt()
    {
        var unit = new StorageUnitId("fridge-1");
        var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
        var from = Instant.Now(clock) - TimeSpan.FromHours(2);
        await using var bench = await IngestBench.StartAsync();
        using var server = new JudgingServer(bench, clock, JudgingServer.Plan(unit, (Probe, from, Instant.End)));

        await bench.SendAsync(Warm(7, from + TimeSpan.FromMinutes(60), from + TimeSpan.FromMinutes(90)));
        await server.JudgeAsync();
        server.Holds(unit).Should().ContainSingle().Which.Since.Should().Be(from + TimeSpan.FromMinutes(60));

        await bench.SendAsync(Warm(1, from, from + TimeSpan.FromMinutes(50)));
        await server.JudgeAsync();
        server.Findings(unit).Should().ContainSingle().Which.Stretch.Start.Should().Be(from);
        server.Holds(unit).Select(hold => (hold.Since, hold.State)).Should().Equal((from, HoldWords.Held));
    }

    private static Pack Warm(long first, Instant from, Instant to)
    {
        var pack = JudgingServer.Pack(Probe, first, from, to);
        return pack with { Readings = [.. pack.Readings.Select(reading => reading with { Value = Celsius.FromMilli(9000) })] };
    }
}
