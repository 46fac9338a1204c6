using ColdChain.Core.Reporting;
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

    /// <summary>
    /// So long after its end a period can still change by itself: the line over its end needs the next sample, and a silence is found only when it has
    /// lasted for longer than its rule allows. An engineering default, as the four hours around an excursion are.
    /// </summary>
    public static readonly TimeSpan SettledAfter = TimeSpan.FromHours(4);

    /// <summary>The same of a kind of report. All that the report of alarms tells is dated by the server's clock, so that nothing comes later.</summary>
    public static TimeSpan SettledAfterOf(ReportKind kind) => kind == ReportKind.Alarms ? TimeSpan.Zero : SettledAfter;

    private readonly UnitFiguresReader _figures = new(packs);

    /// <summary>Reads what lies within a time: between the instants of a <see cref="CalendarPeriod"/> in the zone of its site (<see cref="Places.ZoneOf"/>), or up to the present while that goes on.</summary>
    public UnitPeriodContent Read(StoreSession session, StorageUnit unit, LookedAt looked, CancellationToken cancellation)
    {
        var (from, to) = (looked.From, looked.To);
        var figures = _figures.Read(session, unit, looked, PointsMax, cancellation);
        var conditions = ConditionStore.Touching(session, unit.Id, from, to, int.MaxValue).Select(row => row.Condition).ToList();
        return new UnitPeriodContent
        {
            Place = Places.Of(fleet, unit),
            Probes = figures.Probes,
            Rules = figures.Rules,
            Findings = PeriodFindings.Of(session, unit.Id, from, to),
            DoorOpen = SignalTimes.Of(unit, conditions, SignalKind.Door, from, to),
            MainsLost = SignalTimes.Of(unit, conditions, SignalKind.Mains, from, to),
            Excluded = figures.Excluded,
            Changes = UnitChanges.Of(session, unit, packs, from, to),
        };
    }
}
