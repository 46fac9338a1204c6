using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Uplink;

/// <summary>
/// The packs that were sent and wait for the server's acknowledgement. A pack leaves when a statement covers it, or when its time has run
/// out: then its rows are backlog again. Bounded by the lanes' windows. Safe for several threads.
/// </summary>
internal sealed class InFlight(TimeProvider time, TimeSpan ackTimeout)
{
    private readonly record struct Sent(UpKind Lane, SeqRanges Seqs, long At);

    private readonly Lock _gate = new();
    private readonly List<Sent> _packs = [];
    private long? _failedAt;

    /// <summary>The numbers that are under way.</summary>
    public SeqRanges Seqs
    {
        get
        {
            lock (_gate)
            {
                return _packs.Aggregate(SeqRanges.Empty, (set, pack) => set.Union(pack.Seqs));
            }
        }
    }

    public int Count(UpKind lane)
    {
        lock (_gate)
        {
            return _packs.Count(pack => pack.Lane == lane);
        }
    }

    public void Add(UpKind lane, long first, long last)
    {
        lock (_gate)
        {
            _packs.Add(new Sent(lane, SeqRanges.Of(first, last), time.GetTimestamp()));
        }
    }

    /// <summary>Drops the packs that a statement covers; returns how many.</summary>
    public int Settle(SeqRanges covered)
    {
        lock (_gate)
        {
            return _packs.RemoveAll(pack => pack.Seqs.Except(covered).IsEmpty);
        }
    }

    /// <summary>
    /// Drops the packs that waited too long: how many, and whether that is a failure of its own. What was already under way when the last
    /// failure was noticed tells of the same one: a server that was away loses whole windows.
    /// </summary>
    public (int Packs, bool IsNewFailure) Expire()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var late = _packs.TakeWhile(pack => time.GetElapsedTime(pack.At, now) >= ackTimeout).ToList(); // They were added in this order.
            _packs.RemoveRange(0, late.Count);
            var isNew = late.Exists(pack => _failedAt is null || pack.At >= _failedAt);
            _failedAt = isNew ? now : _failedAt;
            return (late.Count, isNew);
        }
    }

    /// <summary>How long until the next pack will have waited too long; null when none waits.</summary>
    public TimeSpan? UntilNextExpiry()
    {
        lock (_gate)
        {
            return _packs.Count == 0 ? null : Max(ackTimeout - time.GetElapsedTime(_packs[0].At), TimeSpan.FromMilliseconds(1));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _packs.Clear();
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
