using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Tests.Support;
using ColdChain.Edge.Uplink;

namespace ColdChain.Edge.Tests.Uplink;

public sealed class TwoLaneUplinkTests
{
    [Fact]
    public async Task NewRow_WhileConnected_GoesUpTheLiveLane()
    {
        await using var rig = new UplinkRig().Start();
        await Eventually.TrueAsync(() => rig.Server.Statuses.Count > 0);

        rig.Append(1);
        await rig.UntilDeliveredAsync();

        rig.Server.Packs.Should().Equal((UpKind.Live, 1L, 1L));
    }

    [Fact]
    public async Task Backlog_AtTheStart_GoesUpOldestFirstWhileTheNewestGoLive()
    {
        await using var rig = new UplinkRig();
        rig.Append(1000);
        rig.Start();
        await rig.UntilDeliveredAsync();

        var packs = rig.Server.Packs;
        packs.First(pack => pack.Kind == UpKind.Live).Should().Be((UpKind.Live, 951L, 1000L));
        packs.Where(pack => pack.Kind == UpKind.Backfill).Select(pack => pack.First).Should().BeInAscendingOrder().And.StartWith(1);
    }

    [Fact]
    public async Task Start_Always_SendsAStatusBeforeAnyPack()
    {
        await using var rig = new UplinkRig();
        rig.Append(7);
        rig.Server.Silent = true;
        rig.Start();
        await Eventually.TrueAsync(() => rig.Server.Packs.Count > 0);

        rig.Server.Statuses[0].Should().BeEquivalentTo(
            new { rig.Outbox.Epoch, LastSeq = 7, OldestUnacked = 1, Unacked = 7, ForeignStore = (string?)null });
    }

    [Fact]
    public async Task PubackAlone_NeverMarksARowDelivered_AndIsFollowedByAnotherAttempt()
    {
        await using var rig = new UplinkRig();
        rig.Server.Silent = true;
        rig.Append(3);
        rig.Start();
        await Eventually.TrueAsync(() => rig.Server.Packs.Count >= 3);
        rig.Outbox.Snapshot().Unacked.Should().Be(3);

        rig.Server.Silent = false;
        await rig.UntilDeliveredAsync();
    }

    [Fact]
    public async Task LiveRow_ThatIsNeverAcknowledged_BecomesBacklogWithNothingElseHappening()
    {
        await using var rig = new UplinkRig().Start();
        rig.Append(1);
        await rig.UntilDeliveredAsync();

        rig.Link.Faults = new LinkFaults { LosesAcks = 1 };
        rig.Append(1);

        await Eventually.TrueAsync(() => rig.Server.Packs.Contains((UpKind.Backfill, 2, 2)));
    }

    [Fact]
    public async Task ServerRestoredFromABackup_GetsTheMissingRowsAgain()
    {
        await using var rig = new UplinkRig().Start();
        rig.Append(500);
        await rig.UntilDeliveredAsync();

        rig.Server.RestoreBackup(upTo: 120);
        rig.Append(1); // The next statement tells how little the server has.
        await rig.UntilDeliveredAsync();

        rig.Server.Held.Should().HaveCount(501);
    }

    [Fact]
    public async Task AnotherStore_ThatAnswers_IsNeverBelievedAndIsReported()
    {
        await using var rig = new UplinkRig(options: UplinkRig.Quick with { HeartbeatEvery = TimeSpan.FromMilliseconds(20) }).Start();
        rig.Append(1);
        await rig.UntilDeliveredAsync();

        rig.Server.Store = "store-2";
        rig.Append(1);
        await Eventually.TrueAsync(() => rig.Outbox.Snapshot().ForeignStore == "store-2");
        rig.Outbox.Snapshot().Unacked.Should().Be(1);

        rig.Progress.Mark();
        await Eventually.TrueAsync(() => rig.Server.Statuses.Any(status => status.ForeignStore == "store-2"));
    }

    [Fact]
    public async Task Supervision_IsThereWhenTheStoreStates_AndNotForAConnection()
    {
        await using var rig = new UplinkRig();
        rig.Server.Silent = true;
        rig.Append(1);
        rig.Start();
        await Eventually.TrueAsync(() => rig.Server.Packs.Count > 0);
        rig.Supervision.IsThere.Should().BeFalse("it was taken by a broker, and nobody has stated that it is stored");

        rig.Server.Silent = false;
        await rig.UntilDeliveredAsync();
        await Eventually.TrueAsync(() => rig.Supervision.IsThere);
    }

    [Fact]
    public async Task RowsAppendedWhileCut_AreDeliveredAfterTheConnectionIsBack()
    {
        await using var rig = new UplinkRig().Start();
        rig.Append(1);
        await rig.UntilDeliveredAsync();

        rig.Link.Cut();
        rig.Append(200);
        rig.Link.Restore();

        await rig.UntilDeliveredAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task BadNetwork_OfEveryKindAtOnce_LosesNothingAndChangesNothing(int seed)
    {
        var faults = new LinkFaults { Breaks = 0.15, Forgets = 0.15, Duplicates = 0.2, LosesAcks = 0.2, DelaysAcks = 0.3 };
        await using var rig = new UplinkRig(faults, seed);
        rig.Append(1500);
        rig.Start();
        for (var i = 0; i < 100; i++)
        {
            rig.Append(1);
            await Task.Yield();
            if (i == 50)
            {
                rig.Server.RestoreBackup(upTo: 300);
            }
        }

        await Eventually.TrueAsync(() => rig.Server.Held.Count == 1600);
        rig.Link.Faults = new LinkFaults(); // After the faults stop, the outbox learns that everything arrived.
        rig.Append(1);
        await rig.UntilDeliveredAsync();

        await rig.StopAsync();
        rig.Server.Held.Should().Equal(rig.Outbox.Everything());
    }

    [Fact]
    public async Task UnacknowledgedPacks_AreNeverMoreThanTheWindows()
    {
        await using var rig = new UplinkRig(options: UplinkRig.Quick with
        {
            AckTimeout = TimeSpan.FromMinutes(10),
            HeartbeatEvery = TimeSpan.FromMilliseconds(20),
            WindowPacks = 3,
            PackReadingsMax = 10,
        });
        rig.Start();
        await Eventually.TrueAsync(() => rig.Server.Statuses.Count > 0);
        rig.Server.Silent = true;

        for (var beat = 2; beat < 10; beat++)
        {
            rig.Append(100);
            rig.Progress.Mark();
            await Eventually.TrueAsync(() => rig.Server.Statuses.Count >= beat);
        }

        await Eventually.TrueAsync(() => rig.Server.Packs.Count(pack => pack.Kind == UpKind.Backfill) >= 3);
        rig.Server.Packs.GroupBy(pack => pack.Kind).Should().HaveCount(2).And.OnlyContain(lane => lane.Count() <= 3);
    }

    [Fact]
    public void Packs_OfLargeReadings_StayUnderTheByteLimit()
    {
        var readings = Enumerable.Range(1, 50).Select(seq => new Reading
        {
            Key = new ReadingKey(Some.Device, new string('a', 32), seq),
            Probe = Some.Load,
            MeasuredAt = Some.Noon + TimeSpan.FromSeconds(seq),
            Fault = new string('f', 60),
            RawFrame = new string('A', 100),
        }).ToList();

        var (pack, payload) = PackBuilder.Build(readings, bytesMax: 2000);

        payload.Length.Should().BeLessThanOrEqualTo(2000);
        pack.Readings.Should().Equal(readings.Take(pack.Readings.Count)).And.HaveCountGreaterThan(1);
    }
}
