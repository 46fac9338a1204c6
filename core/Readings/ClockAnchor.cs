namespace ColdChain.Core.Readings;

/// <summary>
/// A moment at which the monotonic clock of one boot and UTC were known together. The monotonic clock never steps, so one anchor dates
/// every sample of its boot, those before it too.
/// </summary>
/// <param name="Boot">The id of the boot.</param>
/// <param name="Mono">Milliseconds of the monotonic clock since that boot.</param>
/// <param name="Utc">What UTC was at that moment.</param>
/// <param name="ErrorMs">How far <paramref name="Utc"/> may be off, either way, in milliseconds, included.</param>
public readonly record struct ClockAnchor(string Boot, long Mono, Instant Utc, long ErrorMs)
{
    /// <summary>
    /// Two anchors of a boot that differ by no more than this beyond their errors say the same, in milliseconds: a leap second, and the time
    /// between the two looks at a busy machine's clocks.
    /// </summary>
    public const long ToleranceMs = 2000;

    /// <summary>An error from which on nobody disciplines the clock, such as a battery-backed one alone, in milliseconds, included.</summary>
    public const long UndisciplinedMs = 60_000;

    /// <summary>UTC of the monotonic clock's zero, in milliseconds since 1970.</summary>
    public long Offset => Utc.Milliseconds - Mono;

    /// <summary>
    /// UTC at another moment of the same boot; null when the calendar has no such instant, because one of the two is nonsense.
    /// </summary>
    public Instant? At(long mono)
    {
        var instant = new Instant(Offset + mono); // Both are bounded far below 2^63 by the wire format.
        return instant >= Instant.Beginning && instant <= Instant.End ? instant : null;
    }

    /// <summary>True when both can be right.</summary>
    public bool AgreesWith(ClockAnchor other) =>
        Boot == other.Boot && Math.Abs(Offset - other.Offset) <= ErrorMs + other.ErrorMs + ToleranceMs;
}
