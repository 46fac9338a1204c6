using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The times of one load probe out of range or unknown, by the engine and as the record store's findings are made.</summary>
/// <param name="spans">The rules under which it stood in the storage unit, ascending, from where reading begins on.</param>
internal sealed class ProbeStretches(IReadOnlyList<RuleSpan> spans)
{
    private readonly ProbeJudge _judge = new(spans);
    private readonly List<Stretch> _found = [];
    private ProbeTrack _track = ProbeTrack.At(spans[0].From);

    /// <summary>Takes the next sample as it is judged, before calibration.</summary>
    public void Take(in Sample sample) => _judge.Fold(ref _track, sample, _found);

    /// <summary>
    /// Those that touch [from, to), by start. What runs at <paramref name="to"/>, or at the last sample where that is later, is open; one that began before reading did begins there.
    /// </summary>
    public IReadOnlyList<Stretch> Within(Instant from, Instant to)
    {
        _judge.Tail(_track, Instant.Max(to, _track.HeardAt), _found);
        return [.. _found.Where(stretch => stretch.Start < to && (stretch.LastKnown > from || stretch.Start >= from)).OrderBy(stretch => stretch.Start)];
    }
}
