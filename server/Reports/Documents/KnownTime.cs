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

    /// <summary>The known share in percent; 0 when no time is looked at, of which nobody can say that it is known.</summary>
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
        var without = Spans.Between(Spans.Union(loads.Select(probe => probe.Mounted), from, to), from, to);
        var unknown = Spans.Union(without.Concat(loads.SelectMany(probe => probe.Unknown)), from, to);

        // Spans that a probe does not tell one by one count as if nothing else were unknown at the same time: what is not known is never called known.
        var untold = loads.Aggregate(TimeSpan.Zero, (sum, probe) => sum + (probe.UnknownLeftOut?.Total ?? TimeSpan.Zero));
        var atMost = Spans.Length(unknown) + untold < to - from ? Spans.Length(unknown) + untold : to - from;
        var total = loads.Select(probe => probe.Figures.Unknown).Append(atMost).Max();
        var longest = loads.Select(probe => probe.Figures.LongestGap).Concat(unknown.Select(span => span.To - span.From)).DefaultIfEmpty().Max();
        return new KnownTime(to - from, total, longest, Spans.Length(without));
    }

    /// <summary>Several storage units together.</summary>
    public static KnownTime Together(IReadOnlyCollection<KnownTime> times) => new(
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Looked),
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.Unknown),
        times.Select(time => time.Longest).DefaultIfEmpty().Max(),
        times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time.NoProbe));
}
