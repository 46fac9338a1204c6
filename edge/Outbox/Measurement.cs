using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// What the outbox takes in: a reading that has no identity yet. The members are those of <see cref="Reading"/>. What the wire format could not
/// carry is refused here: once stored, it would stand in the way of every row behind it.
/// </summary>
internal sealed record Measurement
{
    // RFC 8428 §4.5.3: smaller times are relative to now.
    private static readonly Instant Earliest = new((1L << 28) * 1000);

    /// <exception cref="ArgumentException">There is not exactly one of value and fault, or a member is out of the wire format's range.</exception>
    public Measurement(ProbeId probe, Instant? measuredAt, Celsius? value, string? fault, string? rawFrame, string? boot, long? mono)
    {
        if (value is null == fault is null)
        {
            throw new ArgumentException($"A sample of {probe} has both a value and a fault, or neither.", nameof(fault));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(fault?.Length ?? 0, WireLimits.NameLengthMax, nameof(fault));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rawFrame?.Length ?? 0, WireLimits.FrameLengthMax, nameof(rawFrame));
        ArgumentOutOfRangeException.ThrowIfLessThan(measuredAt ?? Earliest, Earliest, nameof(measuredAt));
        (Probe, MeasuredAt, Value, Fault, RawFrame, Boot, Mono) = (probe, measuredAt, value, fault, rawFrame, boot, mono);
    }

    public ProbeId Probe { get; }

    public Instant? MeasuredAt { get; }

    public Celsius? Value { get; }

    public string? Fault { get; }

    public string? RawFrame { get; }

    public string? Boot { get; }

    public long? Mono { get; }
}
