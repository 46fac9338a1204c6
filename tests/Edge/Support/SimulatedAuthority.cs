using ColdChain.Hosting.Clocks;

namespace ColdChain.Edge.Tests.Support;

/// <summary>A kernel whose clock a time server disciplines, or does not: the test says when. Setting the clock by hand ends it, as in the kernel.</summary>
internal sealed class SimulatedAuthority : IClockAuthority
{
    /// <summary>What it vouches for, in milliseconds; null for nothing.</summary>
    public long? ErrorMs { get; set; }

    public ClockWord Ask(DateTimeOffset wall) => new(ErrorMs, ErrorMs is null ? "nobody has set it" : "a time server has set it");
}
