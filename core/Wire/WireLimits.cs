namespace ColdChain.Core.Wire;

/// <summary>Bounds of everything that comes over the wire, so that no message can cost more than a known amount of memory and time.</summary>
public static class WireLimits
{
    /// <summary>The largest message in bytes, 64 KiB inclusive.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>The most records in one pack, inclusive.</summary>
    public const int RecordsMax = 1000;

    /// <summary>
    /// The largest sequence number and monotonic time, 2^53 − 1 inclusive: every JSON reader keeps such an integer exactly (RFC 8259 §6).
    /// </summary>
    public const long IntegerMax = 9_007_199_254_740_991;

    /// <summary>The longest fault reason, boot id, store id or software name, in UTF-16 code units, inclusive.</summary>
    public const int NameLengthMax = 64;

    /// <summary>The longest raw frame (base64url) and audit head, in characters, inclusive.</summary>
    public const int FrameLengthMax = 128;

    /// <summary>The longest reason in words, in UTF-16 code units, inclusive.</summary>
    public const int ReasonLengthMax = 200;

    /// <summary>The most declarations of lost rows in one heartbeat, inclusive.</summary>
    public const int GoneMax = 100;

    /// <summary>The most clock anchors in one heartbeat, inclusive.</summary>
    public const int AnchorsMax = 32;

    /// <summary>The largest error of a clock anchor in milliseconds, a day inclusive: whoever knows the time less well does not know it.</summary>
    public const long AnchorErrorMax = 86_400_000;

    /// <summary>How many readings of any content always fit into one message.</summary>
    public const int RecordsThatAlwaysFit = 50;

    // Deep enough for any unknown member that a later version may add, shallow enough to skip without cost.
    internal const int DepthMax = 8;
}
