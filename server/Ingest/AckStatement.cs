using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>What the store durably has of a stream, as the device is told.</summary>
internal static class AckStatement
{
    /// <summary>More ranges would not fit into one message; the device sends what is left out again, and by then there are fewer.</summary>
    public const int RangesMax = 1000;

    /// <summary>
    /// The whole statement of one stream, or null when it is not known. Refused and lost rows count as settled, otherwise
    /// one of them would hold <see cref="Ack.UpTo"/> back for ever.
    /// </summary>
    public static Ack? Of(StoreSession session, string storeId, DeviceId device, string epoch)
    {
        if (StreamStore.Find(session, device, epoch) is not { } stream)
        {
            return null;
        }

        var settled = stream.Settled();
        var refused = stream.Refused.IsEmpty ? [] : RefusedStore.Newest(session, device, epoch, Ack.RefusedMax);
        refused.Reverse();
        var above = Above(settled);
        var isWhole = above.Ranges.Count <= RangesMax;
        return new Ack(storeId, epoch, settled.ContiguousUpTo, isWhole ? above : Lowest(above), refused, Head: EventChain.HeadText(session))
        {
            Contents = isWhole ? stream.Contents : null, // It is the sum of everything, and so of more than is stated.
        };
    }

    private static SeqRanges Above(SeqRanges settled) =>
        settled.ContiguousUpTo is > 0 and var upTo ? settled.Except(SeqRanges.Of(1, upTo)) : settled;

    private static SeqRanges Lowest(SeqRanges above) => above.Except(SeqRanges.Of(above.Ranges[RangesMax].First, above.Last));
}
