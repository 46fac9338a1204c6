using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Tests.Shared.Oracle;
using Truth = ColdChain.Tests.Shared.Oracle.Exposure;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>The engine beside the oracle of the simulation, which shares no code with it.</summary>
public sealed class OracleTests
{
    /// <summary>Crossings are rounded to a millisecond, outwards.</summary>
    private const long Tolerance = 2;

    [Fact]
    public void Findings_OfAnyUnit_AreThoseOfTheOracle() => ForAnyUnit((unit, seed) =>
    {
        var probes = unit.Oracles(unit.Now).Select(entry => entry.Oracle).ToList();
        var truths = probes.SelectMany(probe => probe.Beyond()).Concat(new BlindOracle("unit", probes, unit.Now.Milliseconds).Exposures((_, _) => false)).ToList();
        var left = unit.Fold(unit.Now).Judge(unit.Now).Stretches.Where(found => found.Stretch.AlarmedAt(unit.Now) is not null).ToList();

        foreach (var truth in truths)
        {
            var at = left.FindIndex(found => IsSame(found, truth));
            if (at < 0 && truth.Side == "unknown" && truth.End - truth.Start <= Limits.UnknownLimit + Limits.MaxGap)
            {
                continue; // Less, if it ended when another probe was put there.
            }

            at.Should().BeGreaterThanOrEqualTo(0, $"seed {seed} has {truth}, beside {string.Join("; ", left.Select(found => $"{found.Probe} {found.Stretch}"))}");
            left.RemoveAt(at);
        }

        left.Select(found => $"{found.Probe} {found.Stretch}").Should().BeEmpty($"seed {seed}");
    });

    [Fact]
    public void Levels_OfAnyUnit_LastAsTheOracleReckons() => ForAnyUnit((unit, seed) =>
    {
        var fold = unit.Fold(unit.Now);
        var running = fold.RunningLevels(unit.Now);
        var (limits, lines) = (Limits.Of("RBC"), unit.Oracles(unit.Now));
        foreach (var (probe, oracle) in lines.Where(line => !unit.HasJustChanged(line.Probe)))
        {
            var levels = fold.ClosedLevels.Where(level => level.Probe == probe).Select(level => level.Interval)
                .Concat(running.Where(entry => entry.Probe == probe).SelectMany(entry => entry.Intervals)).Where(level => !level.IsUnknown).ToList();
            var truth = oracle.Lines(limits);

            var beyond = levels.Where(level => level.From > limits.High || level.To < limits.Low);
            Lasting(beyond.Select(level => (level.Start, level.End)), $"seed {seed}, {probe}, beyond", truth.Beyond);
            Lasting(levels.Select(level => (level.Start, level.End)), $"seed {seed}, {probe}, told", truth.Told);
        }
    });

    [Fact]
    public void Verdict_OfAnyUnit_StaysUntilItsDeadlineWhenNothingComes() => ForAnyUnit((unit, seed) =>
    {
        var random = new Random(seed);
        var fold = unit.Fold(unit.Now, hasDelay: true);
        var (now, verdict) = (unit.Now, fold.Judge(unit.Now));
        for (var step = 0; step < 12; step++)
        {
            var later = verdict.NextDeadline is { } deadline && random.Next(2) == 0
                ? deadline - TimeSpan.FromMilliseconds(random.Next(2))
                : now + TimeSpan.FromMinutes(random.Next(1, 60));
            later = Instant.Max(now, later);
            var next = fold.Judge(later);
            if (!Said(next, later).SequenceEqual(Said(verdict, now)))
            {
                (verdict.NextDeadline <= later).Should().BeTrue(
                    $"seed {seed} said from {now} until {verdict.NextDeadline} {string.Join("; ", Said(verdict, now).Except(Said(next, later)))}, and at {later} {string.Join("; ", Said(next, later).Except(Said(verdict, now)))}");
            }

            (now, verdict) = (later, next);
        }
    });

    [Fact]
    public void WhatIsSettled_StaysWhateverComesAfterwards() => ForAnyUnit((unit, seed) =>
    {
        var middle = Series.Minute((unit.Now - Series.Minute(0)).TotalMinutes / 2);
        var early = unit.Fold(middle);
        var settled = early.Settled(middle);
        var late = unit.Fold(unit.Now);

        foreach (var (probe, upTo) in settled)
        {
            var before = Instant.Min(upTo, middle); // One that left is settled for ever, until it is put there again.
            var (then, afterwards) = (Beginnings(early.Record(), probe, before), Beginnings(late.Record(), probe, before));
            afterwards.Should().Equal(then, $"seed {seed}, {probe} is settled up to {before}, and not {string.Join("; ", afterwards.Except(then))}");
        }
    });

    private static void ForAnyUnit(Action<OracleUnit, int> holds)
    {
        for (var seed = 1; seed <= Cases.Of(400); seed++)
        {
            holds(OracleUnit.Create(seed), seed);
        }
    }

    private static bool IsSame(ProbeStretch found, Truth truth) =>
        (truth.Probe.Length == 0 || found.Probe.ToString() == truth.Probe)
        && found.Stretch.Side.ToString().Equals(truth.Side, StringComparison.OrdinalIgnoreCase)
        && IsNear(found.Stretch.Start, truth.Start)
        && (truth.IsOpen
            ? found.Stretch.ExposureEnd == Instant.End
            : IsNear(found.Stretch.LastKnown, truth.End, Rounding(found.Stretch)) && IsNear(found.Stretch.ExposureEnd, truth.ExposedTo!.Value, Rounding(found.Stretch))); // What is over has an end.

    /// <summary>Unknown time ends when another probe is put there, if that one may speak yet: at most a gap before anyone spoke.</summary>
    private static long Rounding(Stretch found) => found is { Side: Side.Unknown, EndReason: EndReason.RuleChange } ? Limits.MaxGap : Tolerance;

    private static bool IsNear(Instant found, decimal truth, long tolerance = Tolerance) => Math.Abs(found.Milliseconds - truth) <= tolerance;

    private static void Lasting(IEnumerable<(Instant Start, Instant End)> found, string what, List<(decimal From, decimal To)> truth)
    {
        var (lasted, reached) = (0L, Instant.Beginning);
        foreach (var (start, end) in found.OrderBy(time => time.Start))
        {
            lasted += Math.Max(0, end.Milliseconds - Instant.Max(start, reached).Milliseconds);
            reached = Instant.Max(reached, end);
        }

        ((double)lasted).Should().BeApproximately((double)truth.Sum(time => time.To - time.From), 2 * Tolerance * (truth.Count + 1), what);
    }

    private static List<string> Said(UnitVerdict verdict, Instant now) =>
    [
        $"{verdict.View.State}",
        .. verdict.Stretches.Where(found => found.Stretch.AlarmedAt(now) is not null)
            .Select(found => $"{found.Probe} {found.Stretch.Side} since {found.Stretch.Start} {found.Stretch.EndReason}, exposed to {found.Stretch.ExposureEnd}"),
    ];

    private static IEnumerable<(Side, Instant)> Beginnings(IEnumerable<ProbeStretch> record, ProbeId probe, Instant before) => record
        .Where(found => found.Probe == probe && found.Stretch.Side != Side.Unknown && found.Stretch.Start < before)
        .Select(found => (found.Stretch.Side, found.Stretch.Start))
        .OrderBy(found => found.Start).ThenBy(found => found.Side);
}
