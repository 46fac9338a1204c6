using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard.Series;

/// <summary>Where the lines of a chart come from.</summary>
/// <param name="Copy">How the copy was; null when it was not asked.</param>
/// <param name="ReachesTo">Up to here the copy lacks nothing; null when it was not used.</param>
/// <param name="Step">Each so long step of the copy is drawn by its lowest and its highest temperature; null when it was not used.</param>
internal sealed record LineSource(CopyState? Copy = null, Instant? ReachesTo = null, TimeSpan? Step = null);

/// <summary>What of a chart is drawn by extremes from a copy, and what by every sample of the record store.</summary>
/// <param name="Extremes">The steps that the copy stands for.</param>
/// <param name="Exact">The times, in order and apart, that the record store is read for. Nothing in them is taken from the copy.</param>
/// <param name="Source">What the chart says of it.</param>
internal sealed record LineParts(IReadOnlyList<StepExtremes> Extremes, IReadOnlyList<(Instant From, Instant To)> Exact, LineSource Source)
{
    /// <summary>When more than this must be read from the record store anyway, all of it is.</summary>
    private const double ExactShareMax = 1.0 / 3;

    /// <summary>All of it from the record store.</summary>
    public static LineParts OfRecordStore(SeriesWindow window, CopyState? copy) =>
        new([], [(window.From - window.LargestGap, window.To + window.LargestGap)], new LineSource(copy));

    /// <summary>
    /// The copy's steps where it is sure. Whatever is open, and the edges of window and periods, is widened by the largest gap, so that
    /// every decision about what is unknown falls on samples of the record store alone. So is what is not judged: the copy does not know of it.
    /// </summary>
    public static LineParts Of(ExtremesAnswer answer, SeriesWindow window, IReadOnlyList<UnjudgedTime> unjudged)
    {
        if (answer.State != CopyState.Good)
        {
            return OfRecordStore(window, answer.State);
        }

        var (gap, grid) = (window.LargestGap, new TimeGrid(window.Step!.Value)); // Without one, no copy is asked.
        var exact = Joined(answer.Open
            .Concat(window.Edges.Select(edge => (From: edge, To: edge)))
            .Concat(unjudged.Select(time => (From: Instant.Max(time.From, window.From), To: Instant.Min(time.To, window.To))))
            .Select(span => (From: grid.StartOf(span.From - gap), To: grid.EndOf(span.To + gap)))
            .Where(span => span.From < window.To + gap && span.To > window.From - gap)
            .Select(span => (Instant.Max(span.From, window.From - gap), Instant.Min(span.To, window.To + gap))));
        if (exact.Sum(span => (span.To - span.From).TotalMilliseconds) > ExactShareMax * (window.To - window.From).TotalMilliseconds)
        {
            return OfRecordStore(window, CopyState.Incomplete);
        }

        var extremes = answer.Found.Where(step => !exact.Exists(span => span.From < step.Step + grid.Step && step.Step < span.To)).ToList();
        return new LineParts(extremes, exact, new LineSource(CopyState.Good, answer.ReachesTo, grid.Step));
    }

    private static List<(Instant From, Instant To)> Joined(IEnumerable<(Instant From, Instant To)> spans)
    {
        var joined = new List<(Instant From, Instant To)>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (joined is [.., var last] && span.From <= last.To)
            {
                joined[^1] = (last.From, Instant.Max(last.To, span.To));
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
