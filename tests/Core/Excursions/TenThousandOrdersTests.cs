using System.Globalization;
using System.Text;
using ColdChain.Core.Excursions;
using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Tests.Excursions;

/// <summary>
/// Ten thousand orders of arrival, with duplicates, in batches of any size, with the fleet corrected at any moment in between: each course
/// has one outcome, equal to the last byte.
/// </summary>
public sealed class TenThousandOrdersTests
{
    private const int Courses = 25;
    private const int OrdersOfACourse = 400;

    // So many samples that checkpoints come about: these take a hundred times as long.
    private const int LongCourses = 5;
    private const int OrdersOfALongCourse = 8;

    [Fact]
    public void Outcome_OfTenThousandOrders_IsTheSameToTheLastByte()
    {
        var orders = 0;
        for (var seed = 1; seed <= Courses; seed++)
        {
            orders += AllAlike(seed, samples: 4 + (seed % 9), Cases.Of(OrdersOfACourse));
        }

        orders.Should().Be(Courses * Cases.Of(OrdersOfACourse), "that is ten thousand, unless a mutation run asks for fewer");
    }

    [Fact]
    public void Outcome_OfLongCoursesWithCheckpoints_IsTheSameToTheLastByte()
    {
        var orders = Enumerable.Range(1, Cases.Of(LongCourses)).Sum(seed => AllAlike(seed, samples: 300, OrdersOfALongCourse));

        orders.Should().BePositive();
    }

    [Fact]
    public void Courses_HaveEverySideConditionsAndHolds()
    {
        var outcomes = string.Concat(Enumerable.Range(1, Courses).Select(seed => Outcome(InOrder(Trace.Create(seed, 4 + (seed % 9))), seed)));

        outcomes.Should().Contain("High").And.Contain("Low").And.Contain("Unknown").And.Contain("DoorOpen").And.Contain("blood unit");
    }

    private static int AllAlike(int seed, int samples, int orders)
    {
        var trace = Trace.Create(seed, samples);
        var expected = Outcome(InOrder(trace), seed);
        for (var order = 0; order < orders; order++)
        {
            Outcome(Anyhow(trace, new Random((seed * 100_000) + order)), seed).Should().Be(expected, $"course {seed}, order {order}");
        }

        return orders;
    }

    private static MemoryEvaluator InOrder(Trace trace)
    {
        var evaluator = new MemoryEvaluator(trace.Plan);
        evaluator.Receive(trace.Readings, trace.Now);
        return evaluator;
    }

    private static MemoryEvaluator Anyhow(Trace trace, Random random)
    {
        var (wrongPlan, from) = WrongPlan(trace, random);
        var evaluator = new MemoryEvaluator(wrongPlan, random.Next(2) == 0 ? 1 : int.MaxValue);
        var arrivals = trace.Readings.Concat(trace.Readings.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(arrivals);
        var correctedAt = random.Next(arrivals.Length + 1);
        var isCorrected = false;
        for (var done = 0; done < arrivals.Length;)
        {
            var count = Math.Min(arrivals.Length - done, random.Next(1, arrivals.Length + 1));
            evaluator.Receive(arrivals[done..(done + count)], trace.Now);
            done += count;
            if (!isCorrected && done >= correctedAt)
            {
                evaluator.Replan(trace.Plan, from, trace.Now);
                isCorrected = true;
            }
        }

        return evaluator;
    }

    /// <summary>What the fleet said before somebody corrected it: a probe missing, a correction of a probe left out, a rule that began earlier.</summary>
    private static (UnitPlan Plan, Instant From) WrongPlan(Trace trace, Random random)
    {
        var plan = trace.Plan;
        var first = plan.Probes[0].Judge.Spans[0];
        switch (random.Next(4))
        {
            case 0:
                return (plan with { Probes = [.. plan.Probes.Where((_, i) => i != 1)] }, first.From);
            case 1:
                return (plan with { Probes = [.. plan.Probes.Select(probe => With(probe, spans => [.. spans.Select(span => span with { CalibrationMilli = 0 })]))] }, first.To);
            case 2:
                return (plan with { Probes = [.. plan.Probes.Select(probe => With(probe, spans => [spans[1] with { From = spans[0].From }]))] }, first.From);
            default:
                return (plan, first.From);
        }
    }

    private static PlannedProbe With(PlannedProbe probe, Func<IReadOnlyList<RuleSpan>, IReadOnlyList<RuleSpan>> change) =>
        probe with { Judge = new ProbeJudge(change(probe.Judge.Spans)) };

    /// <summary>Findings, conditions, and the blood units that a finding touches.</summary>
    private static string Outcome(MemoryEvaluator evaluator, int seed)
    {
        var text = new StringBuilder();
        var findings = evaluator.Current.OrderBy(f => f.Probe.ToString(), StringComparer.Ordinal).ThenBy(f => f.Stretch.Side).ThenBy(f => f.Stretch.Start);
        foreach (var finding in findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Probe} {finding.AlarmedAt} {finding.Stretch.ToJson()}\n");
            HoldPlanner.Touched(finding.Stretch, Stays(seed)).ToList().ForEach(stay => text.Append(CultureInfo.InvariantCulture, $"  blood unit {stay.Donation}\n"));
        }

        foreach (var condition in evaluator.Conditions.OrderBy(c => c.Probe.ToString(), StringComparer.Ordinal).ThenBy(c => c.Kind).ThenBy(c => c.Start))
        {
            text.Append(CultureInfo.InvariantCulture, $"{condition}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<Stay> Stays(int seed)
    {
        var random = new Random(seed);
        for (var number = 1; number <= 5; number++)
        {
            var from = Some.Noon + TimeSpan.FromMinutes(random.Next(0, 200));
            yield return new Stay($"W00002600000{number}", "RBC", from, random.Next(3) == 0 ? null : from + TimeSpan.FromMinutes(random.Next(1, 300)));
        }
    }
}
