using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions;

public sealed class BlindnessTests
{
    private static readonly ProbeId Top = new(new DeviceId("pi-1"), "top");
    private static readonly ProbeId Bottom = new(new DeviceId("pi-2"), "bottom");

    [Fact]
    public void Unit_OneOfTwoLoadProbesDead_IsWarnedOfAndNotBlind()
    {
        var verdict = Folded("0:4 10:x 20:x 290:x 300:x", Every(10, 300, "4")).Judge(Minute(300));

        verdict.Stretches.Should().BeEmpty();
        verdict.View.State.Should().Be(StorageState.Warning);
        verdict.View.Probe.Should().Be(Bottom);
        verdict.Conditions.Should().Equal(new Condition(ConditionKind.ProbeFailed, Top, Minute(0), null, null) { RaisedAt = Minute(15) });
    }

    [Fact]
    public void Unit_OneOfTwoLoadProbesSilent_IsUnverifiedUntilItsDataIsGivenUp()
    {
        var fold = Folded("0:4", Every(10, 250, "4"));

        fold.Judge(Minute(15)).View.State.Should().Be(StorageState.InRange);
        fold.Judge(Minute(240)).View.State.Should().Be(StorageState.Unverified);
        fold.Settled(Minute(240))[Top].Should().Be(Minute(0));
        fold.Judge(Minute(240.01)).View.State.Should().Be(StorageState.Warning);
        fold.Settled(Minute(250.01))[Top].Should().Be(Minute(250));
    }

    [Fact]
    public void DeadProbe_HeardOfBesideAKnownOne_IsSettledAsFarAsItWasHeard()
    {
        var fold = Folded("0:4 20:x 40:x", Every(10, 60, "4"));

        fold.Settled(Minute(60)).Should().Equal(new Dictionary<ProbeId, Instant> { [Top] = Minute(40), [Bottom] = Minute(60) });
    }

