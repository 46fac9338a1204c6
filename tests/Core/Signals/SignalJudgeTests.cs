using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using static ColdChain.Core.Tests.Signals.SignalSeries;

namespace ColdChain.Core.Tests.Signals;

public sealed class SignalJudgeTests
{
    private static readonly TimeSpan MaxGap = TimeSpan.FromMinutes(15);
    private static readonly SignalRule Door = SignalRule.Of(SignalKind.Door, null, MaxGap);
    private static readonly SignalRule Mains = SignalRule.Of(SignalKind.Mains, null, MaxGap);
    private static readonly SignalRule Platelets = SignalRule.Of(SignalKind.Agitation, isAgitated: true, MaxGap);
    private static readonly SignalRule Granulocytes = SignalRule.Of(SignalKind.Agitation, isAgitated: false, MaxGap);

    [Theory]
    [InlineData("0:off 5:on 8:off", "DoorOpen 5-8 raised 8")]
    [InlineData("0:off 5:on 7.99:off", "")]
    [InlineData("0:off 5:on 10:on 17:off", "DoorOpen 5-17 raised 8")]
    [InlineData("0:on 4:off", "DoorOpen 0-4 raised 3")]
    public void Door_OpenForItsDelay_IsToldFromItsOpening(string series, string told) => Told(series, Door).Should().Equal(Lines(told));

    [Theory]
    [InlineData(7.9, "")]
    [InlineData(8, "DoorOpen 5- raised 8 open")]
    [InlineData(20, "DoorOpen 5- raised 8 open")]
    public void Door_StillOpen_IsToldWhenItsDelayIsOver(double now, string told) => Told("0:off 5:on", Door, now).Should().Equal(Lines(told));

    [Fact]
    public void Mains_Away_IsToldAfterAMinute() => Told("0:on 10:off 10.5:on 20:off 21:on", Mains).Should().Equal("MainsLost 20-21 raised 21");

    [Fact]
    public void Agitation_Stopped_IsToldAtOnce() => Told("0:on 10:off 10.5:on", Platelets).Should().Equal("AgitationStopped 10-10.5 raised 10");

    [Fact]
    public void Agitation_OfWhatMustNotMove_IsToldWhileItRuns() =>
        Told("0:off 10:on 12:off", Granulocytes).Should().Equal("AgitationRunning 10-12 raised 10");

    [Fact]
    public void Agitation_OfAnIndifferentProduct_IsNotTold() =>
        Told("0:off 10:on 60:off", SignalRule.Of(SignalKind.Agitation, null, MaxGap), now: 100).Should().BeEmpty();

    [Theory]
    [InlineData("0:on 15:on", "")]
    [InlineData("0:on 15.001:on", "AgitationUnknown 0-15.001 raised 15")]
    [InlineData("0:off 10:off 40:on", "AgitationStopped 0-10 raised 0;AgitationUnknown 10-40 raised 25")]
    [InlineData("0:off 40:off 41:on", "AgitationStopped 0-0 raised 0;AgitationUnknown 0-40 raised 15;AgitationStopped 40-41 raised 40")]
    public void Silence_LongerThanTheLargestGap_IsUnknown(string series, string told) => Told(series, Platelets).Should().Equal(Lines(told));

    [Fact]
    public void FirstReading_AfterTheBeginning_LeavesTheTimeBeforeUnknown() =>
        Told("2:on", Platelets).Should().Equal("AgitationUnknown 0-2 raised 2");

    [Theory]
    [InlineData("0:on 5:x 10:on", "")]
    [InlineData("0:on 5:x 6:x 10:off 12:on", "AgitationUnknown 5-10 raised 10;AgitationStopped 10-12 raised 10")]
    [InlineData("0:off 5:x 10:off 12:on", "AgitationStopped 0-12 raised 0")]
    [InlineData("0:off 5:x 10:on", "AgitationStopped 0-5 raised 0;AgitationUnknown 5-10 raised 10")]
    [InlineData("0:on 5:4.2 10:off 12:on", "AgitationUnknown 5-10 raised 10;AgitationStopped 10-12 raised 10")]
    public void Fault_IsPassedOverBetweenEqualStatesAndUnknownBetweenOthers(string series, string told) => Told(series, Platelets).Should().Equal(Lines(told));

    [Theory]
    [InlineData("0:on 5:on|off 10:on", "AgitationUnknown 5-10 raised 10")]
    [InlineData("0:on 5:on|on 10:on", "")]
    [InlineData("0:on 5:on|x 10:on", "")]
    [InlineData("0:on 5:off|4.2 10:on", "AgitationStopped 5-10 raised 5")]
    public void Claims_ThatContradictEachOther_AreUnknown(string series, string told) => Told(series, Platelets).Should().Equal(Lines(told));

    [Fact]
    public void Door_OfWhichNothingIsHeard_IsToldAfterTheLargestGap()
    {
        Told("0:off 5:x 10:on 11:off", Door, now: 20).Should().BeEmpty();
        Told("0:off", Door, now: 15.1).Should().Equal("SignalUnknown 0- raised 15 open");
    }

    [Fact]
    public void Silence_DoesNotTakeBackWhatWasTold_UntilAReadingSettlesIt()
    {
        Told("0:off 5:on", Door, now: 9).Should().Equal("DoorOpen 5- raised 8 open");
        Told("0:off 5:on", Door, now: 60).Should().Equal("DoorOpen 5- raised 8 open", "SignalUnknown 5- raised 20 open");
        Told("0:off 5:on 60:off", Door).Should().Equal("SignalUnknown 5-60 raised 20");
    }

    [Fact]
    public void Rule_ThatChanges_CutsWhatItTells()
    {
        SignalSpan[] spans = [new(Minute(0), Minute(30), Platelets), new(Minute(30), Instant.End, Granulocytes)];

        Told("0:on 10:off 20:off 32:on 40:off", spans).Should().Equal("AgitationStopped 10-30 raised 10", "AgitationRunning 32-40 raised 32");
    }

    [Fact]
    public void Signal_TakenAwayAndPutBack_IsUnknownAnew()
    {
        SignalSpan[] spans = [new(Minute(0), Minute(10), Platelets), new(Minute(12), Instant.End, Platelets)];

        Told("0:off 11:on 13:on", spans).Should().Equal("AgitationStopped 0-10 raised 0", "AgitationUnknown 12-13 raised 13");
        Told("0:off", spans, now: 60).Should().Equal("AgitationStopped 0-10 raised 0 open", "AgitationUnknown 12- raised 27 open");
    }

    [Fact]
    public void Samples_ThatDoNotAscend_Throw()
    {
        var fold = () => Told("5:on 4:on", Door);

        fold.Should().Throw<ArgumentException>().WithMessage("*ascend*");
    }

    [Theory]
    [InlineData("0:off", 1, 15)]
    [InlineData("0:off 5:on", 6, 8)]
    [InlineData("0:off 5:on", 8, 20)]
    public void Deadline_IsWhereSilenceAloneTellsMore(string series, double now, double deadline)
    {
        var judge = new SignalJudge(Signal, [new SignalSpan(Minute(0), Instant.End, Door)]);
        var track = judge.Start;
        foreach (var sample in Parse(series))
        {
            judge.Fold(ref track, sample, []);
        }

        var next = judge.NextDeadline(track, Minute(now));

        (next!.Value - Minute(deadline)).TotalMilliseconds.Should().BeInRange(0, 1);
    }

    private static string[] Lines(string told) => told.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
