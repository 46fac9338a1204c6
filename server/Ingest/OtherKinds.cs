using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Ingest;

/// <summary>
/// Readings that say something else than their channel is for: a state under the name of a temperature probe, or a temperature under that of
/// a signal. They are stored as they came, since the fleet file may be what is wrong, and judged as faults.
/// </summary>
internal static class OtherKinds
{
    /// <summary>Counts those among the readings of one device, and tells when that is due.</summary>
    public static void Count(StoreTransaction transaction, FleetHistory fleet, IReadOnlyList<Reading> readings, Instant now)
    {
        var other = readings.Where(reading => IsOther(fleet, reading)).ToList();
        if (other.Count == 0 || DeviceCounts.Add(transaction, other[0].Probe.Device, CountedAs.ReadingOfOtherKind, other.Count, now) is not { } count)
        {
            return;
        }

        var (probe, isState) = (other[0].Probe, other[0].State is not null);
        var reason = isState
            ? $"'{probe}' sends states (vb), and the fleet file has it among the probes: name it under signals, or mend the device"
            : $"'{probe}' sends temperatures (v), and the fleet file has it among the signals: name it under probes, or mend the device";
        EventLog.Append(transaction, now, EventKinds.ReadingOfOtherKind, null, probe.Device.Value, new { probe = probe.ToString(), readings = count, reason });
    }

    // A fault says nothing either way.
    private static bool IsOther(FleetHistory fleet, Reading reading) =>
        reading is { MeasuredAt: { } at, Fault: null } && fleet.IsSignal(reading.Probe, at) is { } isSignal && isSignal != reading.State is not null;
}
