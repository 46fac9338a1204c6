using ColdChain.Core.Excursions;
using ColdChain.Core.Excursions.Health;
using ColdChain.Core.Readings;
using ColdChain.Tests.Shared;
using FsCheck;
using FsCheck.Fluent;
using static ColdChain.Core.Tests.Excursions.Health.HealthUnit;
using static ColdChain.Core.Tests.Excursions.Series;

namespace ColdChain.Core.Tests.Excursions.Health;

public sealed class SpikeTests
{
    [Theory]
    [InlineData("85")]
    [InlineData("127.9375")]
    [InlineData("-127")]
    [InlineData("40")]
    [InlineData("-30")]
    public void LoneStep_BeyondWhatContentsCanDo_IsASpikeAndNothingElse(string value)
    {
        var fold = Folded((Top, $"0:4.1 1:4.1 2:{value} 3:4.2 4:4.2"));

        fold.Record().Should().BeEmpty();
        fold.ClosedConditions.Should().Equal(new Condition(ConditionKind.ProbeSpike, Top, Minute(2), Minute(3), Minute(3)));
    }

    [Fact]
    public void TwoSteps_ThatReturn_AreASpike() =>
        Folded((Top, "0:4 1:85 2:60 3:4.2 4:4")).Record().Should().BeEmpty();

    [Fact]
    public void Step_ThatStays_IsJudgedFromItsOwnInstant()
    {
        var fold = Folded((Top, "0:4 1:24 2:24 3:24.1 4:24"));

        fold.Record().Single().Stretch.Should().BeEquivalentTo(new { Side = Side.High, Start = Minute(0.1), PeakMilli = 24_100, SettledAt = (Instant?)null });
        fold.ClosedConditions.Should().Equal(new Condition(ConditionKind.ProbeJump, Top, Minute(1), Minute(3), Minute(3)));
    }

    [Fact]
    public void Step_IntoARealDecontamination_IsBelieved() =>
        Folded((Top, Every(1, 30, m => m == 0 ? "4" : "85"))).Record().Single().Stretch.PeakMilli.Should().Be(85_000);

    [Fact]
    public void Step_WhileNobodyCanTell_IsUnverifiedAndThenBelieved()
    {
        var fold = Folded((Top, "0:4 5:4 6:60"));

        fold.Judge(Minute(7)).View.State.Should().Be(StorageState.Unverified);
        fold.Judge(Minute(7)).Stretches.Should().BeEmpty();
        fold.Judge(Minute(7)).NextDeadline.Should().Be(Minute(20) + TimeSpan.FromMilliseconds(1));
        var silent = fold.Judge(Minute(21.001));
        silent.Stretches.Select(s => s.Stretch.Side).Should().BeEquivalentTo([Side.High, Side.Unknown]);
        silent.Conditions.Should().ContainSingle().Which.Kind.Should().Be(ConditionKind.ProbeJump);
    }

    [Fact]
    public void Step_AtTheEndOfTheSamples_IsInTheRecord() =>
        Folded((Top, "0:4 1:60")).Record().Single().Stretch.Side.Should().Be(Side.High);

    [Theory]
    [InlineData("0:4 20:85 25:4.1 30:4", 0)]
    [InlineData("20:85 21:4 22:4", 0)]
    [InlineData("20:85 21:85 22:85", 1)]
    [InlineData("0:4 20:30 25:30 30:30", 1)]
    public void FirstWordAfterASilence_IsDoubtedOnlyWhenItIsAPlaceholder(string series, int highStretches) =>
        Folded((Top, series)).Record().Count(found => found.Stretch.Side == Side.High).Should().Be(highStretches);

    [Theory]
    [InlineData(4)]
    [InlineData(30)]
    public void Ramp_AtWhateverRateContentsCanChange_IsNeverTouched(int perMinuteTenths)
    {
        var fold = Folded((Top, Every(1, 60, m => $"{4 + m * perMinuteTenths / 100m:0.##}")));

        fold.Judge(Minute(60)).Conditions.Should().BeEmpty();
    }

