using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Health.HealthUnit;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

/// <summary>A probe that gives fault after fault is told before it gives nothing any more.</summary>
public sealed class FaultTests
{
    [Fact]
    public void ThreeFaults_WithinAnHour_AreToldFromTheFirstUntilAnHourAfterTheLast()
    {
        var fold = Folded((Top, "0:4 10:x 20:4 40:x 50:4 70:x 80:4 130:4 131:4"));

        Faulty(fold, Minute(131)).Should().Equal(new Condition(ConditionKind.ProbeFaulty, Top, Minute(10), Minute(130), Minute(131)) { RaisedAt = Minute(70) });
    }

    [Fact]
    public void ThreeFaults_AMomentMoreThanAnHourApart_AreNotTold() =>
        Faulty(Folded((Top, "0:4 10:x 40:x 70.001:x 80:4")), Minute(80)).Should().BeEmpty();

    [Fact]
    public void TwoFaults_AreNotTold() => Faulty(Folded((Top, "0:4 10:x 11:x 12:4")), Minute(13)).Should().BeEmpty();

    [Fact]
    public void Faults_ThatGoOn_AreOneConditionHoweverManyThereAre()
    {
        var fold = Folded((Top, Every(5, 300, m => m % 30 == 0 ? "x" : "4")));

        Faulty(fold, Minute(300)).Should().ContainSingle().Which.Should().Match<Condition>(found => found.Start == Minute(0) && found.GoesOn);
    }

    [Fact]
    public void Faults_ThatBeginAgainAfterMoreThanAnHour_AreTwoConditions()
    {
        var fold = Folded((Top, "0:x 1:x 2:x 62:4 63:x 64:x 65:x"));

        Faulty(fold, Minute(66)).Select(found => (found.Start, found.End)).Should().Equal((Minute(0), Minute(62)), (Minute(63), (Instant?)null));
    }

    [Fact]
    public void Faults_AfterWhichNothingComes_AreOverByThePassingOfTime()
    {
        var fold = Folded((Top, "0:4 1:x 2:x 3:x"));

        fold.Judge(Minute(62)).NextDeadline.Should().Be(Minute(63) + TimeSpan.FromMilliseconds(1));
        Faulty(fold, Minute(63)).Single().GoesOn.Should().BeTrue();
        Faulty(fold, Minute(64)).Single().Should().Match<Condition>(found => found.End == Minute(63) && found.SettledAt == null);
    }

    [Fact]
    public void Faults_OfAnAlarmTest_AreNone()
    {
        var plan = new UnitPlan(new StorageUnitId("fridge"), [new PlannedProbe(Top, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())]))])
        {
            AlarmTests = [new AlarmTest(Top, Minute(1), Minute(20))],
        };
        var fold = new UnitFold(plan);
        foreach (var sample in Parse(Every(1, 30, m => "4")))
        {
            fold.Take(Top, sample);
        }

        Faulty(fold, Minute(30)).Should().BeEmpty();
    }

    private static IEnumerable<Condition> Faulty(UnitFold fold, Instant now) => fold.Judge(now).Conditions.Where(found => found.Kind == ConditionKind.ProbeFaulty);
}
