using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;

namespace ColdChain.Edge.Tests.Support;

internal static class OutboxReading
{
    /// <summary>Every row of an outbox that has acknowledged rows, read as if nothing had been.</summary>
    public static IReadOnlyList<Reading> Everything(this SqliteOutbox outbox)
    {
        outbox.ForgetStore();
        return outbox.Unacknowledged(SeqRanges.Empty, int.MaxValue);
    }
}
