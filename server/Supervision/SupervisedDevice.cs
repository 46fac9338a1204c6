using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Supervision;

/// <summary>A device that is expected to be heard: one of its probes stands in a storage unit now.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Site">The id of its site.</param>
/// <param name="MountedSince">Since when it has been expected.</param>
/// <param name="LastWord">When anything of it was last taken; null for never.</param>
/// <param name="SilentAfter">How long nothing of it may come.</param>
internal sealed record SupervisedDevice(DeviceId Id, string Site, Instant MountedSince, Instant? LastWord, TimeSpan SilentAfter)
{
    /// <summary>How often a device sends a heartbeat. Chosen by engineers; the agent's own figure.</summary>
    public static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(60);

    /// <summary>So many heartbeats missing make a silence: one may be lost, two may be a reconnection. Chosen by engineers.</summary>
    public const int HeartbeatsMissed = 3;

    /// <summary>How long nothing of a device may come that sends heartbeats.</summary>
    public static readonly TimeSpan WithHeartbeatSilentAfter = HeartbeatEvery * HeartbeatsMissed;

    /// <summary>For a foreign device without a rule: as most rules have it.</summary>
    private static readonly TimeSpan ForeignSilentAfter = TimeSpan.FromMinutes(15);

    /// <summary>From when its silence counts.</summary>
    public Instant SilentSince => LastWord ?? MountedSince;

    /// <summary>Devices of a site whose last words lie within this fell silent together.</summary>
    public TimeSpan Together => SilentAfter / 2;

    /// <summary>The devices of the fleet that are expected to be heard at an instant.</summary>
    public static IReadOnlyList<SupervisedDevice> All(
        FleetHistory fleet, IReadOnlyList<RulePack> packs, IReadOnlyDictionary<DeviceId, Instant> lastWords, Instant now)
    {
        var periods =
            from unit in fleet.Units
            let period = unit.PeriodAt(now)
            where period is not null
            from device in period.Devices
            group period by device;
        return
        [
            .. from mounted in periods
               let device = fleet.FindDevice(mounted.Key)
               where device is not null
               select new SupervisedDevice(
                   device.Id,
                   device.Site,
                   mounted.Min(period => period.From),
                   lastWords.TryGetValue(device.Id, out var last) ? last : null,
                   device.IsForeign ? LargestGap(packs, mounted) : WithHeartbeatSilentAfter),
        ];
    }

    // A foreign device has no heartbeat: it is silent when a rule calls the last of its probes so.
    private static TimeSpan LargestGap(IReadOnlyList<RulePack> packs, IEnumerable<UnitPeriod> periods) => periods
        .Select(period => packs.FirstOrDefault(pack => pack.Id == period.RulePackId)?.Find(period.Products, period.Context)?.MaxGap)
        .Max() ?? ForeignSilentAfter;
}
