namespace ColdChain.Hosting.Clocks;

/// <summary>
/// Believes the wall clock never: to rehearse what happens at a site without a time server, and for a machine whose clock is known to be wrong.
/// </summary>
public sealed class DeniedClock : IClockAuthority
{
    /// <inheritdoc/>
    public ClockWord Ask(DateTimeOffset wall) => new(null, "the configuration says 'clock: {trust: never}'");
}
