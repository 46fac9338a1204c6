using ColdChain.Core.Readings;
using ColdChain.Core.Wire;

namespace ColdChain.Server.Ingest;

/// <summary>What a readable pack may still say that cannot be true.</summary>
internal static class ReadingChecks
{
    /// <summary>How far a device's clock may run ahead of the server's.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);

    /// <summary>The readings to refuse, each with its reason.</summary>
    public static IReadOnlyList<(Reading Reading, string Reason)> Refused(Pack pack, Instant received) =>
    [
        .. pack.Readings
            .Where(reading => reading.MeasuredAt > received + AheadMax)
            .Select(reading => (reading, $"measured at {reading.MeasuredAt}, but it is {received} here: set the clock of the device or of the server")),
    ];
}
