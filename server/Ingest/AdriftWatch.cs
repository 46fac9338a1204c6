using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Has the storage units of a device judged again when readings that nothing will date any more turn up, or are dated after all. Nobody
/// knows when they were measured, so they concern every unit of the device from the last dated one before.
/// </summary>
internal sealed class AdriftWatch
{
    private readonly DeviceId _device;
    private readonly IReadOnlyList<LostTime>? _before;

    private AdriftWatch(DeviceId device, IReadOnlyList<LostTime>? before) => (_device, _before) = (device, before);

    /// <summary>Looks before a message is stored.</summary>
    /// <param name="transaction">The transaction of the message.</param>
    /// <param name="device">The device.</param>
    /// <param name="isNeeded">Whether the message can change anything of this.</param>
    public static AdriftWatch Of(StoreTransaction transaction, DeviceId device, bool isNeeded) =>
        new(device, isNeeded ? Times(transaction, device) : null);

    /// <summary>Looks again after it was stored.</summary>
    public void Mark(StoreTransaction transaction, FleetHistory fleet)
    {
        if (_before is null)
        {
            return;
        }

        var after = Times(transaction, _device);
        var changed = _before.Except(after).Concat(after.Except(_before)).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        foreach (var unit in fleet.UnitsOf(_device))
        {
            MarkStore.Append(transaction, unit.Id, changed.Min(time => time.After), Instant.End);
        }
    }

    private static List<LostTime> Times(StoreTransaction transaction, DeviceId device) =>
        UndatedStore.Any(transaction, device) ? [.. LossDates.Adrift(transaction, DeviceStreams.Of(transaction, device))] : [];
}
