using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Quarantine;

/// <summary>
/// What keeps anybody from saying that a blood unit was well where it was before. Moving it to another storage unit must not launder it:
/// until the time there is judged, readings that are still to come may place a hold.
/// </summary>
internal static class PastStay
{
    public static IEnumerable<string> Doubts(StoreSession session, FleetHistory fleet, IReadOnlyList<RulePack> packs, ContentsRow stay, Instant now)
    {
        var left = stay.OutAt ?? now;
        var unit = fleet.FindUnit(stay.Unit);
        var periods = unit?.History.Where(period => period.From < left && stay.InAt < period.To).ToList() ?? [];
        if (unit is null || periods.Count == 0)
        {
            return [$"Storage unit {stay.Unit}, where it was until {left}: the fleet file has no period of it for that time."];
        }

        string[] doubts =
        [
            .. StorageRules.Doubts(unit, packs, stay, left),
            .. Unjudged(session, stay.Unit, left, now) ? ["That time is not wholly judged yet."] : Array.Empty<string>(),
            .. Unheard(session, packs, stay.Unit, periods[^1], left) ? ["No temperature is known of the time when it left."] : Array.Empty<string>(),
            .. periods.SelectMany(period => period.Probes).Select(probe => probe.Id.Device).Distinct()
                .Where(device => Owes(session, device, left))
                .Select(device => $"Device {device} has yet to deliver readings that may be of that time."),
        ];
        return doubts.Select(doubt => $"Storage unit {stay.Unit}, where it was until {left}: {doubt}");
    }

    private static bool Unjudged(StoreSession session, StorageUnitId unit, Instant left, Instant now) =>
        MarkStore.Pending(session, unit)?.From < left
        || UnitStateStore.Find(session, unit) is not { } row
        || (row.NextDeadline <= now && row.NextDeadline < left);

    /// <summary>
    /// True when a deciding probe was silent around the leaving and nothing was decided about that silence yet. Later readings settle it: a
    /// silence within its limit is accepted by the rule, and a longer one becomes a finding, which holds.
    /// </summary>
    private static bool Unheard(StoreSession session, IReadOnlyList<RulePack> packs, StorageUnitId unit, UnitPeriod period, Instant left)
    {
        var rule = StorageRules.OfPeriod(packs, period);
        var load = period.Probes.Where(probe => probe.Role == ProbeRole.Load).Select(probe => probe.Id).ToList();
        var heard = ReadingReader.Read(session, load, left - rule.MaxGap, left + rule.UnknownLimit).Where(reading => reading.Value is not null);
        var decided = FindingStore.Current(session, unit).Select(row => row.Finding)
            .Where(finding => finding.Stretch.Start <= left && left <= finding.Stretch.ExposureEnd)
            .Select(finding => finding.Probe);
        return load.Except(heard.Select(reading => reading.Probe)).Except(decided).Any();
    }

    /// <summary>True when the gap-free part of what the device delivered does not reach the leaving.</summary>
    private static bool Owes(StoreSession session, DeviceId device, Instant left)
    {
        if (StreamStore.OfDevice(session, device).LastOrDefault() is not { } stream || stream.Owed().IsEmpty)
        {
            return false;
        }

        var watermark = stream.Settled().ContiguousUpTo;
        var newest = PackStore.Numbered(session, device, stream.Epoch, watermark, watermark, WireLimits.RecordsMax)
            .SelectMany(ReadingReader.Accepted)
            .FirstOrDefault(reading => reading.Key.Seq == watermark);
        return !(newest?.MeasuredAt >= left);
    }
}
