using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Reading;

namespace ColdChain.Server.Tests.Reports.Reading;

/// <summary>Figures of samples that chance makes, over a few seconds, so that every millisecond of them can be looked at.</summary>
public sealed class AnyFiguresTests
{
    private const double Second = 1.0 / 60;

    [Fact]
    public async Task Figures_OfAnySamples_AreThoseThatTheirDefinitionsGive()
    {
        await using var bench = new FiguresBench();
        var seen = (Gaps: 0, Lows: 0, Highs: 0, Conflicts: 0);
        for (var seed = 1; seed <= 60; seed++)
        {
            var any = await Any.MeasureAsync(bench, seed);

            var read = bench.Read(any.From, any.To, any.Unit);
            var samples = bench.Store.Read(session => new UnitFiguresReader(bench.Packs).Samples(session, any.Unit, FiguresBench.Settled(any.From, any.To)).ToList());

            foreach (var probe in read.Probes)
            {
                Compare(probe.Figures, new NaiveFigures(samples, probe.CalibrationOffsetMilli, read.Rules).Of(probe.Mounted), $"seed {seed}, {probe.Mounted}");
                probe.Unknown.Sum(gap => (gap.To - gap.From).TotalMilliseconds).Should().Be(probe.Figures.Unknown.TotalMilliseconds);
                seen = (seen.Gaps + (probe.Unknown.Count > 1 ? 1 : 0), seen.Lows + (probe.Figures.Low > TimeSpan.Zero ? 1 : 0), seen.Highs + (probe.Figures.High > TimeSpan.Zero ? 1 : 0), seen.Conflicts);
            }

            seen = seen with { Conflicts = seen.Conflicts + read.Excluded.Count(run => run.Reason == CountsAs.Conflict) };
            read.Excluded.Sum(run => run.Samples).Should().Be(read.Probes.Sum(probe => probe.Figures.Received - probe.Figures.Good));
        }

        (seen.Gaps > 10 && seen.Lows > 10 && seen.Highs > 10 && seen.Conflicts > 10).Should().BeTrue($"otherwise nothing was tried: {seen}");
    }

    [Fact]
    public async Task TimesOutOfRange_UnderOneRule_AreThoseOfTheEngine()
    {
        await using var bench = new FiguresBench();
        for (var seed = 101; seed <= 130; seed++)
        {
            var any = await Any.MeasureAsync(bench, seed, isPlain: true);

            var read = bench.Read(any.From, any.To, any.Unit);

            var figures = read.Probes.Should().ContainSingle().Which.Figures;
            var stretches = bench.Stretches(any.From, any.To, any.Unit, any.Unit.History[0].Probes[0].Id);
            figures.Low.Should().Be(Within(stretches, Side.Low, any), "seed {0}", seed);
            figures.High.Should().Be(Within(stretches, Side.High, any), "seed {0}", seed);
        }
    }

    private static TimeSpan Within(IEnumerable<Stretch> stretches, Side side, Any any) => stretches.Where(stretch => stretch.Side == side)
        .Select(stretch => Instant.Min(stretch.LastKnown, any.To) - Instant.Max(stretch.Start, any.From))
        .Where(time => time > TimeSpan.Zero)
        .Aggregate(TimeSpan.Zero, (sum, time) => sum + time);

    private static void Compare(FiguresContent found, FiguresContent expected, string why)
    {
        var rounded = expected with { Mean = found.Mean, StandardDeviation = found.StandardDeviation, MeanKinetic = found.MeanKinetic, CoveragePercent = found.CoveragePercent };
        found.Should().Be(rounded, why);
        Near(found.Mean, expected.Mean, 1e-6);
        Near(found.StandardDeviation, expected.StandardDeviation, 1e-6);
        Near(found.MeanKinetic, expected.MeanKinetic, 1e-6);
        Near(found.CoveragePercent, expected.CoveragePercent, 1e-4);

        void Near(double? one, double? other, double by) => (one is null == other is null && Math.Abs((one ?? 0) - (other ?? 0)) <= by).Should().BeTrue($"{one} is {other}: {why}");
    }

    /// <summary>A storage unit of its own with a probe that chance moves: now and then out of range, silent, at fault or in conflict.</summary>
    private sealed record Any(StorageUnit Unit, Instant From, Instant To)
    {
        public static async Task<Any> MeasureAsync(FiguresBench bench, int seed, bool isPlain = false)
        {
            var random = new Random(seed);
            var probe = new ProbeId(new DeviceId($"any-{seed}"), "load");
            var (from, to) = (FiguresBench.At(0), FiguresBench.At(0) + TimeSpan.FromMilliseconds(1500));
            await bench.DeliverAsync(probe, Samples(random, from - TimeSpan.FromMilliseconds(300), to + TimeSpan.FromMilliseconds(300)));
            var change = FiguresBench.At(random.NextDouble() * 1.5 * Second);
            bench.Packs = isPlain ? [Pack(null, 60, 6_000)] : [Pack(null, 60, 6_000), Pack(random.NextDouble() * 1.5 * Second, 30, 5_000)];
            var fixedProbe = new FleetProbe(probe, ProbeRole.Load, random.Next(-300, 300));
            var period = FiguresBench.Period(null, null, fixedProbe);
            return new Any(
                FiguresBench.Unit(isPlain ? [period] : [period with { To = change }, period with { From = change, Probes = [fixedProbe with { CalibrationOffsetMilli = random.Next(-300, 300) }] }]),
                from,
                to);
        }

        private static DatedPack Pack(double? from, int maxGapMilliseconds, int high) => FiguresBench.Pack(
            from, rule => rule with { High = Celsius.FromMilli(high), MaxGap = TimeSpan.FromMilliseconds(maxGapMilliseconds) }, $"{high}", sampleEvery: 0.001);

        private static IEnumerable<(Instant At, string Content)> Samples(Random random, Instant from, Instant to)
        {
            var celsius = 4m;
            for (var at = from; at < to; at += TimeSpan.FromMilliseconds(random.Next(15) == 0 ? random.Next(1, 150) : random.Next(1, 40)))
            {
                celsius = Math.Clamp(celsius + random.Next(-2500, 2501) / 1000m, 0m, 8m);
                var text = celsius.ToString(System.Globalization.CultureInfo.InvariantCulture);
                var what = random.Next(20);
                yield return (at, what == 0 ? "fault" : text);
                if (what == 1)
                {
                    yield return (at, "12"); // A second content for the same instant.
                }
            }
        }
    }
}
