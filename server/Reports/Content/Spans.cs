using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Content;

/// <summary>Spans of time as sets: ascending, and none of them touches another.</summary>
internal static class Spans
{
    /// <summary>What lies in any of the spans, as far as it is within [from, to); what touches is one.</summary>
    public static List<SpanContent> Union(IEnumerable<SpanContent> spans, Instant from, Instant to)
    {
        var union = new List<SpanContent>();
        foreach (var span in spans.Select(span => new SpanContent(Instant.Max(span.From, from), Instant.Min(span.To, to))).Where(span => span.From < span.To).OrderBy(span => span.From))
        {
            if (union is [.., var last] && span.From <= last.To)
            {
                union[^1] = new SpanContent(last.From, Instant.Max(last.To, span.To));
            }
            else
            {
                union.Add(span);
            }
        }

        return union;
    }

    /// <summary>What of [from, to) lies in none of a set.</summary>
    public static List<SpanContent> Between(IEnumerable<SpanContent> set, Instant from, Instant to)
    {
        var (rest, at) = (new List<SpanContent>(), from);
        foreach (var span in set.Append(new SpanContent(to, to)))
        {
            if (at < span.From)
            {
                rest.Add(new SpanContent(at, span.From));
            }

            at = Instant.Max(at, span.To);
        }

        return rest;
    }

    /// <summary>The whole duration of a set.</summary>
    public static TimeSpan Length(IEnumerable<SpanContent> set) => set.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
}