    [Fact]
    public void DeadProbe_HeardOfBehindAChangeOfRule_IsBrokenAndNotLate()
    {
        var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), [
            new PlannedProbe(Top, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Minute(60), Some.Rule()), new RuleSpan(Minute(60), Instant.End, Some.Rule())])), Load(Bottom, 0)]));
        Take(fold, (Top, "0:4 20:x 40:x 70:x 100:x"), (Bottom, Every(10, 100, "4")));

        fold.Judge(Minute(100)).View.State.Should().Be(StorageState.Warning);
        fold.Settled(Minute(100))[Top].Should().Be(Minute(100));
    }

    [Fact]
    public void DeadProbe_Alone_IsNotSettledByBeingHeard()
    {
        var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), [Load(Top, 0)]));
        Take(fold, (Top, "0:4 20:x 40:x"));

        fold.Settled(Minute(60))[Top].Should().Be(Minute(0));
    }

    [Fact]
    public void Unit_BothLoadProbesLost_IsBlindFromTheLastWordOfTheLaterToTheFirstOfAny()
    {
        var fold = Folded("0:4 10:4 400:4 401:4 410:4", "0:4 10:4 20:4 30:4 401:4 410:4");

        var blind = fold.Closed.Should().ContainSingle().Which;
        blind.Probe.Should().Be(Bottom);
        blind.Stretch.Should().BeEquivalentTo(new { Side = Side.Unknown, Start = Minute(30), End = Minute(400), SettledAt = Minute(400), EndReason = EndReason.InRange });
        blind.MayStillTell.Should().BeEquivalentTo([Bottom.Device, Top.Device]);
        fold.ClosedConditions.Should().ContainSingle().Which.Should().Be(
            new Condition(ConditionKind.ProbeFailed, Top, Minute(10), Minute(30), Minute(400)) { RaisedAt = Minute(25) }, "until then the other one was known; that it came back a minute later is no failure");
    }

    [Fact]
    public void Unit_BlindWhileAReplacementHasNotSpoken_KeepsTheFindingWhenItDoes()
    {
        var plan = new UnitPlan(new StorageUnitId("fridge"), [
            new PlannedProbe(Top, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Minute(400), Some.Rule())])), Load(Bottom, 398)]);
        var fold = new UnitFold(plan);
        Take(fold, (Top, "0:4"));
        var before = fold.Judge(Minute(399)).Stretches.Should().ContainSingle().Which;
        Take(fold, (Bottom, "399:4 405:4"));

        var after = fold.Judge(Minute(405)).Stretches.Should().ContainSingle().Which;
        (before.Probe, before.Stretch.Start).Should().Be((Top, Minute(0)));
        (after.Probe, after.Stretch.Start, after.Stretch.End).Should().Be((Top, Minute(0), Minute(398)));
        after.Stretch.AlarmedAt(Minute(405)).Should().Be(Minute(240));
    }

    [Fact]
    public void Unit_BlindOverAReplacement_IsOneStretch()
    {
        var plan = new UnitPlan(new StorageUnitId("fridge"), [
            new PlannedProbe(Top, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(0), Minute(150), Some.Rule())])), Load(Bottom, 150)]);
        var fold = new UnitFold(plan);
        Take(fold, (Top, "0:4"));
        Take(fold, (Bottom, "300:4"));

        fold.Closed.Should().ContainSingle().Which.Stretch.AlarmedAt(Minute(300)).Should().Be(Minute(240), "150 minutes of each are more than four hours together");
    }

    [Fact]
    public void ContradictingProbe_BesideAKnownOne_IsAFaultOfItsOwn()
    {
        var verdict = Folded("0:4 10:4|5", "0:4 10:4").Judge(Minute(12));

        verdict.View.State.Should().Be(StorageState.Warning);
        verdict.Stretches.Should().BeEmpty();
    }

    [Fact]
    public void Blindness_OfAnyProbesAndMountings_IsWhatTheirUnknownTimesHaveInCommon() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(300)), Prop.ForAll(ArbMap.Default.ArbFor<int>(), AgreesWithEveryMinute));

    [Fact]
    public void Blindness_OrderOfSamplesOfOneInstant_DoesNotMatter()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var trace = BlindTrace.Create(seed);

            var (one, other) = (trace.Fold(), trace.Fold(reversed: true));
            Shape(other, trace.Until).Should().Equal(Shape(one, trace.Until), $"seed {seed}");
            other.Judge(trace.Until).Conditions.Should().BeEquivalentTo(one.Judge(trace.Until).Conditions, $"seed {seed}");
        }
    }

    /// <summary>
    /// Against every single minute: nothing is called blind that a probe knows, and what is passed over is never longer than the largest gap.
    /// </summary>
    private static void AgreesWithEveryMinute(int seed)
    {
        var trace = BlindTrace.Create(seed, withSpikes: false);
        var found = trace.Fold().Judge(trace.Until).Stretches.Where(s => s.Stretch.Side == Side.Unknown).ToList();
        var (missed, missedMax) = (0, 0);
        for (var minute = 0; Minute(minute) < trace.Until; minute++)
        {
            var isFound = found.Any(s => s.Stretch.Start <= Minute(minute) && Minute(minute) < s.Stretch.LastKnown);
            var isBlind = trace.IsBlindAt(Minute(minute));
            (isFound && !trace.MayBeBlindAt(Minute(minute))).Should().BeFalse($"seed {seed}, minute {minute}");
            missed = !isBlind || isFound ? 0 : trace.SpokeAt(Minute(minute)) ? 1 : missed + 1;
            missedMax = Math.Max(missed, missedMax);
        }

        missedMax.Should().BeLessThanOrEqualTo(15, $"seed {seed}");
        found.Where(s => found.Any(o => o != s && o.Stretch.Start < s.Stretch.LastKnown && s.Stretch.Start < o.Stretch.LastKnown)).Should().BeEmpty();
    }

    private static IEnumerable<(string, Stretch)> Shape(UnitFold fold, Instant until) => fold.Judge(until).Stretches
        .Select(s => (s.Probe.ToString(), s.Stretch)).OrderBy(s => s.Stretch.Start).ThenBy(s => s.Item1, StringComparer.Ordinal).ThenBy(s => s.Stretch.Side);

    private static UnitFold Folded(string top, string bottom)
    {
        var fold = new UnitFold(new UnitPlan(new StorageUnitId("fridge"), [Load(Top, 0), Load(Bottom, 0)]));
        Take(fold, (Top, top), (Bottom, bottom));
        return fold;
    }

    private static void Take(UnitFold fold, params (ProbeId Probe, string Series)[] series)
    {
        foreach (var (probe, sample) in series.SelectMany(s => Parse(s.Series).Select(sample => (s.Probe, sample))).OrderBy(s => s.sample.At))
        {
            fold.Take(probe, sample);
        }
    }

    private static string Every(int minutes, int until, string value) =>
        string.Join(' ', Enumerable.Range(0, until / minutes + 1).Select(i => $"{i * minutes}:{value}"));

    private static PlannedProbe Load(ProbeId probe, double from) =>
        new(probe, ProbeRole.Load, new ProbeJudge([new RuleSpan(Minute(from), Instant.End, Some.Rule())]));
}
