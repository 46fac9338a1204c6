using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;
using ColdChain.Mqtt.Link;

namespace ColdChain.Edge.Tests.Uplink;

/// <summary>A copied outbox that comes to the network: its twin has delivered other readings under its numbers.</summary>
public sealed class CopiedOutboxTests
{
    [Fact]
    public async Task Copy_SendsNothingUnderNumbersThatMeanOtherReadings_AndDeliversAllInANewEpoch()
    {
        string epoch = "";
        await using var rig = new UplinkRig(
            options: UplinkRig.Quick with { AckTimeout = TimeSpan.FromSeconds(30) },
            prepare: (path, server) => epoch = Prepare(path, server, ownRows: 120));
        var packsOfTheTwin = rig.Server.Packs.Count;
        var own = Contents(rig.Outbox.Outstanding()).ToList();

        rig.Start();

        await Eventually.TrueAsync(() => rig.Outbox.Epoch != epoch && rig.Outbox.Snapshot().Unacked == 0);
        rig.Append(3);
        await Eventually.TrueAsync(() => rig.Outbox.LastSeq == 133 && rig.Outbox.Snapshot().Unacked == 0);
        Contents(rig.Server.Held).Should().Contain(own).And.HaveCount(133);
        rig.Server.Packs.Skip(packsOfTheTwin).Sum(pack => pack.Last - pack.First + 1).Should().Be(133, "each reading went out once, and none under an old number");
        rig.Server.Statuses.Where(status => status.Epoch == rig.Outbox.Epoch).Should().OnlyContain(status => status.Previous!.Epoch == epoch).And.NotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Copy_OverABadLink_DeliversAllInANewEpoch(int seed)
    {
        var faults = new LinkFaults { Breaks = 0.1, Forgets = 0.1, Duplicates = 0.1, LosesAcks = 0.2, DelaysAcks = 0.2 };
        string epoch = "";
        await using var rig = new UplinkRig(faults, seed, prepare: (path, server) =>
        {
            server.TakesContradictions = true; // When the first answers are lost, the live lane goes on without them.
            epoch = Prepare(path, server, ownRows: 60);
        });
        var own = Contents(rig.Outbox.Outstanding()).ToList();

        rig.Start();

        await Eventually.TrueAsync(() => rig.Outbox.Epoch != epoch && rig.Outbox.Snapshot().Unacked == 0);
        Contents(rig.Server.Held).Should().Contain(own);
    }

    /// <summary>An outbox of ten delivered rows; its twin delivered fifty more, and it has measured rows of its own since. Gives its epoch.</summary>
    private static string Prepare(string path, SimulatedServer server, int ownRows)
    {
        var original = path + ".original";
        using (var outbox = Some.Outbox(original))
        {
            outbox.Append(Some.Measurements(10));
            Deliver(outbox, server);
        }

        DatabaseCopy.Make(original, path);
        using (var outbox = Some.Outbox(original))
        {
            outbox.Append(Some.Measurements(50));
            Deliver(outbox, server);
        }

        using var copy = Some.Outbox(path);
        copy.Append([.. Enumerable.Range(0, ownRows).Select(row => Some.Measurement(9000 + row, Some.Noon + TimeSpan.FromHours(1) + TimeSpan.FromSeconds(row)))]);
        return copy.Epoch;
    }

    private static void Deliver(SqliteOutbox outbox, SimulatedServer server)
    {
        var rows = outbox.Unacknowledged(SeqRanges.Empty, 100);
        var answer = server.Receive(new MqttMessage(Topics.Up(Some.Device, UpKind.Live), PackCodec.Encode(new Pack(Some.Device, outbox.Epoch, rows))));
        ControlCodec.TryDecodeAck(answer!.Payload.Span, out var ack, out var error).Should().BeTrue(error);
        outbox.Apply(ack).Should().Be(AckOutcome.Obeyed);
    }

    private static IEnumerable<(ProbeId, Instant?, Celsius?)> Contents(IEnumerable<Reading> rows) =>
        rows.Select(row => (row.Probe, row.MeasuredAt, row.Value));
}
