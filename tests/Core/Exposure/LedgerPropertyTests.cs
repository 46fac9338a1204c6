using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using FsCheck;
using FsCheck.Fluent;

namespace ColdChain.Core.Tests.Exposure;

/// <summary>What holds for every life, and that another way of adding up, minute by minute, comes to the same.</summary>
public sealed class LedgerPropertyTests
{
    private const int UnknownLimit = 240;
    private const int Bench = 30;

    [Fact]
    public void Ledger_OfAnyLife_IsWhatCountingMinutesGives() => ForAnyLife((random, seed) =>
    {
        var life = RandomLife.Create(random);
        foreach (var exposure in Ledger.Judge("RBC", life.Placements(), life.End).Allowances.Where(one => one.Allowance.Ranges.Count > 0))
        {
            var minutes = Minutes(life, exposure.Allowance);
            exposure.Total.Should().Be(new TimeBounds(Time(Count(minutes, "K")), Time(Count(minutes, "KP"))), $"{exposure.Key}, seed {seed}");
            exposure.Longest.Should().Be(new TimeBounds(Time(Runs(minutes, "K").Max()), Time(Runs(minutes, "KP").Max())), $"{exposure.Key}, seed {seed}");
            exposure.Occasions.Should().Be(new CountBounds(Fewest(minutes), Most(minutes)), $"{exposure.Key}, seed {seed}");
        }
    });

    [Fact]
    public void Ledger_StaysInAnyOrderAndCutAnywhere_IsTheSame() => ForAnyLife((random, seed) =>
    {
        var life = RandomLife.Create(random);
        var whole = Shape(Ledger.Judge("RBC", life.Placements(), life.End));
        var cut = life.Placements([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(1, life.Minutes))]).ToArray();
        random.Shuffle(cut);

        Shape(Ledger.Judge("RBC", cut, life.End)).Should().Equal(whole, $"seed {seed}");
        Shape(Ledger.Judge("RBC", life.Scattered().Placements(), life.End)).Should().Equal(whole, $"moving keeps what was used, seed {seed}");
    });

    [Fact]
    public void Ledger_WithLessKnown_AllowsForNoLessThanBefore() => ForAnyLife((random, seed) =>
    {
        var life = RandomLife.Create(random);
        var (from, to) = (random.Next(life.Minutes), random.Next(life.Minutes));
        var before = Ledger.Judge("RBC", life.Placements(), life.End).Allowances.ToDictionary(one => one.Key);
        var after = Ledger.Judge("RBC", Unheard(life, from, to).Placements(), life.End).Allowances;

        foreach (var exposure in after)
        {
            exposure.Total.Possible.Should().BeGreaterThanOrEqualTo(before[exposure.Key].Total.Possible, $"{exposure.Key}, seed {seed}");
            exposure.Longest.Possible.Should().BeGreaterThanOrEqualTo(before[exposure.Key].Longest.Possible, $"{exposure.Key}, seed {seed}");
            exposure.Total.Known.Should().BeLessThanOrEqualTo(before[exposure.Key].Total.Known, $"{exposure.Key}, seed {seed}");
            exposure.Occasions.Known.Should().BeLessThanOrEqualTo(before[exposure.Key].Occasions.Known, $"{exposure.Key}, seed {seed}");
            exposure.Occasions.Possible.Should().BeGreaterThanOrEqualTo(exposure.Occasions.Known, $"{exposure.Key}, seed {seed}");
        }
    });

    [Fact]
    public void Deadline_OfAnyLife_IsNotLaterThanTheVerdictChanges() => ForAnyLife((random, seed) =>
    {
        var life = RandomLife.Create(random);
        var last = life.Placements()[^1] with { Out = null };
        var stays = life.Placements()[..^1];
        stays.Add(last with { Levels = [.. last.Levels.Select(level => level.Interval.End < life.End ? level : level with { Interval = level.Interval with { End = life.End + Time(6000) } })] });

        var (now, verdict) = (life.End, Ledger.Judge("RBC", stays, life.End));
        for (var step = 0; step < 40; step++)
        {
            var later = now + Time(random.Next(1, 120));
            var next = Ledger.Judge("RBC", stays, later);
            if (Verdicts(next) != Verdicts(verdict))
            {
                verdict.NextDeadline.Should().NotBeNull($"seed {seed}").And.Match(deadline => ((Instant)deadline!) <= later, $"seed {seed}");
            }

            (now, verdict) = (later, next);
        }
    });

    private static void ForAnyLife(Action<Random, int> holds) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Cases.Of(100)), Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => holds(new Random(seed), seed)));

    // Time that was out of the ranges becomes unknown; time that counts stays as it was.
    private static RandomLife Unheard(RandomLife life, int from, int to) =>
        Enumerable.Range(from, Math.Max(0, to - from)).Any(minute => life.Told(minute).Any(milli => milli is < 2000 or > 6000)) ? life : life.Silenced(from, to);

    private static string Verdicts(BloodUnitExposure exposure) => string.Join(' ', exposure.Allowances.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Verdict));

    private static IEnumerable<string> Shape(BloodUnitExposure exposure) =>
        exposure.Allowances.Select(one => $"{one.Key}: {one.Longest} {one.Total} {one.Occasions} {one.Verdict} {one.IsOnlyPossible} {one.NextDeadline} {one.Lowest} {one.Highest}")
            .Append($"{exposure.Lowest} {exposure.Highest}");

    /// <summary>K: counts. P: nobody knows. B: on the bench for a short time, which bridges. N: does not count.</summary>
    private static string Minutes(RandomLife life, Allowance allowance) => new([.. Enumerable.Range(0, life.Minutes).Select(minute =>
        life.Places[minute] < 0 ? (BenchAround(life, minute) <= Bench ? 'B' : 'P')
        : life.Told(minute).Any(milli => allowance.Ranges.Any(range => range.Contains(Celsius.FromMilli(milli)))) ? 'K'
        : life.Told(minute).Any() ? 'N' : 'P')]);

    private static int BenchAround(RandomLife life, int minute)
    {
        var (from, to) = (minute, minute);
        while (life.Places[from - 1] < 0)
        {
            from--;
        }

        while (life.Places[to + 1] < 0)
        {
            to++;
        }

        return to - from + 1;
    }

    private static int Count(string minutes, string which) => minutes.Count(which.Contains);

    private static IEnumerable<int> Runs(string minutes, string which) =>
        new string([.. minutes.Select(minute => which.Contains(minute) ? '1' : ' ')]).Split(' ').Select(run => run.Length);

    private static int Fewest(string minutes) => minutes.Split('N').Count(part => part.Contains('K'));

    private static int Most(string minutes) =>
        Runs(minutes, "K").Count(run => run > 0) + Runs(minutes, "P").Sum(run => run <= UnknownLimit ? 0 : (run * 60_000 - 1) / (UnknownLimit * 60_000));

    private static TimeSpan Time(int minutes) => TimeSpan.FromMinutes(minutes);
}
