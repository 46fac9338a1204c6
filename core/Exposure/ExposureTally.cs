using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>The times of one allowance and one window, and what they amount to.</summary>
internal sealed class ExposureTally(Allowance allowance)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly List<TimeRange> _known = [];
    private readonly List<TimeRange> _possible = [];
    private readonly List<TimeRange> _bridges = [];

    internal Allowance Allowance { get; private set; } = allowance;

    internal List<ExposedTime> Times { get; } = [];

    internal int? Lowest { get; private set; }

    internal int? Highest { get; private set; }

    /// <summary>Adds what counts in a later segment, whose allowance states the maxima from now on.</summary>
    internal void Add(Allowance latest, StorageUnitId? unit, IReadOnlyList<TimeRange> known, IReadOnlyList<TimeRange> possible)
    {
        Allowance = latest;
        _known.AddRange(known);
        _possible.AddRange(possible);
        Times.AddRange(known.Select(time => new ExposedTime(time, unit, true)));
        Times.AddRange(possible.Select(time => new ExposedTime(time, unit, false)));
    }

    /// <summary>A time that does not count, over which nobody knows whether two occasions were one.</summary>
    internal void Bridge(TimeRange time) => _bridges.Add(time);

    internal void Extremes(int lowest, int highest)
    {
        Lowest = Lowest is { } low ? Math.Min(low, lowest) : lowest;
        Highest = Highest is { } high ? Math.Max(high, highest) : highest;
    }

    internal AllowanceExposure Result(string key, Instant now)
    {
        var amounts = Amounts();
        var certain = OfKnown(amounts);
        var verdict = (Verdict)Math.Max((int)certain, (int)OfPossible(amounts));
        return new AllowanceExposure
        {
            Allowance = Allowance,
            Key = key,
            Longest = amounts.Longest,
            Total = amounts.Total,
            Occasions = amounts.Occasions,
            Times = [.. Times.OrderBy(time => time.Time.Start).ThenBy(time => time.Time.End)],
            Lowest = Lowest is { } low ? Celsius.FromMilli(low) : null,
            Highest = Highest is { } high ? Celsius.FromMilli(high) : null,
            Verdict = verdict,
            IsOnlyPossible = verdict > certain,
            NextDeadline = Deadline(amounts, now),
        };
    }

    private Verdict OfKnown(in AmountsOf amounts)
    {
        var exceeds = amounts.Longest.Known > Allowance.MaxSingle || amounts.Total.Known > Allowance.MaxTotal || amounts.Occasions.Known > Allowance.MaxCount;
        var breach = amounts.Seen.Count > 0 && amounts.Longest.Known >= Allowance.Delay ? Allowance.OnAny : Verdict.Fine;
        var warning = amounts.Longest.Known >= Allowance.WarnSingle ? Verdict.Warn : Verdict.Fine;
        return (Verdict)Math.Max((int)breach, Math.Max((int)warning, exceeds ? (int)Allowance.OnExceeding : (int)Verdict.Fine));
    }

    // What nobody knows holds, and never more than that. That a limit may have been left in silence the finding of unknown time says.
    private Verdict OfPossible(in AmountsOf amounts)
    {
        var exceeds = amounts.Deciding > Allowance.MaxSingle || amounts.Total.Possible > Allowance.MaxTotal || amounts.Occasions.Possible > Allowance.MaxCount;
        return exceeds ? (Verdict)Math.Min((int)Allowance.OnExceeding, (int)Verdict.Hold) : Verdict.Fine;
    }

    private readonly record struct AmountsOf(
        TimeBounds Longest, TimeSpan Deciding, TimeBounds Total, CountBounds Occasions, List<TimeRange> Seen, List<TimeRange> Known, List<TimeRange> All, List<TimeRange> Unknown);

    private AmountsOf Amounts()
    {
        var known = TimeSet.Union(_known);
        var unknown = TimeSet.Except(TimeSet.Union(_possible), known);
        var all = TimeSet.Union(known.Concat(unknown));
        var merge = MergeGap;
        var (seen, either) = (TimeSet.Joined(known, merge), TimeSet.Joined(all, merge));
        var single = new TimeBounds(LongestIn(seen, known), LongestIn(either, all));
        // Silence alone that the pack accepts decides nothing; beside time that counts it does.
        var deciding = LongestIn(either.Where(time => known.Exists(other => Touches(time, other)) || Inside(time, all) > Allowance.Rule.UnknownLimit), all);
        var total = Allowance.Window == ExposureWindow.Day ? new TimeBounds(Densest(known), Densest(all)) : new TimeBounds(TimeSet.Length(known), TimeSet.Length(all));
        return new AmountsOf(single, deciding, total, new CountBounds(Fewest(known, unknown, merge), Most(seen, known, unknown)), seen, known, all, unknown);
    }

    // The text speaks of stays outside: a stop of agitation ends when it runs again, and time on the bench when it is put back.
    private TimeSpan MergeGap => Allowance.Ranges.Count > 0 ? Allowance.Rule.MergeGap : TimeSpan.Zero;

    private static TimeSpan LongestIn(IEnumerable<TimeRange> groups, List<TimeRange> set) => groups.Select(group => Inside(group, set)).DefaultIfEmpty(TimeSpan.Zero).Max();

    private static TimeSpan Inside(TimeRange group, List<TimeRange> set) => TimeSet.Length(set.Select(time => time.Within(group)).OfType<TimeRange>());

    private static bool Touches(TimeRange a, TimeRange b) => a.Start <= b.End && b.Start <= a.End;

    /// <summary>The most that lies in any 24 hours: the fullest ones begin or end with a time of the set.</summary>
    private static TimeSpan Densest(List<TimeRange> set) => set
        .SelectMany(time => new[] { time.Start, time.End - Day })
        .Select(start => Inside(new TimeRange(start, start + Day), set))
        .DefaultIfEmpty(TimeSpan.Zero)
        .Max();

    /// <summary>Occasions with nothing but unknown time between them may have been one.</summary>
    private int Fewest(List<TimeRange> known, List<TimeRange> unknown, TimeSpan merge)
    {
        var bridged = TimeSet.Joined(known.Concat(unknown).Concat(_bridges), merge);
        return Counted(bridged.Select(group => (group, LongestIn(TimeSet.Joined(known.Where(time => Touches(group, time)), merge), known), 1))
            .Where(entry => known.Exists(time => Touches(entry.group, time))));
    }

    private int Most(List<TimeRange> seen, List<TimeRange> known, List<TimeRange> unknown)
    {
        var limit = Allowance.Rule.UnknownLimit;
        return Counted(seen.Select(group => (group, Inside(group, known) + BesideIt(group, unknown), 1))
            .Concat(unknown.Select(time => (time, TimeSpan.MaxValue, Passed(time.Length, limit)))));
    }

    // An occasion too short to count may have gone on in the unknown time beside it.
    private static TimeSpan BesideIt(TimeRange group, List<TimeRange> unknown) => TimeSet.Length(unknown.Where(time => Touches(time, group)));

    // No pack's limit is zero: none is shorter than its largest gap.
    private static int Passed(TimeSpan silence, TimeSpan limit) => (int)Math.Min(1000, (silence - Moment) / limit);

    /// <summary>The number of occasions that are long enough, in the fullest window.</summary>
    private int Counted(IEnumerable<(TimeRange Time, TimeSpan Lasted, int Count)> occasions)
    {
        var counted = occasions.Where(occasion => occasion.Count > 0 && (Allowance.CountsOver == TimeSpan.Zero || occasion.Lasted > Allowance.CountsOver)).ToList();
        return Allowance.Window != ExposureWindow.Day
            ? counted.Sum(occasion => occasion.Count)
            : counted.Select(first => counted.Where(other => other.Time.Start >= first.Time.Start && other.Time.Start - first.Time.End < Day).Sum(occasion => occasion.Count)).DefaultIfEmpty(0).Max();
    }

    /// <summary>When what runs now, known or not, would pass a figure if it went on. Too early an instant costs a second look and no more.</summary>
    private Instant? Deadline(in AmountsOf amounts, Instant now)
    {
        if (amounts.All.Count == 0 || amounts.All[^1].End < now)
        {
            return null;
        }

        var merge = MergeGap;
        var running = Inside(TimeSet.Joined(amounts.All, merge)[^1], amounts.All);
        var runningKnown = amounts.Known.Count > 0 && amounts.Known[^1].End >= now ? Inside(amounts.Seen[^1], amounts.Known) : running;
        var silent = amounts.Unknown.Count > 0 && amounts.Unknown[^1].End >= now ? amounts.Unknown[^1].Length : TimeSpan.Zero;
        var limit = Allowance.Rule.UnknownLimit;
        TimeSpan?[] left =
        [
            Allowance.MaxSingle - running, Allowance.MaxSingle - runningKnown, Allowance.WarnSingle - runningKnown - Moment,
            Allowance.MaxTotal - amounts.Total.Possible, Allowance.MaxTotal - amounts.Total.Known,
            Allowance.CountsOver - running, Allowance.CountsOver - runningKnown, Allowance.Delay - runningKnown - Moment,
            silent > TimeSpan.Zero && Allowance.MaxCount is not null ? limit * (Passed(silent, limit) + 1) - silent : null,
        ];
        return left.Where(rest => rest >= TimeSpan.Zero).Min() is { } next ? now + next + Moment : null;
    }
}
