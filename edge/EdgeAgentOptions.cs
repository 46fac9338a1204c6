using ColdChain.Core.Readings;
using ColdChain.Edge.LocalAlarm;
using ColdChain.Edge.Uplink;

namespace ColdChain.Edge;

/// <summary>What an agent needs to know beside its parts.</summary>
internal sealed record EdgeAgentOptions
{
    /// <summary>The device, as in its topics.</summary>
    public required DeviceId Device { get; init; }

    public UplinkOptions Uplink { get; init; } = new();

    /// <summary>How long acknowledged rows stay, so that a server restored from a backup gets them again.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The lamp that is on while nobody supervises the device; null for none.</summary>
    public ILamp? NotSupervised { get; init; }

    /// <summary>The lamp or sounder of the site's alarms; null for none.</summary>
    public ILamp? SiteAlarm { get; init; }

    /// <summary>The pause after a disk error before the same samples are stored again.</summary>
    public TimeSpan StoreRetryEvery { get; init; } = TimeSpan.FromSeconds(5);
}
