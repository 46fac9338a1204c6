using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Edge.Outbox;

/// <summary>
/// What the outbox takes in: a reading that has no identity yet. The members are those of <see cref="Reading"/>. What the wire format could
/// not carry is refused here: once stored, it would stand in the way of every row behind it.
/// </summary>
internal sealed record Measurement
{
    private static readonly string AnyEpoch = new('0', 32);

    /// <exception cref="ArgumentException">
    /// There is not exactly one of value, state and fault, or a member is out of the wire format's range.
    /// </exception>
    public Measurement(ProbeId probe, Instant? measuredAt, Celsius? value, string? fault, string? rawFrame, string? boot, long? mono, bool? state = null)
    {
        (Probe, MeasuredAt, Value, State, Fault, RawFrame, Boot, Mono) = (probe, measuredAt, value, state, fault, rawFrame, boot, mono);
        PackCodec.Encode(new Pack(probe.Device, AnyEpoch, [Numbered(new ReadingKey(probe.Device, AnyEpoch, 1))]));
    }

    public ProbeId Probe { get; }

    public Instant? MeasuredAt { get; }

    public Celsius? Value { get; }

    public bool? State { get; }

    public string? Fault { get; }

    public string? RawFrame { get; }

    public string? Boot { get; }

    public long? Mono { get; }

    /// <summary>The measurement as the reading of a number.</summary>
    public Reading Numbered(ReadingKey key) => new()
    {
        Key = key,
        Probe = Probe,
        MeasuredAt = MeasuredAt,
        Value = Value,
        State = State,
        Fault = Fault,
        RawFrame = RawFrame,
        Boot = Boot,
        Mono = Mono,
    };
}
