using System.Diagnostics;
using System.Globalization;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Server.Tests.Reports.Reading;
using ColdChain.Server.Tests.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Reports;

/// <summary>Figures of the product against a program in another language that shares no code with it.</summary>
public sealed class RecomputeTests
{
    private const double Hours = 60;

    [Theory]
    [Trait("Needs", "python")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Figures_OfAPeriod_AreRecomputedWithoutADifference(int seed)
    {
        await using var bench = await MeasuredAsync(seed);
        var unit = UnitOf(seed);
        var content = UnitContent(bench, unit);

        var (exit, output) = await RecomputeAsync(content, bench.Samples(0, 48 * Hours, unit));

        output.Should().EndWith("0 differences");
        exit.Should().Be(0);
        content.Units[0].Probes.Should().HaveCount(4, "both probes are calibrated anew").And.Contain(probe => probe.Figures.High > TimeSpan.Zero);
        content.Units[0].Excluded.Select(run => run.Reason).Distinct().Should().HaveCountGreaterThan(3);
    }

    [Fact]
    [Trait("Needs", "python")]
    public async Task Figure_ThatIsWrong_IsFound()
    {
        await using var bench = await MeasuredAsync(1);
        var content = UnitContent(bench, UnitOf(1));
        var probe = content.Units[0].Probes[0];
        IReadOnlyList<FiguresContent> wrong =
        [
            probe.Figures with { Good = probe.Figures.Good + 1 },
            probe.Figures with { High = probe.Figures.High + TimeSpan.FromMilliseconds(1) },
            probe.Figures with { MinimumAt = probe.Figures.MinimumAt + TimeSpan.FromMinutes(1) },
            probe.Figures with { MeanKinetic = probe.Figures.MeanKinetic + 0.00001 },
        ];

        foreach (var figures in wrong)
        {
            var unit = content.Units[0] with { Probes = [probe with { Figures = figures }, .. content.Units[0].Probes.Skip(1)] };
            var (exit, output) = await RecomputeAsync(content with { Units = [unit] }, bench.Samples(0, 48 * Hours, UnitOf(1)));
            (exit, output.Split('\n')[^1]).Should().Be((1, "1 differences"), output);
        }
    }

    /// <summary>Each time out of range, excursion or not, over changes of rule and calibration as well.</summary>
    [Fact]
    [Trait("Needs", "python")]
    public async Task Finding_OfAnyTimeOutOfRange_IsRecomputedWithoutADifference()
    {
        var seen = new List<Stretch>();
        foreach (var seed in Enumerable.Range(4, 4))
        {
            await using var bench = await MeasuredAsync(seed);
            var unit = UnitOf(seed);
            var (read, samples) = (bench.Read(0, 48 * Hours, unit), bench.Samples(0, 48 * Hours, unit));
            var whole = bench.Stretches(FiguresBench.At(0), FiguresBench.At(48 * Hours), unit).Where(one => one.Start > FiguresBench.At(0) && one.LastKnown < FiguresBench.At(48 * Hours));
            foreach (var one in whole.Where(one => one.Side != Side.Unknown && !one.IsConflict))
            {
                var (exit, output) = await RecomputeAsync(ExcursionContent(read, one), samples);
                (exit, output).Should().Be((0, "0 differences"), "that of seed {0} began at {1}", seed, one.Start);
                seen.Add(one);
            }
        }

        seen.Select(one => one.EndReason).Should().Contain([EndReason.InRange, EndReason.RuleChange, EndReason.Unknown]);
        seen.Select(one => one.Side).Should().Contain([Side.Low, Side.High]);
        seen.Exists(one => one.RuleSince is not null).Should().BeTrue("one goes on under the next rule");
        seen.Exists(one => one.OutSince is not null).Should().BeTrue("one begins where another rule ends one");
    }

    private static StorageUnit UnitOf(int seed)
    {
        var air = FiguresBench.Probe(FiguresBench.Air, role: ProbeRole.Air);
        return FiguresBench.Unit(
            FiguresBench.Period(null, (20 + seed) * Hours, FiguresBench.Probe(), air),
            FiguresBench.Period((20 + seed) * Hours, null, FiguresBench.Probe(offsetMilli: 125), air with { CalibrationOffsetMilli = -250 }));
    }

    // Two days with a sample every five minutes or so: temperatures that swing through both limits, gaps, faults, conflicts, a spike and a test.
    private static async Task<FiguresBench> MeasuredAsync(int seed)
    {
        var bench = new FiguresBench();
        bench.Packs =
        [
            FiguresBench.Pack(change: rule => rule with { LoadDelay = TimeSpan.FromMinutes(30), AirLimits = new(null, Some.Degrees("7")) }),
            FiguresBench.Pack(4.5 * Hours, rule => rule with { High = Some.Degrees("5.5"), MaxGap = TimeSpan.FromMinutes(12), LoadDelay = TimeSpan.FromMinutes(30) }, "2", sampleEvery: 7),
            FiguresBench.Pack(14 * Hours, rule => rule with { Low = Some.Degrees("2.5"), LoadDelay = TimeSpan.FromMinutes(60) }, "3"),
            FiguresBench.Pack(21.4 * Hours, rule => rule with { High = Some.Degrees("5.75"), LoadDelay = TimeSpan.FromMinutes(60) }, "4"),
        ];
        foreach (var probe in new[] { FiguresBench.Load, FiguresBench.Air })
        {
            await bench.MeasureAsync(probe, string.Join(' ', Samples(new Random(seed * 100 + probe.Length))));
            await bench.DisbelieveAsync(ConditionKind.ProbeSpike, 300, 311, probe);
        }

        await bench.AnnounceAsync(WindowKinds.AlarmTest, 600, 640, FiguresBench.Load);
        return bench;
    }

    private static IEnumerable<string> Samples(Random random)
    {
        for (var at = -0.5 * Hours; at < 49 * Hours; at += random.Next(120) == 0 ? random.Next(10, 30) : random.Next(4_000, 6_000) / 1000.0)
        {
            var celsius = (4 + 2.8 * Math.Sin(at / 180)).ToString("0.###", CultureInfo.InvariantCulture);
            var what = random.Next(120);
            var minute = at.ToString("0.####", CultureInfo.InvariantCulture);
            yield return $"{minute}:{(what < 3 ? "fault" : celsius)}";
            if (what == 3)
            {
                yield return $"{minute}:12.345";
            }
        }
    }

    private static ReportContent UnitContent(FiguresBench bench, StorageUnit unit)
    {
        var read = bench.Read(0, 48 * Hours, unit);
        var content = bench.Store.Read(session => new PeriodReader(FleetHistory.Empty, bench.Packs).Read(session, unit, FiguresBench.Settled(FiguresBench.At(0), FiguresBench.At(48 * Hours)), CancellationToken.None));
        content.Probes.Select(probe => probe.Figures).Should().Equal(read.Probes.Select(probe => probe.Figures), "how long a line is drawn is no matter for a figure");
        return Content(ReportKind.UnitPeriod) with { Units = [content] };
    }

    private static ReportContent ExcursionContent(UnitFigures read, Stretch stretch) => Content(ReportKind.Excursion) with
    {
        Excursion = new ExcursionContent
        {
            Finding = new FindingContent
            {
                Id = 1,
                Version = 1,
                Probe = FiguresBench.Load,
                Side = stretch.Side,
                Rule = new CitedRuleContent("", "", "", "", stretch.Rule.Low, stretch.Rule.High),
                Start = stretch.Start,
                AlarmedAt = stretch.Start,
                End = stretch.End,
                EndReason = stretch.EndReason,
                LastKnown = stretch.LastKnown,
                DiscoveredAt = stretch.Start,
                Status = FindingWords.Current,
                Peak = Celsius.FromMilli(stretch.PeakMilli),
                Duration = stretch.Duration,
                Cumulative = read.Probes.Where(probe => probe.Role == ProbeRole.Load).Select(probe => stretch.Side == Side.High ? probe.Figures.High : probe.Figures.Low).Aggregate((a, b) => a + b),
                DegreeMinutes = Math.Round(stretch.DegreeMinutes, 6),
                IsConflict = false,
                IsDeclaredLost = false,
            },
            Versions = [],
            Rules = read.Rules,
            Probes = read.Probes,
            Conditions = [],
            Excluded = read.Excluded,
            Timeline = [],
            Notifications = [],
            Acknowledgements = [],
            BloodUnits = [],
            Case = [],
            Audit = [],
        },
    };

    private static ReportContent Content(ReportKind kind) => new()
    {
        Number = "SU-fridge-1_2026-01",
        Kind = kind,
        Place = Places.Of(FleetHistory.Empty, FiguresBench.Unit()),
        From = FiguresBench.At(0),
        To = FiguresBench.At(48 * Hours),
        IsUnfinished = false,
    };

    private static async Task<(int Exit, string Output)> RecomputeAsync(ReportContent content, IReadOnlyList<JudgedSample> samples)
    {
        using var folder = new TempFolder();
        await File.WriteAllBytesAsync(folder.File("report.json"), ReportJson.Write(content));
        await File.WriteAllLinesAsync(folder.File("samples.csv"), samples.Select(sample => string.Join(
            ',', sample.Probe, sample.Role == ProbeRole.Load ? "load" : "air", sample.At, Degrees(sample.MeasuredMilli), Degrees(sample.CalibratedMilli), sample.Counts)).Prepend("probe,role,at,measured,calibrated,counts"));
        var program = Path.Combine(Repository.Root, "tests", "Server", "Reports", "recompute.py");
        var start = new ProcessStartInfo("/usr/bin/python3", ["-B", program, folder.File("report.json"), folder.File("samples.csv")]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!; // It is a program that the trait says is there.
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim());
    }

    private static string Degrees(int? milli) => milli is { } known ? Celsius.FromMilli(known).ToString() : "";
}
