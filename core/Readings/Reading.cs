namespace ColdChain.Core.Readings;

/// <summary>
/// The identity of a reading: its device, the epoch of the device's outbox file and the number within that epoch. Two readings with
/// the same key are the same reading, or a conflict when their content differs.
/// </summary>
/// <param name="Device">The device that took it.</param>
/// <param name="Epoch">The random id that the outbox file got when it was created: 32 lower-case hexadecimal digits.</param>
/// <param name="Seq">The number within the epoch, from 1, never reused.</param>
public readonly record struct ReadingKey(DeviceId Device, string Epoch, long Seq);

/// <summary>
/// One sample of one probe, immutable once it exists. Exactly one of <see cref="Value"/>, <see cref="State"/> and <see cref="Fault"/> is
/// present: a temperature, the state of a signal, or why there is neither.
/// </summary>
public sealed record Reading
{
    /// <summary>Identity.</summary>
    public required ReadingKey Key { get; init; }

    /// <summary>The probe that was read.</summary>
    public required ProbeId Probe { get; init; }

    /// <summary>When it was measured by the device's clock; null while that clock is not trusted (<see cref="Boot"/> and <see cref="Mono"/> are then present).</summary>
    public Instant? MeasuredAt { get; init; }

    /// <summary>The temperature as measured, before any calibration; null for a state or a fault.</summary>
    public Celsius? Value { get; init; }

    /// <summary>
    /// The state of a signal, RFC 8428 <c>vb</c>: true means that the door is open, that mains power is present, that the agitator runs. Null
    /// for a temperature or a fault.
    /// </summary>
    public bool? State { get; init; }

    /// <summary>Why there is neither value nor state, for example <c>power-on</c> or <c>no-answer</c>; null for a good sample.</summary>
    public string? Fault { get; init; }

    /// <summary>The raw frame behind a fault, base64url (RFC 8428 <c>vd</c>); null when there is none.</summary>
    public string? RawFrame { get; init; }

    /// <summary>The id of the device's boot; null when not stated.</summary>
    public string? Boot { get; init; }

    /// <summary>Milliseconds of the device's monotonic clock since that boot; null when not stated.</summary>
    public long? Mono { get; init; }
}
