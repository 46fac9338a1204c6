using ColdChain.Core.Readings;

namespace ColdChain.Core.Wire;

/// <summary>A reading that the server will not store as sent; it counts as delivered and stays on the edge.</summary>
/// <param name="Seq">The reading's number.</param>
/// <param name="Reason">Why, in words for a person.</param>
public sealed record RefusedReading(long Seq, string Reason);

/// <summary>
/// The server's statement of what it durably holds of one epoch, sent on <c>down/ack</c> after the commit. It is a whole statement, not an
/// increment: a device that knows more rows as acknowledged than the statement covers sends those again.
/// </summary>
/// <param name="Store">The record store's id. A device pins the first one it obeys and reports any other.</param>
/// <param name="Epoch">The epoch it speaks of.</param>
/// <param name="UpTo">Every seq from 1 to here is held; 0 for none. May go down after a restore.</param>
/// <param name="Ranges">What is held above <paramref name="UpTo"/>.</param>
/// <param name="Refused">Readings refused, each with its reason; at most <see cref="RefusedMax"/> in one statement.</param>
/// <param name="Head">The head of the audit chain; empty until there is one.</param>
public sealed record Ack(string Store, string Epoch, long UpTo, SeqRanges Ranges, IReadOnlyList<RefusedReading> Refused, string Head)
{
    /// <summary>The largest number of refused readings in one statement.</summary>
    public const int RefusedMax = 100;

    /// <summary>
    /// The contents of what the statement covers, without what was declared lost; null when the server does not say. A device whose own
    /// contents have another sum is not the one that the server heard: it does not obey.
    /// </summary>
    public ContentSum? Contents { get; init; }

    /// <summary>Everything that the statement covers: 1..UpTo, the ranges above, and the refused.</summary>
    public SeqRanges Covered()
    {
        var covered = UpTo > 0 ? Ranges.Add(1, UpTo) : Ranges;
        return Refused.Aggregate(covered, (set, refused) => set.Add(refused.Seq, refused.Seq));
    }
}
