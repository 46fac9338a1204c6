using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// The unknown times of a probe, in as little memory for a year as for a day: a probe whose link fails now and then has many thousands. Their
/// sum and the longest are exact; the longest ones are told one by one, and the rest is counted.
/// </summary>
internal sealed class UnknownSpans
{
    /// <summary>So many are told one by one at most.</summary>
    public const int ToldMax = 100;

    // The shortest first; of those that are alike, the last.
    private readonly PriorityQueue<SpanContent, (TimeSpan Length, long Before)> _told = new();
    private int _leftOut;
    private TimeSpan _leftOutTime;

    /// <summary>All of them together.</summary>
    public TimeSpan Total { get; private set; }

    public TimeSpan Longest { get; private set; }

    /// <summary>Where the last one ends; null when there is none.</summary>
    public Instant? LastTo { get; private set; }

    /// <summary>Those that are told one by one, ascending.</summary>
    public IReadOnlyList<SpanContent> Told => [.. _told.UnorderedItems.Select(item => item.Element).OrderBy(span => span.From)];

    /// <summary>The rest; null when there is none.</summary>
    public LeftOutContent? LeftOut => _leftOut == 0 ? null : new LeftOutContent(_leftOut, _leftOutTime);

    /// <summary>Takes the next one; they ascend, and none touches another.</summary>
    public void Add(SpanContent span)
    {
        var length = span.To - span.From;
        (Total, Longest, LastTo) = (Total + length, length > Longest ? length : Longest, span.To);
        _told.Enqueue(span, (length, -span.From.Milliseconds));
        if (_told.Count > ToldMax)
        {
            var shortest = _told.Dequeue();
            (_leftOut, _leftOutTime) = (_leftOut + 1, _leftOutTime + (shortest.To - shortest.From));
        }
    }
}
