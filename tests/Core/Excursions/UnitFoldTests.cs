using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class UnitFoldTests
{
    private static readonly ProbeId Old = new(new DeviceId("pi-1"), "old");
    private static readonly ProbeId New = new(new DeviceId("pi-1"), "new");
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(40)]
    [InlineData(90)]
    public void Checkpoint_OfAProbeThatHadNotBegun_YieldsToACorrectedBeginning(double correctedTo)
    {
        var before = new UnitFold(Plan(replacedAt: 60));
        before.Take(Old, Parse("0:5").Single());
        before.Take(Old, Parse("30:5").Single());
        var checkpoint = new Checkpoint(Minute(30), before.Tracks());

        var after = new UnitFold(Plan(correctedTo), checkpoint);
        after.Take(New, Parse($"{correctedTo + 1}:5").Single());

        after.Record().Where(found => found.Probe == New).Should().BeEmpty();
    }

    [Fact]
    public void AirProbe_OutOfRange_WarnsAndNothingMore()
    {
        var rule = Some.Rule() with { Delay = TimeSpan.FromMinutes(10) };
        var plan = new UnitPlan(new StorageUnitId("fridge"), [
            new PlannedProbe(Old, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())])),
            new PlannedProbe(New, ProbeRole.Air, new ProbeJudge([new RuleSpan(Minute(0), Instant.End, rule)]))]);
        var fold = new UnitFold(plan);
        foreach (var minute in new[] { 0, 5, 10, 15 })
        {
            fold.Take(Old, Parse($"{minute}:4").Single());
            fold.Take(New, Parse($"{minute}:12").Single());
        }

        var verdict = fold.Judge(Minute(15));
        verdict.View.State.Should().Be(StorageState.Warning);
        var input = new EvaluationInput { Plan = plan, Samples = [], Now = Minute(15), NextId = () => 1 };
        Reconciler.Reconcile([], verdict.Stretches, input).Changes.Should().BeEmpty();
    }

    [Fact]
    public void Temperature_FlappingAboutTheLimit_IsOneAlarmWithHonestTimes()
    {
        var fold = new UnitFold(Plan(replacedAt: 10_000));
        var shown = new List<StorageState>();
        for (var minute = 0; minute <= 60; minute++)
        {
            fold.Take(Old, Parse($"{minute}:{(minute < 10 ? "5" : minute > 50 ? "5.75" : minute % 2 == 0 ? "5.95" : "6.05")}").Single());
            shown.Add(fold.Judge(Minute(minute)).View.State);
        }

        shown.Should().Equal([.. Enumerable.Repeat(StorageState.InRange, 11), .. Enumerable.Repeat(StorageState.OutOfRange, 40), .. Enumerable.Repeat(StorageState.InRange, 10)]);
        fold.Closed.Should().HaveCount(20).And.OnlyContain(found => found.Stretch.Duration == TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("0:7 5:5.8", StorageState.InRange)]
    [InlineData("0:7 5:5.801", StorageState.OutOfRange)]
    [InlineData("0:1 5:2.199", StorageState.OutOfRange)]
    [InlineData("0:1 5:2.2", StorageState.InRange)]
    [InlineData("0:7 100:5.9", StorageState.OutOfRange)]
    public void Alarm_ClearsOnlyByAMarginInsideTheLimit(string series, StorageState shown)
    {
        var fold = new UnitFold(Plan(replacedAt: 10_000));
        var samples = Parse(series).ToList();
        samples.ForEach(sample => fold.Take(Old, sample));

        fold.Judge(samples[^1].At).View.State.Should().Be(shown);
    }

    [Fact]
    public void Deadlines_OfAnExcursionWithinItsDelay_AndOfRulesAndMountings()
    {
        var delayed = Some.Rule() with { Delay = TimeSpan.FromMinutes(10) };
        Next("0:7", 1, new RuleSpan(Minute(0), Instant.End, delayed)).Should().Be(Minute(10));
        Next("0:1", 1, new RuleSpan(Minute(0), Instant.End, delayed)).Should().Be(Minute(10));
        Next("0:1", 10, new RuleSpan(Minute(0), Instant.End, delayed)).Should().Be(Minute(15) + Moment);
        Next("0:4", 1, new RuleSpan(Minute(0), Minute(5), delayed)).Should().Be(Minute(5));
        Next("0:4", 5, new RuleSpan(Minute(0), Minute(5), delayed)).Should().Be(Minute(5) + Moment);
        Next("0:4", 250, new RuleSpan(Minute(0), Minute(5), delayed), new RuleSpan(Minute(300), Instant.End, delayed)).Should().Be(Minute(300));
        Next("0:4", 300, new RuleSpan(Minute(0), Minute(5), delayed), new RuleSpan(Minute(300), Instant.End, delayed)).Should().Be(Minute(300) + Moment);
        Next("0:4", 301, new RuleSpan(Minute(0), Minute(5), delayed), new RuleSpan(Minute(300), Instant.End, delayed)).Should().Be(Minute(315) + Moment);
        Next("0:4 10:x", 16, new RuleSpan(Minute(0), Instant.End, delayed)).Should().Be(Minute(25) + Moment);
        Next("0:4 10:x", 241, new RuleSpan(Minute(0), Instant.End, delayed)).Should().Be(Minute(250) + Moment);
        Next("0:4", 241, new RuleSpan(Minute(0), Instant.End, delayed)).Should().BeNull();

        static Instant? Next(string series, double now, params RuleSpan[] spans)
        {
            var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), [new PlannedProbe(Old, ProbeRole.Load, new ProbeJudge(spans))]));
            Parse(series).ToList().ForEach(sample => fold.Take(Old, sample));
            return fold.Judge(Minute(now)).NextDeadline;
        }
    }

    private static UnitPlan Plan(double replacedAt) => new(new StorageUnitId("fridge"), [
        new PlannedProbe(Old, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Minute(replacedAt), Some.Rule())])),
        new PlannedProbe(New, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(replacedAt), Instant.End, Some.Rule())]))]);
}
