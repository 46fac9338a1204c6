using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// The samples of one probe that do not count, as runs: samples one after the other that do not for the same reason. A good one ends a run, and so
/// does another reason. A probe that fails every tenth minute for a year has tens of thousands of them: the longest are kept, and the rest of each
/// reason is one.
/// </summary>
/// <param name="probe">The probe.</param>
internal sealed class ExcludedRuns(ProbeId probe)
{
    /// <summary>So many runs are told one by one at most.</summary>
    public const int ToldMax = 25;

    // The shortest first; of those that are alike, the last.
    private readonly PriorityQueue<ExcludedContent, (TimeSpan Length, int Samples, long Before)> _told = new();
    private readonly SortedDictionary<string, ExcludedContent> _rest = new(StringComparer.Ordinal);
    private ExcludedContent? _running;

    /// <summary>Takes the next sample of the probe.</summary>
    public void Take(in JudgedSample sample)
    {
        if (_running is { } run && run.Reason == sample.Counts)
        {
            _running = run with { To = sample.At, Samples = run.Samples + 1 };
            return;
        }

        Close();
        _running = sample.Counts == CountsAs.Good ? null : new ExcludedContent(probe.ToString(), sample.Counts, sample.At, sample.At, 1, "");
    }

    /// <summary>Those that are told one by one, and behind them the rest of each reason. Nothing more is taken after it.</summary>
    public IEnumerable<ExcludedContent> End()
    {
        Close();
        return _told.UnorderedItems.Select(item => item.Element).OrderBy(run => run.From).Concat(_rest.Values.Select(rest => rest.Runs > 1 ? rest : rest with { Total = null })); // One alone is told as it is.
    }

    private void Close()
    {
        if (_running is { } run)
        {
            _told.Enqueue(run, (run.To - run.From, run.Samples, -run.From.Milliseconds));
        }

        if (_told.Count > ToldMax)
        {
            LeaveOut(_told.Dequeue());
        }

        _running = null;
    }

    private void LeaveOut(ExcludedContent run)
    {
        var length = run.To - run.From;
        _rest[run.Reason] = _rest.TryGetValue(run.Reason, out var rest)
            ? rest with
            {
                From = Instant.Min(rest.From, run.From), To = Instant.Max(rest.To, run.To), Samples = rest.Samples + run.Samples, Runs = rest.Runs + 1, Total = rest.Total + length,
            }
            : run with { Total = length };
    }
}
