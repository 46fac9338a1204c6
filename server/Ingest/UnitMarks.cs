using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>Collects which storage units must be judged again, each from its lowest to its highest changed instant.</summary>
internal sealed class UnitMarks(FleetHistory fleet)
{
    private readonly Dictionary<StorageUnitId, (Instant From, Instant To)> _spans = [];

    /// <summary>Adds the unit in which the probe stood at that instant; nothing without an instant or a unit.</summary>
    public void Add(ProbeId probe, Instant? at)
    {
        if (at is { } instant && fleet.UnitOf(probe, instant) is { } unit)
        {
            _spans[unit.Id] = _spans.TryGetValue(unit.Id, out var span)
                ? (Instant.Min(span.From, instant), Instant.Max(span.To, instant))
                : (instant, instant);
        }
    }

    public void Append(StoreTransaction transaction)
    {
        foreach (var (unit, (from, to)) in _spans)
        {
            MarkStore.Append(transaction, unit, from, to);
        }
    }
}
