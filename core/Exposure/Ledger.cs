using ColdChain.Core.Readings;
using ColdChain.Core.Rules;

namespace ColdChain.Core.Exposure;

/// <summary>
/// Adds up what one blood unit went through over every storage unit, transport and time between, across sites: a pure function, which does
/// not depend on the order of its input or on where stays are cut. It proposes and never releases.
/// </summary>
public static class Ledger
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    /// <summary>The exposure of a blood unit up to an instant.</summary>
    /// <param name="product">The product code, as its packs call it.</param>
    /// <param name="placements">Where it was, in any order; no two overlap.</param>
    /// <param name="now">Up to when. What runs then is taken to last until then.</param>
    public static BloodUnitExposure Judge(string product, IReadOnlyList<Placement> placements, Instant now)
    {
        var segments = LedgerSegments.Of(product, placements, now);
        var tallies = new Dictionary<string, ExposureTally>(StringComparer.Ordinal);
        Instant? leg = null;
        foreach (var segment in segments)
        {
            leg = LegOf(segment, leg);
            foreach (var allowance in segment.Allowances)
            {
                var key = allowance.Window == ExposureWindow.Leg ? $"{allowance.Key} {leg ?? segment.Time.Start}" : allowance.Key;
                var tally = tallies.TryGetValue(key, out var begun) ? begun : tallies[key] = new ExposureTally(allowance);
                Add(tally, allowance, segment);
            }
        }

        var exposures = tallies.Select(entry => entry.Value.Result(entry.Key, now)).OrderByDescending(exposure => exposure.Verdict).ThenBy(exposure => exposure.Key, StringComparer.Ordinal).ToList();
        var levels = segments.SelectMany(Levels).Where(level => !level.IsUnknown).ToList();
        return new BloodUnitExposure(
            exposures,
            [.. segments.SelectMany(segment => Doubts(product, segment)).Distinct()],
            levels.Count == 0 ? null : Celsius.FromMilli(levels.Min(level => level.Lowest)),
            levels.Count == 0 ? null : Celsius.FromMilli(levels.Max(level => level.Highest)))
        {
            NextDeadline = Instant.Earlier(exposures.Min(exposure => exposure.NextDeadline), NextBeginning(placements, now)),
        };
    }

    /// <summary>
    /// When the next of what is told already has begun: a stay that begins this very moment, and what was heard ahead of the clock. Nothing of it
    /// has lasted yet, so that it counts only then.
    /// </summary>
    private static Instant? NextBeginning(IEnumerable<Placement> placements, Instant now) => placements
        .SelectMany(placement => BeginningsIn(placement).Where(start => start < (placement.Out ?? Instant.End)))
        .Where(start => start >= now)
        .Select(start => (Instant?)start)
        .Min() + Moment;

    private static IEnumerable<Instant> BeginningsIn(Placement placement) =>
        [placement.In, .. placement.Levels.Select(level => level.Interval.Start), .. (placement.Agitation ?? []).Select(interval => interval.Start)];

    /// <summary>A transport begins with the first of consecutive stays in transport; what lies between two of them belongs to it.</summary>
    private static Instant? LegOf(LedgerSegment segment, Instant? before) =>
        segment.Placement is null ? before : segment.IsTransport ? before ?? segment.Time.Start : null;

    private static void Add(ExposureTally tally, Allowance allowance, LedgerSegment segment)
    {
        if (segment.Placement is not { } placement)
        {
            AddBetween(tally, allowance, segment);
            return;
        }

        var (known, possible) = allowance.Kind == AllowanceKind.Agitation ? OfAgitation(allowance, placement, segment.Time)
            : allowance.AnyTemperature ? ([segment.Time], [])
            : OfLevels(tally, allowance, segment);
        tally.Add(allowance, placement.Unit, known, possible);
    }

    private static void AddBetween(ExposureTally tally, Allowance allowance, LedgerSegment segment)
    {
        var counts = allowance.AnyTemperature && (allowance.Kind == AllowanceKind.Between || allowance.Rule.Context == StorageContext.Bench);
        if (counts)
        {
            tally.Add(allowance, null, [segment.Time], []);
        }
        else if (segment.Excluded || allowance.AnyTemperature)
        {
            tally.Bridge(segment.Time);
        }
        else
        {
            tally.Add(tally.Allowance, null, [], [segment.Time]);
        }
    }

    /// <summary>
    /// Out when any probe was, unknown when none can tell. A level that only partly belongs to what counts, as after a change of figures, is
    /// unknown. One sample in range parts the silence before it from the silence after it.
    /// </summary>
    private static (IReadOnlyList<TimeRange> Known, IReadOnlyList<TimeRange> Possible) OfLevels(ExposureTally tally, Allowance allowance, LedgerSegment segment)
    {
        var (inside, outside, between) = (new List<TimeRange>(), new List<TimeRange>(), new List<TimeRange>());
        foreach (var level in Levels(segment).Where(level => !level.IsUnknown))
        {
            var time = new TimeRange(level.Start, level.End).Within(segment.Time)!.Value; // Levels gives only what lies within.
            if (allowance.Ranges.Any(range => Includes(range, level)))
            {
                inside.Add(time);
                tally.Extremes(level.Lowest, level.Highest);
            }
            else
            {
                var isBetween = allowance.Ranges.Any(range => Meets(range, level));
                (isBetween ? between : outside).Add(isBetween ? time : time.OrItsMoment());
            }
        }

        var known = TimeSet.Union(inside);
        var told = TimeSet.Union(known.Concat(outside));
        return (known, TimeSet.Union(TimeSet.Except([segment.Time], told).Concat(TimeSet.Except(TimeSet.Union(between), known))));
    }

    private static (IReadOnlyList<TimeRange> Known, IReadOnlyList<TimeRange> Possible) OfAgitation(Allowance allowance, Placement placement, TimeRange segment)
    {
        var counting = allowance.Rule.Agitation is { Required: true } ? Agitation.Stopped : Agitation.Running;
        var known = TimeSet.Union(In(counting));
        var other = In(counting == Agitation.Stopped ? Agitation.Running : Agitation.Stopped).Select(time => time.OrItsMoment());
        return (known, TimeSet.Except([segment], TimeSet.Union(known.Concat(other))));

        IEnumerable<TimeRange> In(Agitation state) =>
            placement.Agitation!.Where(interval => interval.State == state).Select(interval => new TimeRange(interval.Start, interval.End).Within(segment)).OfType<TimeRange>(); // Without, there is no such allowance.
    }

    private static IEnumerable<LevelInterval> Levels(LedgerSegment segment) =>
        (segment.Placement?.Levels ?? []).Select(level => level.Interval).Where(level => new TimeRange(level.Start, level.End).Within(segment.Time) is not null);

    private static bool Includes(CelsiusRange range, LevelInterval level) => (range.From?.Milli ?? int.MinValue) <= level.From && level.To <= (range.To?.Milli ?? int.MaxValue);

    private static bool Meets(CelsiusRange range, LevelInterval level) => (range.From?.Milli ?? int.MinValue) <= level.To && level.From <= (range.To?.Milli ?? int.MaxValue);

    private static IEnumerable<string> Doubts(string product, LedgerSegment segment)
    {
        if (segment.Placement is { } placement)
        {
            if (placement.Pack is not null && LedgerSegments.RuleOf(product, placement) is null)
            {
                yield return $"Rule pack {placement.Pack.Id}, by which storage unit {placement.Unit} was judged, says nothing of {product} in this use.";
            }
        }
        else if (!segment.Excluded)
        {
            yield return $"From {segment.Time.Start} to {segment.Time.End} it was in no storage unit, longer than its rule accepts; nobody knows its temperature there.";
        }
    }
}
