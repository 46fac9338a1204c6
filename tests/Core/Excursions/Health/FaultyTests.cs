using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Health.HealthUnit;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

public sealed class FaultyTests
{
    [Fact]
    public void Probe_ThatFailsThreeTimesInAnHour_IsFaultyUntilAnHourHoldsFewer()
    {
        var fold = Folded((Top, Every(5, 200, m => m is 10 or 40 or 70 ? "x" : "4")));

        fold.ClosedConditions.Should().Equal(new Condition(ConditionKind.ProbeFaulty, Top, Minute(10), Minute(70), Minute(75)) { RaisedAt = Minute(70) });
        fold.Record().Should().BeEmpty("the faults between samples in range are passed over");
    }

    [Fact]
    public void Probe_ThatFailsAtTheEnd_IsFaultyUntilASampleSettlesIt() =>
        Folded((Top, "0:4 10:x 20:x 30:x")).Judge(Minute(300)).Conditions.Should().ContainSingle(condition => condition.Kind == ConditionKind.ProbeFaulty)
            .Which.Should().Be(new Condition(ConditionKind.ProbeFaulty, Top, Minute(10), null, null) { RaisedAt = Minute(30) });

    [Fact]
    public void Probe_ThatGoesOnFailing_IsFaultyOnce()
    {
        var fold = Folded((Top, Every(5, 400, m => m % 20 == 0 && m < 200 ? "x" : "4")));

        fold.ClosedConditions.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Start = Minute(0), End = Minute(200), SettledAt = Minute(205) });
    }

    [Theory]
    [InlineData("0:4 1:x 2:4 31:x 32:4 61.1:x 62:4")] // One more than an hour apart.
    [InlineData("0:4 1:x 2:4 3:x 4:4")]
    public void Faults_ThatAreFewer_AreChance(string series) =>
        Folded((Top, series)).Judge(Minute(62)).Conditions.Should().NotContain(condition => condition.Kind == ConditionKind.ProbeFaulty);

    /// <summary>DOMAIN S3, from a sender that delivers numbers only.</summary>
    [Fact]
    public void Placeholders_OfASenderWithoutFaults_CountAsFaults()
    {
        var fold = Folded((Top, Every(1, 60, m => m switch { 10 => "85", 20 => "127.9375", 30 => "-127", _ => "4.1" })));

        fold.Judge(Minute(60)).Conditions.Should().ContainSingle(condition => condition.Kind == ConditionKind.ProbeFaulty).Which.Start.Should().Be(Minute(10));
        fold.Record().Should().BeEmpty();
    }

    [Fact]
    public void AlarmTest_IsNoFaultOfTheProbe()
    {
        var plan = new UnitPlan(new StorageUnitId("fridge"), [new PlannedProbe(Top, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())]))])
        {
            AlarmTests = [new AlarmTest(Top, Minute(10), Minute(30))],
        };
        var fold = new UnitFold(plan);
        foreach (var sample in Parse(Every(1, 40, m => m is > 10 and < 30 ? "9" : "4")))
        {
            fold.Take(Top, sample);
        }

        fold.Judge(Minute(40)).Conditions.Should().BeEmpty();
    }
}
