using System.Collections.Frozen;
using ColdChain.Core.People;
using ColdChain.Core.Readings;

namespace ColdChain.Server.Fleet;

/// <summary>
/// Which probe stood in which storage unit, with which role and calibration, at which site, under which rules, from when to when.
/// Immutable: a new file makes a new fleet. Data that comes late is judged by the fleet of its own instant.
/// </summary>
internal sealed class FleetHistory
{
    public static readonly FleetHistory Empty = new([], [], [], []);

    private readonly FrozenDictionary<string, Site> _sites;
    private readonly FrozenDictionary<DeviceId, Device> _devices;
    private readonly FrozenDictionary<StorageUnitId, StorageUnit> _units;
    private readonly FrozenDictionary<ProbeId, Mounting[]> _mountings;
    private readonly FrozenDictionary<DeviceId, Instant> _supervisedFrom;

    /// <summary>A fleet of parts that <see cref="FleetReader"/> has checked.</summary>
    public FleetHistory(IReadOnlyList<Site> sites, IReadOnlyList<Device> devices, IReadOnlyList<StorageUnit> units, IReadOnlyList<Stay> contents)
    {
        (Sites, Devices, Units, Contents) = (sites, devices, units, contents);
        _sites = sites.ToFrozenDictionary(site => site.Id);
        _devices = devices.ToFrozenDictionary(device => device.Id);
        _units = units.ToFrozenDictionary(unit => unit.Id);
        _mountings = Mountings(units).GroupBy(mounting => mounting.Probe).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        _supervisedFrom = Mountings(units).GroupBy(mounting => mounting.Probe.Device).ToFrozenDictionary(group => group.Key, Earliest);
    }

    public IReadOnlyList<Site> Sites { get; }

    public IReadOnlyList<Device> Devices { get; }

    public IReadOnlyList<StorageUnit> Units { get; }

    /// <summary>What the file says of blood units inside, in its order.</summary>
    public IReadOnlyList<Stay> Contents { get; }

    public Site? FindSite(string id) => _sites.GetValueOrDefault(id);

    public Device? FindDevice(DeviceId id) => _devices.GetValueOrDefault(id);

    public StorageUnit? FindUnit(StorageUnitId id) => _units.GetValueOrDefault(id);

    /// <summary>Where a site is, for the rights of whoever asks; null for one that the fleet does not have.</summary>
    public Place? PlaceOf(string site) => FindSite(site) is { } known ? new Place(known.Id, known.Region) : null;

    /// <summary>Where a storage unit stands, likewise.</summary>
    public Place? PlaceOf(StorageUnitId unit) => FindUnit(unit) is { } known ? PlaceOf(known.Site) : null;

    /// <summary>The storage unit in which a probe stood at an instant; null for none. A probe is never in two at one time.</summary>
    public StorageUnit? UnitOf(ProbeId probe, Instant at)
    {
        foreach (var mounting in _mountings.GetValueOrDefault(probe) ?? [])
        {
            if (mounting.Period.Covers(at))
            {
                return mounting.Unit;
            }
        }

        return null;
    }

    /// <summary>True for a signal, false for a probe of temperature, null for what stood nowhere at that instant.</summary>
    public bool? IsSignal(ProbeId channel, Instant at) =>
        _mountings.GetValueOrDefault(channel)?.FirstOrDefault(mounting => mounting.Period.Covers(at))?.IsSignal;

    /// <summary>The storage units that ever had a probe or signal of a device.</summary>
    public IReadOnlyList<StorageUnit> UnitsOf(DeviceId device) =>
        [.. _mountings.Where(entry => entry.Key.Device == device).SelectMany(entry => entry.Value).Select(mounting => mounting.Unit).Distinct()];

    /// <summary>
    /// When the supervision of a device begins: when the first storage unit got one of its probes. A device whose probes are in none goes by
    /// the whole fleet.
    /// </summary>
    public Instant SupervisedFrom(DeviceId device) => _supervisedFrom.TryGetValue(device, out var from)
        ? from
        : _supervisedFrom.Values.DefaultIfEmpty(Instant.Beginning).Min();

    private static Instant Earliest(IEnumerable<Mounting> mountings) => mountings.Min(mounting => mounting.Period.From);

    private static IEnumerable<Mounting> Mountings(IReadOnlyList<StorageUnit> units) =>
        from unit in units
        from period in unit.History
        from channel in period.Probes.Select(probe => (probe.Id, IsSignal: false)).Concat(period.Signals.Select(signal => (signal.Id, IsSignal: true)))
        select new Mounting(channel.Id, channel.IsSignal, unit, period);

    private sealed record Mounting(ProbeId Probe, bool IsSignal, StorageUnit Unit, UnitPeriod Period);
}
