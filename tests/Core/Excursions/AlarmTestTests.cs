using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>What is measured while an alarm is tested is never in range and never out of it.</summary>
public sealed class AlarmTestTests
{
    private static readonly ProbeId Tested = new(new DeviceId("pi-1"), "tested");
    private static readonly ProbeId Other = new(new DeviceId("pi-1"), "other");

    [Fact]
    public void Samples_OfTheTestedProbe_AreFaults_AndTheBoundsAreHalfOpen()
    {
        var plan = Plan(new AlarmTest(Tested, Minute(10), Minute(30)));
        var sample = Parse("10:12").Single();
        plan.AsJudged(Tested, sample).Should().Be(Sample.Fault(Minute(10)));
        plan.AsJudged(Other, sample).Should().Be(sample);
        plan.AsJudged(Tested, Parse("9:12").Single()).Kind.Should().Be(SampleKind.Good);
        plan.AsJudged(Tested, Parse("30:12").Single()).Kind.Should().Be(SampleKind.Good);
    }

    [Fact]
    public void WarmedProbe_IsUnknownMeanwhile_AndOpensNothing()
    {
        var fold = new UnitFold(Plan(new AlarmTest(Tested, Minute(10), Minute(30))));
        foreach (var sample in Parse("0:4 5:4 10:12 15:14 20:12 25:8 30:4 35:4"))
        {
            fold.Take(Tested, sample);
        }

        var found = fold.Record().Should().ContainSingle().Subject.Stretch;
        (found.Side, found.Start, found.End).Should().Be((Side.Unknown, Minute(5), Minute(30)));
    }

    [Fact]
    public void WarmedProbe_WithoutATest_IsAnExcursion()
    {
        var fold = new UnitFold(Plan());
        foreach (var sample in Parse("0:4 5:4 10:12 15:14 20:12 25:8 30:4 35:4"))
        {
            fold.Take(Tested, sample);
        }

        fold.Record().Should().ContainSingle().Which.Stretch.Side.Should().Be(Side.High);
    }

    [Fact]
    public void ExcursionThatRunsWhenATestBegins_StaysOne()
    {
        var fold = new UnitFold(Plan(new AlarmTest(Tested, Minute(10), Minute(30))));
        foreach (var sample in Parse("0:4 5:9 10:4 15:4 20:4"))
        {
            fold.Take(Tested, sample);
        }

        fold.Record().Should().Contain(found => found.Stretch.Side == Side.High && found.Stretch.Start < Minute(5), "a test takes nothing back");
    }

    private static UnitPlan Plan(params AlarmTest[] tests) => new(
        new StorageUnitId("fridge"), [new PlannedProbe(Tested, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())]))])
    {
        AlarmTests = tests,
    };
}
