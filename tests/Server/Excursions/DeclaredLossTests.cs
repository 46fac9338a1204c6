using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>Rows that a device declares lost will never explain the silence: it is a ground to hold at once.</summary>
public sealed class DeclaredLossTests : FourHoursOfAFridge
{
    private static readonly Gone[] Rows4To20 = [new(4, 20, "the card died")];

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Silence_OfAHundredMinutes_IsAGroundWhenItsRowsAreGone(bool declared, int findings)
    {
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20)));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 21, At(120), At(240)));
        await Server.JudgeAsync();
        if (declared)
        {
            await Bench.SendAsync(JudgingServer.Heartbeat(Ingest.Some.Epoch, 33, Rows4To20));
        }

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Select(finding => (finding.Stretch.Side, finding.Stretch.IsDeclaredLost)).Should().Equal(Enumerable.Repeat((Side.Unknown, true), findings));
        Server.Holds(Unit).Should().HaveCount(findings);
    }

    [Fact]
    public async Task Loss_BeforeRowsWithoutAnInstant_IsNoGroundForWhatIsUnknownLater()
    {
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20)));
        await Bench.SendAsync(JudgingServer.PackAt(Probe, 21, Ingest.Some.Epoch, null, null, At(30), At(40)));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 25, At(140), At(240)));
        await Bench.SendAsync(JudgingServer.Heartbeat(Ingest.Some.Epoch, 35, Rows4To20));

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty("the hundred minutes after minute 40 have nothing to do with what was lost before minute 30");
    }

    [Fact]
    public async Task Loss_AfterRowsWithoutAnInstant_IsAGround()
    {
        await Bench.SendAsync(JudgingServer.PackAt(Probe, 1, Ingest.Some.Epoch, At(0), null, null));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 21, At(100), At(240)));
        await Bench.SendAsync(JudgingServer.Heartbeat(Ingest.Some.Epoch, 35, Rows4To20));

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Select(finding => (finding.Stretch.Start, finding.Stretch.End)).Should().Equal((At(0), At(100)));
    }

    [Fact]
    public async Task Loss_ThatNoLaterReadingEnds_IsAGroundUntilThePresent()
    {
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20)));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 21, At(30), At(100)));
        await Bench.SendAsync(JudgingServer.Heartbeat(Ingest.Some.Epoch, 28, [new Gone(29, 30, "the card died")]));

        await Server.JudgeAsync();

        Server.Findings(Unit).Should().ContainSingle().Which.Stretch.Should().Match<Stretch>(s => s.Start == At(100) && s.End == null && s.IsDeclaredLost);
    }

    [Fact]
    public async Task Loss_OfRowsThatComeAfterAll_IsNoGroundAnyMoreInAnyStorageUnitOfTheDevice()
    {
        var deep = new ProbeId(Probe.Device, "deep");
        var other = new StorageUnitId("fridge-2");
        await using var bench = await IngestBench.StartAsync(Clock, IngestBench.FleetOf(TwoFridges.Fleet));
        using var server = new JudgingServer(bench, Clock, JudgingServer.Plan(Unit, (Probe, At(0), Instant.End)), JudgingServer.Plan(other, (deep, At(0), Instant.End)));
        await bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20)));
        await bench.SendAsync(JudgingServer.Pack(Probe, 21, At(120), At(240)));
        await bench.SendAsync(JudgingServer.Heartbeat(Ingest.Some.Epoch, 33, Rows4To20));
        await server.JudgeAtLastAsync();
        server.Findings(Unit).Should().ContainSingle();

        await bench.SendAsync(JudgingServer.PackAt(deep, 4, Ingest.Some.Epoch, [.. Enumerable.Range(4, 17).Select(seq => (Instant?)At(seq * 5))]));
        await server.JudgeAsync();

        server.Findings(Unit).Should().BeEmpty("what was lost is here, and was of the other fridge's probe");
        server.Holds(Unit).Should().ContainSingle().Which.State.Should().Be(HoldWords.GroundRemoved);
    }
}
