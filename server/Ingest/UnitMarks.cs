using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Collects which storage units must be judged again, each from its lowest instant.</summary>
internal sealed class UnitMarks(FleetHistory fleet)
{
    private readonly Dictionary<StorageUnitId, Instant> _lowest = [];

    /// <summary>Adds the unit in which the probe stood at that instant; nothing without an instant or a unit.</summary>
    public void Add(ProbeId probe, Instant? at)
    {
        if (at is { } instant && fleet.UnitOf(probe, instant) is { } unit)
        {
            _lowest[unit.Id] = _lowest.TryGetValue(unit.Id, out var lowest) ? Instant.Min(lowest, instant) : instant;
        }
    }

    public void Append(StoreTransaction transaction)
    {
        foreach (var (unit, at) in _lowest)
        {
            MarkStore.Append(transaction, unit, at);
        }
    }
}
