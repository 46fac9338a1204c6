using ColdChain.Core.Exposure;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>
/// Reads a storage unit over a period: its figures, what was found, what explains it, and what changed. What people said and decided is as it stands
/// now, whenever they did.
/// </summary>
/// <param name="fleet">The fleet.</param>
/// <param name="packs">All packs that were ever in force, the oldest first.</param>
internal sealed class PeriodReader(FleetHistory fleet, IReadOnlyList<DatedPack> packs)
{
    /// <summary>A line of a period has about so many points at most.</summary>
    public const int PointsMax = 400;

    private readonly UnitFiguresReader _figures = new(packs);

    /// <summary>Reads [from, to): the instants of a <see cref="Core.Reporting.CalendarPeriod"/> in the zone of its site (<see cref="Places.ZoneOf"/>), or up to the present while it goes on.</summary>
    public UnitPeriodContent Read(StoreSession session, StorageUnit unit, Instant from, Instant to, CancellationToken cancellation)
    {
        var figures = _figures.Read(session, unit, from, to, PointsMax, cancellation);
        var conditions = ConditionStore.Touching(session, unit.Id, from, to, int.MaxValue).Select(row => row.Condition).ToList();
        return new UnitPeriodContent
        {
            Place = Places.Of(fleet, unit),
            Probes = figures.Probes,
            Rules = figures.Rules,
            Findings = [.. FindingStore.Touching(session, unit.Id, from, to).Where(row => Touches(row.Finding.Stretch, from, to)).Select(row => FindingOf(session, row))],
            DoorOpen = SignalTimes.Of(unit, conditions, SignalKind.Door, from, to),
            MainsLost = SignalTimes.Of(unit, conditions, SignalKind.Mains, from, to),
            Excluded = figures.Excluded,
            Changes = UnitChanges.Of(session, unit, packs, from, to),
        };
    }

    // What ended exactly at the beginning lies before it; what is one instant long ends where it begins.
    private static bool Touches(Stretch stretch, Instant from, Instant to) => stretch.Start < to && (stretch.ExposureEnd > from || stretch.Start >= from);

    private static PeriodFindingContent FindingOf(StoreSession session, FindingRow row)
    {
        var (id, stretch) = (row.Finding.Id, row.Finding.Stretch);
        return new PeriodFindingContent
        {
            Id = id,
            Version = row.Finding.Version,
            Probe = row.Finding.Probe.ToString(),
            Side = stretch.Side,
            Start = stretch.Start,
            End = stretch.End,
            Duration = stretch.Duration,
            Peak = stretch.Side == Side.Unknown ? null : Celsius.FromMilli(stretch.PeakMilli),
            FoundAfter = row.FoundLate ? FindingStore.Versions(session, id)[0].FoundAfter : null, // There is a first version of each.
            Cause = CaseStore.Of(session, Ground.Finding(id)).FindLast(entry => entry.Kind == CaseKinds.Cause)?.Word,
            AcknowledgedAfter = AcknowledgedAfter(session, id),
            Dispositions = DispositionsOf(session, id),
        };
    }

    private static TimeSpan? AcknowledgedAfter(StoreSession session, long finding) =>
        IncidentStore.FindMember(session, $"finding:{finding}") is { } member
        && IncidentStore.Find(session, member.Incident) is { } incident
        && AcknowledgementStore.OfIncident(session, incident.Id) is [.., var first]
            ? first.At - incident.OpenedAt
            : null;

    private static DispositionsContent DispositionsOf(StoreSession session, long finding)
    {
        var held = HoldStore.OfFinding(session, finding).Where(hold => hold.Kind == HoldWords.BloodUnit).Select(hold => hold.Id).ToHashSet();
        var decided = DecisionStore.Standing(session, finding).Where(decision => held.Contains(decision.HoldId)).CountBy(decision => decision.Kind).ToDictionary();
        return new DispositionsContent(
            held.Count,
            decided.GetValueOrDefault(DecisionKind.Release),
            decided.GetValueOrDefault(DecisionKind.Discard),
            decided.GetValueOrDefault(DecisionKind.Return),
            held.Count - decided.Values.Sum());
    }
}
