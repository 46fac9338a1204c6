using ColdChain.Hosting.Configuration;

namespace ColdChain.Hosting.Clocks;

/// <summary>The section <c>clock</c> of a configuration: <c>trust</c> says who is asked whether the wall clock is right.</summary>
public static class ClockTrust
{
    private static readonly Dictionary<string, Func<IClockAuthority>> Trusts = new()
    {
        ["kernel"] = KernelClock.OfThisMachine,
        ["always"] = () => new AssumedClock(),
        ["never"] = () => new DeniedClock(),
    };

    /// <summary>Reads the section; the kernel is asked unless it says otherwise.</summary>
    public static IClockAuthority Read(ConfigSection clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var trust = clock.OneOf<Func<IClockAuthority>?>("trust", Trusts!, Trusts["kernel"]) ?? Trusts["kernel"]; // None after an error.
        clock.RejectUnknownKeys();
        return trust();
    }
}
