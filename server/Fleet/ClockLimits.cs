using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>How far clocks may be apart.</summary>
internal static class ClockLimits
{
    /// <summary>How far a device's clock may run ahead of the server's. No reading is taken that lies further ahead.</summary>
    public static readonly TimeSpan AheadMax = DeviceDating.AheadMax;
}
