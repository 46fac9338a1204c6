using ColdChain.Core.Readings;

namespace ColdChain.Edge.Clocks;

/// <summary>
/// Believes the wall clock whatever it shows: for a development machine and a demonstration, where nothing that is dated decides about blood.
/// </summary>
internal sealed class AssumedClock : IClockAuthority
{
    public ClockWord Ask(Instant wall) => new(0, "the configuration says 'clock: {trust: always}'");
}
