using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Tests.Shared;

/// <summary>
/// Our stretches held against the logger's own judgement: its out-of-limit marks, its alarm times, and its minutes per day. It measures
/// every minute and writes every fifth, so its minutes and ours can differ by the length of a crossing or two.
/// </summary>
public static class LoggerAgreement
{
    /// <summary>The logger's settings: +2 to +8 °C, alarm after 60 minutes, no hysteresis.</summary>
    public static ProbeRule Rule { get; } = new()
    {
        Low = Celsius.FromMilli(2000),
        High = Celsius.FromMilli(8000),
        Delay = TimeSpan.FromMinutes(60),
        MaxGap = TimeSpan.FromMinutes(15),
    };

    public static void Check(FridgeTag log, IReadOnlyList<Stretch> stretches)
    {
        log.Samples.Should().HaveCount(10_653);
        log.Samples.Count(sample => sample.MarkedOut).Should().Be(5_994);
        Reached(stretches, Side.High).Should().Be(21);
        Reached(stretches, Side.Low).Should().Be(4);
        CheckMarks(log, stretches);
        CheckAlarmTimes(log, stretches);
        CheckDaysTouched(log, stretches);
        CheckMinutesPerDay(log, stretches);
        stretches.Where(s => s.Side == Side.Unknown).Select(s => s.Duration.TotalMinutes).Should().Equal(352);
    }

    /// <summary>Each sample that the logger marked lies in a stretch of ours, and no other does.</summary>
    public static void CheckMarks(FridgeTag log, IReadOnlyList<Stretch> stretches)
    {
        var outOfRange = stretches.Where(s => s.Side != Side.Unknown).ToList();
        var wrong = log.Samples.Where(sample => outOfRange.Any(s => Covers(s, sample)) != sample.MarkedOut);
        wrong.Should().BeEmpty();
    }

    public static void CheckMinutesPerDay(FridgeTag log, IReadOnlyList<Stretch> stretches)
    {
        var worstOfDay = log.Days
            .GroupBy(day => day.Day)
            .Select(sides => sides.Max(side => Math.Abs(side.MinutesOut - MinutesOn(side.Day, side.Side, stretches))))
            .ToList();
        worstOfDay.Should().HaveCount(38).And.OnlyContain(difference => difference <= 21);
        worstOfDay.Count(difference => difference <= 7).Should().BeGreaterOrEqualTo(32);
    }

    private static void CheckAlarmTimes(FridgeTag log, IReadOnlyList<Stretch> stretches)
    {
        var alarms = log.Days.Where(day => day.AlarmAt is not null && day.AlarmAt != TimeOnly.MinValue).ToList();
        alarms.Should().HaveCount(10);
        foreach (var alarm in alarms)
        {
            var due = Instant.From(new DateTimeOffset(alarm.Day.ToDateTime(alarm.AlarmAt!.Value), TimeSpan.Zero));
            stretches.Where(s => s.Side == alarm.Side).Select(s => s.AlarmedAt(s.LastKnown)).Should()
                .Contain(at => at != null && Math.Abs((at.Value - due).TotalMinutes) <= 5, $"the logger alarmed at {due}");
        }
    }

    private static void CheckDaysTouched(FridgeTag log, IReadOnlyList<Stretch> stretches)
    {
        var logger = log.Days.Where(day => day.MinutesOut > 0).Select(day => (day.Day, day.Side));
        var ours = log.Days.Where(day => MinutesOn(day.Day, day.Side, stretches) > 0).Select(day => (day.Day, day.Side));
        ours.Should().BeEquivalentTo(logger);
    }

    private static int Reached(IEnumerable<Stretch> stretches, Side side) =>
        stretches.Count(s => s.Side == side && s.AlarmedAt(s.LastKnown) is not null);

    /// <summary>A stretch begins where the line crosses the limit: a sample right there is out only when it is beyond the limit.</summary>
    private static bool Covers(Stretch s, LoggedSample sample) =>
        (s.Start < sample.At || (s.Start == sample.At && Rule.SideOf(sample.Value) == s.Side))
        && (s.End is null ? sample.At <= s.LastKnown : sample.At < s.End);

    private static double MinutesOn(DateOnly day, Side side, IEnumerable<Stretch> stretches)
    {
        var from = Instant.From(new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var to = from + TimeSpan.FromDays(1);
        return stretches
            .Where(s => s.Side == side && s.Start < to && s.LastKnown > from)
            .Sum(s => (Instant.Min(s.LastKnown, to) - Instant.Max(s.Start, from)).TotalMinutes);
    }
}
