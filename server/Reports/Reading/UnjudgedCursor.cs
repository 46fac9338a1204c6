using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// The times in which a probe is not judged, asked for instant after instant in ascending order: a year may have many of them, and looking at all for
/// each sample would take longer than reading it.
/// </summary>
/// <param name="times">Of one probe, in any order.</param>
internal sealed class UnjudgedCursor(IEnumerable<UnjudgedTime> times)
{
    private readonly Queue<UnjudgedTime> _ahead = new(times.OrderBy(time => time.From));
    private readonly List<UnjudgedTime> _begun = [];

    /// <summary>The word of the reason at an instant, that which began first when there are several; null when there is none.</summary>
    public string? ReasonAt(Instant at)
    {
        while (_ahead.TryPeek(out var next) && next.From <= at)
        {
            _begun.Add(_ahead.Dequeue());
        }

        if (_begun.Count == 0)
        {
            return null;
        }

        _begun.RemoveAll(time => time.To <= at);
        return _begun.Count > 0 ? _begun[0].Reason : null;
    }
}
