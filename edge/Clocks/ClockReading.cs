using ColdChain.Core.Readings;

namespace ColdChain.Edge.Clocks;

/// <summary>Both clocks at one moment.</summary>
/// <param name="Now">UTC; null while the wall clock is not trusted.</param>
/// <param name="Mono">Milliseconds since the boot.</param>
internal readonly record struct ClockReading(Instant? Now, long Mono);
