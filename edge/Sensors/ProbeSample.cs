using ColdChain.Core.Readings;

namespace ColdChain.Edge.Sensors;

/// <summary>One sample of one probe, before the outbox makes a reading of it. Exactly one of value, state and fault is present.</summary>
/// <param name="Probe">The probe that was read.</param>
/// <param name="At">The sample's own instant (recordings, simulations); null when it was taken just now, by the device's clock.</param>
/// <param name="Value">The temperature; null for a state or a fault.</param>
/// <param name="Fault">Why there is neither value nor state; null for a good sample.</param>
/// <param name="RawFrame">The raw frame behind a fault, base64url; null when there is none.</param>
internal sealed record ProbeSample(ProbeId Probe, Instant? At, Celsius? Value, string? Fault, string? RawFrame)
{
    /// <summary>The state of a signal; null for a temperature or a fault.</summary>
    public bool? State { get; private init; }

    public static ProbeSample Good(ProbeId probe, Instant? at, Celsius value) => new(probe, at, value, null, null);

    public static ProbeSample OfState(ProbeId signal, Instant? at, bool state) => new(signal, at, null, null, null) { State = state };

    public static ProbeSample Faulty(ProbeId probe, Instant? at, string fault, string? rawFrame = null) =>
        new(probe, at, null, fault, rawFrame);
}
