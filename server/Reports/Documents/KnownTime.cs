using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents;

/// <summary>
/// How much of a time is known of a storage unit, on the careful side: a moment counts as unknown as soon as one of its load probes is, and when none
/// is in place.
/// </summary>
/// <param name="Looked">The time looked at.</param>
/// <param name="Unknown">What of it is unknown.</param>
/// <param name="Longest">The longest single unknown time.</param>
/// <param name="NoProbe">What of it had no load probe in place; part of the unknown.</param>
public readonly record struct KnownTime(TimeSpan Looked, TimeSpan Unknown, TimeSpan Longest, TimeSpan NoProbe)
{
    private const double All = 100;

    /// <summary>The known share in percent; none of nothing is all of it.</summary>
    public double Percent => Looked <= TimeSpan.Zero ? 0 : (Looked - Unknown) / Looked * All;

    public bool IsWhole => Unknown <= TimeSpan.Zero && Looked > TimeSpan.Zero;

    public bool IsNothing => Unknown >= Looked;

    /// <summary>What is known of the storage units of a report in the time that it looks at; null when none of them had a probe.</summary>
    public static KnownTime? Of(ReportDocument document)
    {
        var (content, end) = (document.Content, VerdictLine.EndOf(document));
        var places = content.Excursion is { } excursion ? [excursion.Probes] : content.Units.Where(unit => unit.Probes.Count > 0).Select(unit => unit.Probes).ToList();
        return places.Count == 0 ? null : Together([.. places.Select(probes => Of(probes, content.From, end))]);
    }

    /// <summary>What is known of a storage unit between two instants.</summary>
    public static KnownTime Of(IReadOnlyList<ProbeContent> probes, Instant from, Instant to)
    {
        var loads = probes.Where(probe => probe.Role == ProbeRole.Load).ToList();
        var without = Between(Merge(loads.Select(probe => probe.Mounted), from, to), from, to);
        var unknown = Merge(without.Concat(loads.SelectMany(probe => probe.Unknown)), from, to);

        // What the figures of one probe say is never undercut, were its spans left out.
        var total = loads.Select(probe => probe.Figures.Unknown).Append(Sum(unknown)).Max();
        var longest = loads.Select(probe => probe.Figures.LongestGap).Concat(unknown.Select(Length)).DefaultIfEmpty().Max();
        return new KnownTime(to - from, total, longest, Sum(without));
    }

    /// <summary>Several storage units together.</summary>
    public static KnownTime Together(IReadOnlyCollection<KnownTime> times) => new(
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Looked),
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Unknown),
        times.Select(time => time.Longest).DefaultIfEmpty().Max(),
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.NoProbe));

    private static List<SpanContent> Merge(IEnumerable<SpanContent> spans, Instant from, Instant to)
    {
        var merged = new List<SpanContent>();
        foreach (var span in spans.Select(span => new SpanContent(Instant.Max(span.From, from), Instant.Min(span.To, to))).Where(span => span.From < span.To).OrderBy(span => span.From))
        {
            if (merged is [.., var last] && span.From <= last.To)
            {
                merged[^1] = new SpanContent(last.From, Instant.Max(last.To, span.To));
            }
            else
            {
                merged.Add(span);
            }
        }

        return merged;
    }

    private static List<SpanContent> Between(List<SpanContent> spans, Instant from, Instant to)
    {
        var (rest, at) = (new List<SpanContent>(), from);
        foreach (var span in spans.Append(new SpanContent(to, to)))
        {
            if (at < span.From)
            {
                rest.Add(new SpanContent(at, span.From));
            }

            at = Instant.Max(at, span.To);
        }

        return rest;
    }

    private static TimeSpan Sum(IEnumerable<SpanContent> spans) => spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + Length(span));

    private static TimeSpan Length(SpanContent span) => span.To - span.From;
}
