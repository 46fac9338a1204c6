using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>
/// A device begins a new outbox after a hundred minutes of which nothing is known. What the old one owed is lost like rows that are declared
/// lost, unless the new one carried it over; an old one that owed nothing leaves nothing but a silence.
/// </summary>
public sealed class OutboxLossTests : FourHoursOfAFridge
{
    private const string Old = Ingest.Some.Epoch;
    private const string New = Ingest.Some.OtherEpoch;
    private const string Third = "cccccccccccccccccccccccccccccccc";

    [Fact]
    public async Task Outbox_ThatOwedNothing_LeavesASilenceThatTheRuleAllows()
    {
        await OldAsync(announced: 3);
        await NewAsync(previous: null);

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty();
        Streams().Owing.Should().BeEmpty();
    }

    [Fact]
    public async Task Outbox_ThatOwedReadings_IsAGroundAtOnceWhenANewOneBegins()
    {
        await OldAsync(announced: 9);
        await Server.JudgeAtLastAsync();
        Server.Findings(Unit).Should().BeEmpty("it may still deliver them");
        Streams().Owing.Should().ContainSingle();

        await NewAsync(previous: null);
        await Server.JudgeAsync();

        IsTheGround();
        Streams().Owing.Should().BeEmpty("nobody delivers them any more");
    }

    [Fact]
    public async Task Outbox_ThatOwedReadings_IsADoubtUntilTheNewOneHasSpokenOfItself()
    {
        await OldAsync(announced: 9);
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(120), At(240), New));

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty();
        Streams().Owing.Select(stream => stream.Epoch).Should().Equal(Old);
    }

    [Fact]
    public async Task Outbox_WithAHoleInTheMiddle_IsAGroundThereOnceItIsOver()
    {
        await Bench.SendAsync(JudgingServer.Heartbeat(Old, 15));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20), Old));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 13, At(120), At(140), Old));
        await Server.JudgeAtLastAsync();
        Server.Findings(Unit).Should().BeEmpty("it may still deliver them");
        await Bench.SendAsync(JudgingServer.Heartbeat(New, 0));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(150), At(240), New));

        await Server.JudgeAtLastAsync();

        IsTheGround();
    }

    [Fact]
    public async Task Outbox_CarriedOver_IsNoGround_AndOwesNothingOnceTheReadingsHaveComeUnderTheirNewNumbers()
    {
        await OldAsync(announced: 12);
        await Bench.SendAsync(JudgingServer.Heartbeat(New, 22, previous: new PreviousOutbox(Old, SeqRanges.Of(4, 12), Unread: false)));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 10, At(120), At(240), New));
        await Server.JudgeAsync();
        Server.Findings(Unit).Should().BeEmpty("they are on their way");
        Streams().Owing.Select(stream => (stream.Epoch, stream.Owed().ToString())).Should().Equal((New, "1-9"));

        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(30), At(110), New), UpKind.Backfill);
        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty();
        Streams().Owing.Should().BeEmpty();
        Bench.Store.Read(session => UnitStateStore.Find(session, Unit))!.Status.Should().Be("in-range");
    }

    [Fact]
    public async Task Outbox_ThatGoesOnWithAllItsRows_IsTheLaterOne_ThoughItsOldestReadingsComeFirst()
    {
        await Bench.SendAsync(JudgingServer.Heartbeat(Old, 13));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(120), Old));
        await Bench.SendAsync(JudgingServer.Heartbeat(New, 25, previous: new PreviousOutbox(Old, SeqRanges.Of(1, 13), Unread: false)) with { At = $"{At(125)}" });
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20), New), UpKind.Backfill);
        await Server.JudgeAsync();
        Streams().Losses.Should().BeEmpty("what the new one owes is on its way");
        Server.Findings(Unit).Should().BeEmpty();

        await Bench.SendAsync(JudgingServer.Pack(Probe, 4, At(30), At(240), New), UpKind.Backfill);
        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty("the same sample in two epochs counts once");
    }

    [Fact]
    public async Task Outbox_CarriedOverInPart_IsAGroundForTheRest()
    {
        await OldAsync(announced: 12);
        await NewAsync(new PreviousOutbox(Old, SeqRanges.Of(4, 6), Unread: false));

        await Server.JudgeAsync();

        IsTheGround();
    }

    [Fact]
    public async Task Outbox_ThatCouldNotBeRead_IsAGroundThoughItHadAnnouncedNothing()
    {
        await OldAsync(announced: 3);
        await NewAsync(new PreviousOutbox(null, SeqRanges.Empty, Unread: true));

        await Server.JudgeAsync();

        IsTheGround();
    }

    [Fact]
    public async Task Outbox_FoundAgain_RemovesTheGround_AndTheHoldStaysForAPerson()
    {
        await OldAsync(announced: 12);
        await NewAsync(previous: null);
        await Server.JudgeAsync();
        IsTheGround();

        await Bench.SendAsync(JudgingServer.Pack(Probe, 4, At(30), At(110), Old), UpKind.Backfill);
        await Server.JudgeAsync();

        Server.Findings(Unit).Should().BeEmpty();
        Server.Holds(Unit).Should().ContainSingle().Which.State.Should().Be(HoldWords.GroundRemoved);
    }

    [Fact]
    public async Task Loss_OfAnOutboxThatIsOver_IsNoGroundForWhatIsUnknownInTheNextOne()
    {
        await OldAsync(announced: 9);
        await Bench.SendAsync(JudgingServer.Heartbeat(New, 7));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(30), At(60), New));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 5, At(160), At(240), New));

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty("the rows were lost between minutes 20 and 30");
    }

    [Fact]
    public async Task Loss_OfTwoOutboxesInARow_IsNoGroundForWhatIsUnknownInTheThird()
    {
        var unread = new PreviousOutbox(null, SeqRanges.Empty, Unread: true);
        await OldAsync(announced: 3);
        await Bench.SendAsync(JudgingServer.Heartbeat(New, 0, previous: unread) with { At = At(25).ToString() });
        await Bench.SendAsync(JudgingServer.Heartbeat(Third, 13, previous: unread));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(30), At(60), Third));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 5, At(160), At(240), Third));

        await Server.JudgeAtLastAsync();

        Server.Findings(Unit).Should().BeEmpty("what both lost was measured between minutes 20 and 30");
    }

    private void IsTheGround()
    {
        var found = Server.Findings(Unit).Should().ContainSingle().Subject.Stretch;
        (found.Side, found.Start, found.End, found.IsDeclaredLost).Should().Be((Side.Unknown, At(20), At(120), true));
        Server.Holds(Unit).Should().ContainSingle().Which.State.Should().Be(HoldWords.Held);
    }

    private async Task OldAsync(long announced)
    {
        await Bench.SendAsync(JudgingServer.Heartbeat(Old, announced));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(0), At(20), Old));
        await Server.JudgeAsync();
    }

    private async Task NewAsync(PreviousOutbox? previous)
    {
        await Bench.SendAsync(JudgingServer.Heartbeat(New, 13, previous: previous));
        await Bench.SendAsync(JudgingServer.Pack(Probe, 1, At(120), At(240), New));
    }

    private DeviceStreams Streams() => Bench.Store.Read(session => DeviceStreams.Of(session, Probe.Device));
}
