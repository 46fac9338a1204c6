using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;

namespace ColdChain.Edge.Tests.Support;

/// <summary>What a test asks of an outbox as a whole.</summary>
internal static class OutboxRows
{
    /// <summary>Every row that the outbox still has to deliver.</summary>
    public static List<Reading> Outstanding(this SqliteOutbox outbox)
    {
        var (all, seen) = (new List<Reading>(), SeqRanges.Empty);
        while (outbox.Unacknowledged(seen, 100) is { Count: > 0 } rows)
        {
            all.AddRange(rows);
            seen = seen.Add(rows[0].Key.Seq, rows[^1].Key.Seq);
        }

        return all;
    }
}
