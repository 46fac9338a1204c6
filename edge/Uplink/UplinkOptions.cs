using ColdChain.Core.Wire;

namespace ColdChain.Edge.Uplink;

/// <summary>The named limits of the way up. The defaults are for a fridge on a hospital network.</summary>
internal sealed record UplinkOptions
{
    /// <summary>The most readings in one pack.</summary>
    public int PackReadingsMax { get; init; } = WireLimits.RecordsThatAlwaysFit;

    /// <summary>The most bytes in one pack; a single reading is sent whatever its size.</summary>
    public int PackBytesMax { get; init; } = 16 * 1024;

    /// <summary>How many packs of one lane may wait for the server's acknowledgement.</summary>
    public int WindowPacks { get; init; } = 8;

    /// <summary>How long a pack waits for the server's acknowledgement before its rows count as backlog again.</summary>
    public TimeSpan AckTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after the first failure; it doubles with every further one…</summary>
    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>…up to this.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a heartbeat goes out, provided that sampling has made progress. The server misses it after three times this.</summary>
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long ago that progress may be: a probe that is read every hour must not make its device look dead in between.</summary>
    public TimeSpan ProgressWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Makes the jitter of the pauses different from device to device.</summary>
    public int JitterSeed { get; init; }
}
