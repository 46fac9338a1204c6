using ColdChain.Core.Readings;
using ColdChain.Server.Store;

namespace ColdChain.Server.Fleet;

/// <summary>
/// Reads what may be said of storage units. What the evaluator wrote counts only as far as it has judged: a unit with work waiting, or
/// whose device still owes readings, is at best unverified. It stays out of range when it was last seen so.
/// </summary>
internal static class UnitOverviews
{
    /// <summary>The worst first: by state, then those with a latched alarm, then those with holds, then by name.</summary>
    public static IReadOnlyList<UnitOverview> Read(StoreSession session, FleetHistory fleet, Instant now)
    {
        var states = UnitStateStore.All(session).ToDictionary(row => row.Unit);
        var marks = MarkStore.Pending(session).ToDictionary(pending => pending.Unit);
        var holds = HoldStore.CountByUnit(session);
        var latched = LatchedAlarms.All(session);
        var streams = StreamStore.All(session).ToLookup(stream => stream.Device);
        var silences = new Silences(SilenceStore.All(session));
        return
        [
            .. fleet.Units
                .Select(unit => Read(
                    fleet,
                    new UnitFacts(
                        unit,
                        states.GetValueOrDefault(unit.Id),
                        marks.GetValueOrDefault(unit.Id),
                        holds.GetValueOrDefault(unit.Id),
                        latched.GetValueOrDefault(unit.Id),
                        device => new DeviceStreams(streams[device]),
                        (device, ofDevice) => UndatedReadings.Of(session, device, ofDevice),
                        silences),
                    now))
                .OrderByDescending(overview => overview.State)
                .ThenByDescending(overview => overview.AlarmLatched is not null)
                .ThenByDescending(overview => overview.Holds > 0)
                .ThenBy(overview => overview.Unit.Name, StringComparer.Ordinal)
                .ThenBy(overview => overview.Unit.Id.Value, StringComparer.Ordinal),
        ];
    }

    /// <summary>One storage unit; null when the fleet does not know it.</summary>
    public static UnitOverview? Read(StoreSession session, FleetHistory fleet, StorageUnitId id, Instant now) => fleet.FindUnit(id) is not { } unit
        ? null
        : Read(
            fleet,
            new UnitFacts(
                unit,
                UnitStateStore.Find(session, id),
                MarkStore.Pending(session, id),
                HoldStore.CountOfUnit(session, id),
                LatchedAlarms.OfUnit(session, id),
                device => DeviceStreams.Of(session, device),
                (device, ofDevice) => UndatedReadings.Of(session, device, ofDevice),
                new Silences(SilenceStore.All(session))),
            now);

    private static UnitOverview Read(FleetHistory fleet, UnitFacts facts, Instant now)
    {
        var row = facts.Row;
        var period = facts.Unit.PeriodAt(now);
        var (state, reasons) = StateReasons.Of(facts, period, now);
        return new UnitOverview
        {
            Unit = facts.Unit,
            SiteName = fleet.FindSite(facts.Unit.Site)?.Name ?? facts.Unit.Site,
            Period = period,
            State = state,
            Judgement = row?.Version ?? 0,
            Since = row?.Since,
            Celsius = row?.Celsius,
            MeasuredAt = row?.MeasuredAt,
            Age = now - row?.MeasuredAt,
            Undated = period?.Devices.Sum(device => facts.Undated(device, facts.Streams(device)).Awaited) ?? 0,
            Low = row?.Low,
            High = row?.High,
            Holds = facts.Holds,
            AlarmLatched = facts.Latched,
            IsPending = row is null || facts.Marks is not null || row.NextDeadline <= now,
            Reasons = reasons,
        };
    }
}

/// <summary>What the store knows of a storage unit.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Row">What the evaluator wrote; null when it never judged the unit.</param>
/// <param name="Marks">What waits for the evaluator; null for nothing.</param>
/// <param name="Holds">How many holds stand.</param>
/// <param name="Latched">An alarm that is over and not dealt with; null for none.</param>
/// <param name="Streams">The epochs of a device.</param>
/// <param name="Undated">What a device measured without a trusted clock and is not dated.</param>
/// <param name="Silences">Who is silent.</param>
internal sealed record UnitFacts(
    StorageUnit Unit, UnitStateRow? Row, PendingMarks? Marks, int Holds, LatchedAlarm? Latched, Func<DeviceId, DeviceStreams> Streams,
    Func<DeviceId, DeviceStreams, UndatedReadings> Undated, Silences Silences);