    [Fact]
    public void DoorOpening_InTheAir_IsNotTouched()
    {
        var air = Every(1, 30, m => m < 5 ? "4" : $"{4 + 10 * (1 - Math.Exp(-(m - 4) / 2.0)):0.###}");

        Folded((Air, air), (Top, Every(1, 30, _ => "4"))).Judge(Minute(30)).Conditions
            .Should().OnlyContain(condition => condition.Kind == ConditionKind.AirOut);
    }

    [Fact]
    public void Spike_AmongFaults_TakesThemAlong()
    {
        var fold = Folded((Top, "0:4 1:60 2:x 3:4 4:4"));

        fold.Record().Should().BeEmpty();
        fold.Settled(Minute(4))[Top].Should().Be(Minute(4));
    }

    [Fact]
    public void Step_ThatAContradictionFollows_IsBelieved() =>
        Folded((Top, "0:4 1:60 2:4|5")).Record().Count(found => found.Stretch.Side == Side.High).Should().Be(1);

    [Fact]
    public void Figures_OfPlausibleSamples_HaveNoSpike()
    {
        var statistics = new ProbeStatistics(TimeSpan.FromMinutes(15));
        foreach (var sample in PlausibleSamples.Of(Parse("0:4.1 1:4.1 2:85 3:4.2 4:-127 5:4"), ProbeRole.Load, TimeSpan.FromMinutes(15)))
        {
            statistics.Take(sample);
        }

        (statistics.Maximum, statistics.Minimum, statistics.Faults).Should().Be((Celsius.FromMilli(4_200), Celsius.FromMilli(4_000), 2));
        statistics.MeanKinetic.Should().BeLessThan(4.2);
    }

    [Fact]
    [Trait("Needs", "recording")]
    public void Recording_OfARealLogger_HasNothingToDoubt()
    {
        var log = FridgeTag.Read();
        var samples = log.Samples.Select(sample => Sample.Good(sample.At, sample.Value)).ToList();

        PlausibleSamples.Of(samples, ProbeRole.Load, LoggerAgreement.Rule.MaxGap).Should().Equal(samples);
    }

    /// <summary>Spikes are what faults at their place would be: they change no finding, and hide none.</summary>
    [Fact]
    public void Spikes_PutIntoAnyCourse_ChangeNothingThatFaultsWouldNot() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(300)), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var course = Course(random).ToList();
            var spikes = Enumerable.Range(0, random.Next(1, 5)).Select(_ => 3 + 4 * random.Next(course.Count / 4 - 2)).Distinct().ToList();
            var (faulty, spiky) = (course.ToList(), course.ToList());
            foreach (var at in spikes)
            {
                var instant = course[at].Sample.At;
                faulty[at] = new ProbeSample(Top, Sample.Fault(instant));
                spiky[at] = new ProbeSample(Top, Sample.Good(instant, Celsius.FromMilli(random.Next(2) == 0 ? 85_000 : -60_000)));
            }

            Folded(spiky).Record().Should().BeEquivalentTo(Folded(faulty).Record(), $"seed {seed}");
        }));

    [Fact]
    public void Excursion_ThatContentsCanMake_IsFoundWhateverIsFlagged() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(300)), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var course = Course(new Random(seed)).ToList();
            var judge = new ProbeJudge([new RuleSpan(Minute(0), Instant.End, Some.Rule())]);
            var (track, truth) = (judge.Start, new List<Stretch>());
            foreach (var (_, sample) in course)
            {
                judge.Fold(ref track, sample, truth);
            }

            judge.Tail(track, track.HeardAt, truth);
            truth.Where(stretch => stretch.Side == Side.High).Should().NotBeEmpty();
            Folded(course).Record().Select(found => found.Stretch).Should().Equal(truth, $"seed {seed}");
        }));

    /// <summary>Every one to three minutes a sample; the contents warm up and cool down by at most 1.5 °C between two, beyond the limit at least once.</summary>
    private static IEnumerable<ProbeSample> Course(Random random)
    {
        var (minute, milli, target) = (0, 4_000, 9_000);
        for (var i = 0; i < 80; i++)
        {
            minute += random.Next(1, 4);
            milli += Math.Sign(target - milli) * random.Next(0, 1_500);
            target = milli > 8_000 ? 3_000 : milli < 3_500 ? 9_000 : target;
            yield return new ProbeSample(Top, Sample.Good(Minute(minute), Celsius.FromMilli(milli)));
        }
    }
}
