using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>Figures reckoned by hand.</summary>
public sealed class UnitFiguresTests
{
    [Fact]
    public async Task Figures_OfARiseAboveTheLimit_AreThoseOfTheLineBetweenTheSamples()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 10:8 15:4 20:4");

        var figures = bench.One(0, 20);

        Times(figures).Should().Be((0, 15, 5, 0), "the line is above 6 from 7.5 to 12.5");
        (figures.Expected, figures.Received, figures.Good).Should().Be((4, 4, 4), "the sample at 20 lies behind the end");
        (figures.Minimum, figures.MinimumAt, figures.Maximum, figures.MaximumAt).Should().Be((Some.Degrees("4"), FiguresBench.At(0), Some.Degrees("8"), FiguresBench.At(10)));
        (figures.Mean, figures.StandardDeviation).Should().Be((5, 2));
        figures.MeanKinetic.Should().Be(5.558906, "4 °C for 20 minutes of weight and 8 °C for 10: -10000 / ln((2 e^(-10000/277.15) + e^(-10000/281.15)) / 3) - 273.15");
        (figures.CoveragePercent, figures.LongestGap).Should().Be((100, TimeSpan.Zero));
    }

    [Fact]
    public async Task Gap_LongerThanTheLargest_IsUnknownFromSampleToSample()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:8 21:8 25:4 40:4");

        var probe = bench.Read(0, 40).Probes.Should().ContainSingle().Which;

        probe.Unknown.Should().Equal(new SpanContent(FiguresBench.At(5), FiguresBench.At(21)));
        Times(probe.Figures).Should().Be((0, 2.5 + 2 + 15, 2.5 + 2, 16), "nothing is joined over 16 minutes, and over 15 it is");
        (probe.Figures.CoveragePercent, probe.Figures.LongestGap).Should().Be((60, TimeSpan.FromMinutes(16)));
        probe.Line.Select(point => (point.At - FiguresBench.Begin, point.Celsius?.Milli)).Should().Equal(
            (Minutes(0), 4000), (Minutes(5), 8000), (Minutes(5) + TimeSpan.FromMilliseconds(1), null), (Minutes(21), 8000), (Minutes(25), 4000));
    }

    [Theory]
    [InlineData("-5:4 5:4 15:4 29:4", 0, 0)] // Lines cross both edges.
    [InlineData("-15:4 0:4 10:4 20:4", 0, 0)]
    [InlineData("-11:4 5:4 15:4 25:4", 5, 0)] // Too far apart at the beginning,
    [InlineData("-5:4 5:4 15:4 31:4", 0, 5)] // and at the end.
    [InlineData("5:4 15:4", 5, 5)] // Nothing outside.
    public async Task Edge_IsKnownWhereALineCrossesIt(string samples, double unknownAtTheBeginning, double unknownAtTheEnd)
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, samples);

        var probe = bench.Read(0, 20).Probes.Should().ContainSingle().Which;

        Times(probe.Figures).Should().Be((0, 20 - unknownAtTheBeginning - unknownAtTheEnd, 0, unknownAtTheBeginning + unknownAtTheEnd));
        probe.Figures.LongestGap.Should().Be(Minutes(Math.Max(unknownAtTheBeginning, unknownAtTheEnd)));
        probe.Figures.Received.Should().Be(2);
    }

    [Fact]
    public async Task Nothing_Measured_IsAllUnknown()
    {
        await using var bench = new FiguresBench();

        var figures = bench.One(0, 20);

        Times(figures).Should().Be((0, 0, 0, 20));
        (figures.CoveragePercent, figures.LongestGap, figures.Good, figures.Expected).Should().Be((0, Minutes(20), 0, 4));
        (figures.Minimum, figures.MinimumAt, figures.Mean, figures.StandardDeviation, figures.MeanKinetic).Should().Be((null, null, null, null, null));
    }

    [Fact]
    public async Task Sample_Alone_HasAMeanAndNoDeviation()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "3:4.5");

        var figures = bench.One(0, 20);

        (figures.Mean, figures.StandardDeviation, figures.MeanKinetic).Should().Be((4.5, null, 4.5));
        Times(figures).Should().Be((0, 0, 0, 20), "one sample has no length");
    }

    [Theory]
    [InlineData("0:4 5:6 10:4", 0, 0)] // At the limit is in range.
    [InlineData("0:6 5:6 10:6", 0, 0)]
    [InlineData("0:2 5:2 10:2", 0, 0)]
    [InlineData("0:6 5:7 10:6", 10, 0)] // Beyond it from the first instant after.
    [InlineData("0:2 5:1 10:2", 0, 10)]
    [InlineData("0:6.001 5:6.001 10:6.001", 10, 0)]
    [InlineData("0:1.999 5:1.999 10:1.999", 0, 10)]
    [InlineData("0:0 10:8", 2.5, 2.5)] // From beyond one limit to beyond the other.
    public async Task Limit_IsIncluded(string samples, double high, double low)
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, samples);

        Times(bench.One(0, 10)).Should().Be((low, 10 - low - high, high, 0));
    }

    [Fact]
    public async Task Crossing_BetweenTwoMilliseconds_IsRoundedToTheLongerExcursion()
    {
        await using var bench = new FiguresBench();
        await bench.DeliverAsync(FiguresBench.Id(FiguresBench.Load), [(FiguresBench.At(0), "4"), (FiguresBench.At(0) + Milli(10), "7"), (FiguresBench.At(0) + Milli(20), "4")]);

        var figures = bench.Read(FiguresBench.At(0), FiguresBench.At(0) + Milli(20)).Probes[0].Figures;

        figures.High.Should().Be(Milli(8), "out at 6.67, and back at 13.33");
        figures.InRange.Should().Be(Milli(12));
    }

    [Fact]
    public async Task Fault_IsCountedAndPassedOver()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:fault 10:fault 15:4 18:fault 20:4");

        var read = bench.Read(0, 20);

        Times(read.Probes[0].Figures).Should().Be((0, 20, 0, 0));
        (read.Probes[0].Figures.Received, read.Probes[0].Figures.Good, read.Probes[0].Figures.Mean).Should().Be((5, 2, 4));
        read.Excluded.Should().Equal(
            new ExcludedContent(FiguresBench.Load, "fault", FiguresBench.At(5), FiguresBench.At(10), 2, "no-answer"),
            new ExcludedContent(FiguresBench.Load, "fault", FiguresBench.At(18), FiguresBench.At(18), 1, "no-answer"));
    }

    [Fact]
    public async Task Faults_OfALongRun_AreToldWithTheirReasonsFromItsBeginningToItsEnd()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:fault 70:fault 100:fault-crc 105:4 110:fault-d 111:fault-c 112:fault-b 113:fault-a 115:4");

        bench.Read(0, 120).Excluded.Select(run => (run.Samples, run.Detail)).Should().Equal((3, "crc, no-answer"), (4, "a, b, c, …"));
    }

    [Fact]
    public async Task Probe_ThatIsHeardNowAndThen_TakesNoMoreRoomForALongTime()
    {
        await using var bench = new FiguresBench();
        const int Bursts = 2_000;
        await bench.DeliverAsync(FiguresBench.Id(FiguresBench.Load), Enumerable.Range(0, Bursts).SelectMany(i => new[] { (FiguresBench.At(30 * i), "4"), (FiguresBench.At(30 * i + 5), "3") }));

        var probe = bench.Read(0, 30 * Bursts).Probes.Should().ContainSingle().Which;

        Times(probe.Figures).Should().Be((0, 5 * Bursts, 0, 25 * Bursts));
        (probe.Unknown.Count, probe.UnknownLeftOut, probe.Figures.LongestGap).Should().Be((100, new LeftOutContent(Bursts - 100, Minutes(25) * (Bursts - 100)), Minutes(25)));
        probe.Unknown.Select(span => span.From).Should().BeInAscendingOrder();
        probe.Line.Count.Should().BeLessThan(3_000, "of a step that is broken again and again two points are left");
    }

    [Fact]
    public async Task Probe_ThatSamplesLessOftenThanItsRuleJoins_IsDrawnByItsLowestAndHighest()
    {
        await using var bench = new FiguresBench();
        const int Samples = 2_000;
        await bench.DeliverAsync(FiguresBench.Id(FiguresBench.Load), Enumerable.Range(0, Samples).Select(i => (FiguresBench.At(20 * i), i == 700 ? "9" : i % 7 == 0 ? "3" : "4")));

        var probe = bench.Read(0, 20 * Samples, pointsMax: 100).Probes.Should().ContainSingle().Which;

        Times(probe.Figures).Should().Be((0, 0, 0, 20 * Samples));
        (probe.Unknown.Count, probe.UnknownLeftOut).Should().Be((1, null));
        probe.Line.Count.Should().BeLessThan(1_000, "each of its points is alone");
        probe.Line.Should().Contain(new PointContent(FiguresBench.At(20 * 700), Some.Degrees("9")), "the highest is hidden by nothing");
        probe.Line.Zip(probe.Line.Skip(1)).Should().OnlyContain(two => two.First.Celsius == null || two.Second.Celsius == null, "no line is drawn over what nobody knows");
        probe.Line.Select(point => point.At).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Conflict_BreaksTheLine()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 5:9 10:4 15:4");

        var read = bench.Read(0, 15);

        Times(read.Probes[0].Figures).Should().Be((0, 5, 0, 10));
        (read.Probes[0].Figures.Received, read.Probes[0].Figures.Good, read.Probes[0].Figures.Maximum).Should().Be((3, 2, Some.Degrees("4")));
        read.Probes[0].Figures.MeanKinetic.Should().Be(4, "no line joins two samples within the span, so that both weigh alike");
        read.Excluded.Should().ContainSingle().Which.Should().Be(new ExcludedContent(FiguresBench.Load, "conflict", FiguresBench.At(5), FiguresBench.At(5), 1, ""));
        bench.Samples(0, 15).Select(sample => (sample.MeasuredMilli, sample.Counts)).Should().Equal((4000, "good"), (null, "conflict"), (4000, "good"), (4000, "good"));
    }

    [Fact]
    public async Task Spike_IsLeftOutAndItsNeighboursAreJoined()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 10:30 15:4 20:4");
        await bench.DisbelieveAsync(ConditionKind.ProbeSpike, 10, 15);

        var read = bench.Read(0, 20);

        Times(read.Probes[0].Figures).Should().Be((0, 20, 0, 0));
        (read.Probes[0].Figures.Good, read.Probes[0].Figures.Maximum, read.Probes[0].Figures.StandardDeviation).Should().Be((3, Some.Degrees("4"), 0));
        read.Excluded.Should().ContainSingle().Which.Should().Be(new ExcludedContent(FiguresBench.Load, "probe-spike", FiguresBench.At(10), FiguresBench.At(10), 1, ""));
        bench.Samples(0, 20)[2].Should().Be(new JudgedSample(FiguresBench.Id(FiguresBench.Load), ProbeRole.Load, FiguresBench.At(10), 30_000, 0, "probe-spike"));
    }

    [Fact]
    public async Task Sample_ThatCameLastAndMayBeASpike_IsNotTheMaximumOfADraft()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 10:85");

        var draft = bench.Read(new LookedAt(FiguresBench.At(0), FiguresBench.At(12), FiguresBench.At(12)));
        var later = bench.Read(new LookedAt(FiguresBench.At(0), FiguresBench.At(12), FiguresBench.At(26)));

        (draft.Probes[0].Figures.Maximum, draft.Probes[0].Figures.Good, draft.Probes[0].Figures.Received).Should().Be((Some.Degrees("4"), 2, 3));
        draft.Excluded.Should().ContainSingle().Which.Should().Be(new ExcludedContent(FiguresBench.Load, "in-doubt", FiguresBench.At(10), FiguresBench.At(10), 1, ""));
        later.Probes[0].Figures.Maximum.Should().Be(Some.Degrees("85"), "nothing came for longer than the largest gap, so that it is believed");
    }

    [Fact]
    public async Task AlarmTest_CountsAsUnknownAndAnnouncedWorkDoesNot()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 10:12 15:fault 20:12 25:4 30:4 40:4");
        await bench.AnnounceAsync(WindowKinds.AlarmTest, 10, 25, FiguresBench.Load);
        await bench.AnnounceAsync(WindowKinds.Maintenance, 25, 40);

        var read = bench.Read(0, 40);

        Times(read.Probes[0].Figures).Should().Be((0, 20, 0, 20));
        read.Excluded.Select(run => (run.Reason, run.From - FiguresBench.Begin, run.Samples)).Should().Equal(("alarm-test", Minutes(10), 1), ("fault", Minutes(15), 1), ("alarm-test", Minutes(20), 1));
    }

    [Fact]
    public async Task Calibration_ThatChanges_MakesTwoProbesAndTheLineGoesOnOverIt()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "-5:5.5 5:5.5 15:5.5 25:5.5");
        var unit = FiguresBench.Unit(FiguresBench.Period(null, 10), FiguresBench.Period(10, null, FiguresBench.Probe(offsetMilli: 1000)));

        var probes = bench.Read(0, 20, unit).Probes;

        probes.Select(probe => (probe.Mounted, probe.CalibrationOffsetMilli, probe.Figures.Received, probe.Figures.Mean)).Should().Equal(
            (new SpanContent(FiguresBench.At(0), FiguresBench.At(10)), 0, 1, 5.5), (new SpanContent(FiguresBench.At(10), FiguresBench.At(20)), 1000, 1, 6.5));
        probes.Select(probe => Times(probe.Figures)).Should().Equal((0, 10, 0, 0), (0, 0, 10, 0));
        bench.Samples(0, 20, unit).Select(sample => sample.CalibratedMilli).Should().Equal(5500, 5500, 6500, 6500);
    }

    [Fact]
    public async Task Certificate_ThatChanges_MakesTwoProbesAndAnotherUseDoesNot()
    {
        await using var bench = new FiguresBench();
        var certified = FiguresBench.Probe() with { Certificate = new ProbeCertificate("C-1", new DateOnly(2026, 1, 5), null, 250) };
        var unit = FiguresBench.Unit(
            FiguresBench.Period(null, 10), FiguresBench.Period(10, 20, certified), FiguresBench.Period(20, null, certified) with { Products = ["PLT"] });

        bench.Read(0, 30, unit).Probes.Select(probe => (probe.Mounted, probe.Certificate, probe.CalibratedOn, probe.UncertaintyMilli)).Should().Equal(
            (new SpanContent(FiguresBench.At(0), FiguresBench.At(10)), null, null, null),
            (new SpanContent(FiguresBench.At(10), FiguresBench.At(30)), "C-1", new DateOnly(2026, 1, 5), 250));
    }

    [Fact]
    public async Task Rule_ThatChanges_JudgesFromThereOn()
    {
        await using var bench = new FiguresBench();
        bench.Packs = [FiguresBench.Pack(), FiguresBench.Pack(10, rule => rule with { High = Some.Degrees("5") }, "2", sampleEvery: 2)];
        await bench.MeasureAsync(FiguresBench.Load, "0:5.5 7:5.5 17:5.5 20:5.5");

        var read = bench.Read(0, 20);

        Times(read.Probes.Should().ContainSingle().Which.Figures).Should().Be((0, 10, 10, 0));
        read.Probes[0].Figures.Expected.Should().Be(2 + 5);
        read.Rules.Select(rule => (rule.Version, rule.InForce, rule.High)).Should().Equal(
            ("1", new SpanContent(FiguresBench.At(0), FiguresBench.At(10)), Some.Degrees("6")), ("2", new SpanContent(FiguresBench.At(10), FiguresBench.At(20)), Some.Degrees("5")));
    }

    [Fact]
    public async Task LargestGap_ThatChanges_CountsForItsOwnTime()
    {
        await using var bench = new FiguresBench();
        bench.Packs = [FiguresBench.Pack(), FiguresBench.Pack(10, rule => rule with { MaxGap = TimeSpan.FromMinutes(5) }, "2")];
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 15:4 20:4");

        bench.Read(0, 20).Probes.Should().ContainSingle().Which.Unknown.Should().Equal(new SpanContent(FiguresBench.At(10), FiguresBench.At(15)));
    }

    [Fact]
    public async Task Hole_InTheUse_IsNotJoinedOver()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "-2:4 2:4 8:4 11:9 13:4 18:4 20:4");
        var unit = FiguresBench.Unit(FiguresBench.Period(null, -1), FiguresBench.Period(0, 10), FiguresBench.Period(12, null));

        var probes = bench.Read(0, 20, unit).Probes;

        probes.Select(probe => Times(probe.Figures)).Should().Equal((0, 6, 0, 4), (0, 7, 0, 1));
        bench.Samples(0, 20, unit).Select(sample => sample.At - FiguresBench.Begin).Should().Equal(Minutes(2), Minutes(8), Minutes(13), Minutes(18), Minutes(20));
    }

    [Fact]
    public async Task Rule_ThatNobodyHas_LeavesAllUnknown()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "0:4 5:4 10:4");

        var read = bench.Read(0, 10, FiguresBench.Unit(FiguresBench.Period(null, null) with { RulePackId = "gone" }));

        Times(read.Probes[0].Figures).Should().Be((0, 0, 0, 10));
        (read.Rules.Count, read.Probes[0].Figures.Expected, read.Probes[0].Figures.Good).Should().Be((0, 0, 2));
    }

    [Fact]
    public async Task Air_IsJudgedByItsOwnLimitsAndComesAfterLoad()
    {
        await using var bench = new FiguresBench();
        bench.Packs = [FiguresBench.Pack(change: rule => rule with { AirLimits = new AirLimits(null, Some.Degrees("8")) })];
        await bench.MeasureAsync(FiguresBench.Air, "0:7 5:7 10:9 15:1");
        await bench.MeasureAsync(FiguresBench.Load, "0:7 15:7");

        var read = bench.Read(0, 15, FiguresBench.Unit(FiguresBench.Period(null, null, FiguresBench.Probe(FiguresBench.Air, role: ProbeRole.Air), FiguresBench.Probe())));

        read.Probes.Select(probe => (probe.Probe, probe.Role, Times(probe.Figures))).Should().Equal(
            (FiguresBench.Load, ProbeRole.Load, (0, 0, 15, 0)), (FiguresBench.Air, ProbeRole.Air, (0, 15 - 3.125, 3.125, 0)));
        (read.Rules[0].AirLow, read.Rules[0].AirHigh, read.Rules[0].High).Should().Be((null, Some.Degrees("8"), Some.Degrees("6")));
    }

    [Fact]
    public async Task Stretches_OfALoadProbe_AreTheEngines()
    {
        await using var bench = new FiguresBench();
        await bench.MeasureAsync(FiguresBench.Load, "-5:4 0:4 5:8 10:4 30:4 35:7");

        var stretches = bench.Stretches(FiguresBench.At(0), FiguresBench.At(40));

        stretches.Select(stretch => (stretch.Side, stretch.Start - FiguresBench.Begin, stretch.LastKnown - FiguresBench.Begin, stretch.EndReason)).Should().Equal(
            (Side.High, Minutes(2.5), Minutes(7.5), EndReason.InRange), (Side.Unknown, Minutes(10), Minutes(30), EndReason.InRange),
            (Side.High, FiguresBench.At(30 + 10 / 3.0) - FiguresBench.Begin, Minutes(35), EndReason.Open));
        stretches[0].DegreeMinutes.Should().Be(5);
    }

    private static (double Low, double InRange, double High, double Unknown) Times(FiguresContent figures) =>
        (figures.Low.TotalMinutes, figures.InRange.TotalMinutes, figures.High.TotalMinutes, figures.Unknown.TotalMinutes);

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMilliseconds(minutes * 60_000);

    private static TimeSpan Milli(long milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
