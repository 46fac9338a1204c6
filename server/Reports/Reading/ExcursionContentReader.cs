using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>Reads all that is reported of one excursion, or of one unknown time.</summary>
internal sealed class ExcursionContentReader(FleetView fleet, UnitFiguresReader figures)
{
    /// <summary>So long before and after it the report looks.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromHours(4);

    // As many as a chart over the width of a page can show.
    private const int PointsMax = 600;
    private const int ConditionsMax = 500;

    /// <summary>What there is to say at an instant; null when there is no excursion of that number.</summary>
    public ReportContent? Read(StoreSession session, long id, Instant now, CancellationToken cancellation)
    {
        if (FindingStore.Find(session, id) is not { } row)
        {
            return null;
        }

        var current = fleet.Current;
        var exposureEnd = row.Finding.Stretch.ExposureEnd;
        var finished = exposureEnd == Instant.End ? exposureEnd : exposureEnd + Around;
        var (from, to) = (row.Finding.Stretch.Start - Around, Instant.Max(Instant.Min(finished, now), row.Finding.Stretch.LastKnown));
        var place = current.FindUnit(row.Unit) is { } unit ? Places.Of(current, unit) : Places.OfUnknown(row.Unit);
        return new ReportContent
        {
            Number = ReportNumber.Excursion(id).ToString(),
            Kind = ReportKind.Excursion,
            Place = place,
            From = from,
            To = to,
            IsUnfinished = now < finished,
            FinishedAt = exposureEnd == Instant.End ? null : finished,
            Excursion = Content(session, row, new LookedAt(from, to, now), cancellation),
        };
    }

    private ExcursionContent Content(StoreSession session, FindingRow row, LookedAt looked, CancellationToken cancellation)
    {
        var measured = fleet.Current.FindUnit(row.Unit) is { } unit ? figures.Read(session, unit, looked, PointsMax, cancellation) : Nothing;
        var (holds, evidence) = (HoldsOf(session, row.Finding.Id), Evidence.Of(session, row.Finding.Id));
        var content = new ExcursionContent
        {
            Finding = FindingOf(row, measured),
            Versions = [.. FindingStore.Versions(session, row.Finding.Id).Select(VersionOf)],
            Rules = measured.Rules,
            Probes = [.. measured.Probes.OrderBy(probe => probe.Probe != row.Finding.Probe.ToString())], // The others stay as they are: the sort is stable.
            Conditions = [.. ConditionStore.Touching(session, row.Unit, looked.From, looked.To, ConditionsMax).AsEnumerable().Reverse().Select(ConditionOf)],
            Excluded = measured.Excluded,
            Timeline = [],
            Notifications = evidence.Notifications,
            Acknowledgements = evidence.Acknowledgements,
            StorageUnitHold = holds.Find(hold => hold.Row.Kind == HoldWords.StorageUnit).Content,
            BloodUnits = BloodUnits.Of(session, row, holds, looked.To),
            Case = [.. CaseStore.Of(session, Ground.Finding(row.Finding.Id)).Select(entry => new CaseContent(entry.Kind, entry.Word, entry.Note, entry.By, entry.At, entry.Version))],
            Audit = AuditExtract.Of(session, row, evidence.Incidents),
        };
        return content with { Timeline = Timeline.Of(content) };
    }

    private static readonly UnitFigures Nothing = new([], [], []);

    private static List<(HoldRow Row, HoldContent Content)> HoldsOf(StoreSession session, long finding) =>
        HoldStore.OfFinding(session, finding).ConvertAll(hold => (hold, new HoldContent
        {
            Id = hold.Id,
            Since = hold.Since,
            PlacedAt = hold.PlacedAt,
            State = hold.State,
            Decisions = [.. DecisionStore.OfHold(session, hold.Id).Select(DecisionOf)],
        }));

    private static DecisionContent DecisionOf((DecisionRow Row, Instant? ReopenedAt, string? Why) decision) => new()
    {
        Id = decision.Row.Id,
        Kind = DecisionWords.Of(decision.Row.Kind),
        Account = decision.Row.SignedBy,
        Name = decision.Row.Display,
        SignedAt = decision.Row.SignedAt,
        Meaning = decision.Row.Meaning,
        Reason = decision.Row.Reason,
        Sha256 = decision.Row.Sha256,
        ReopenedAt = decision.ReopenedAt,
        ReopenedWhy = decision.Why,
    };

    private static FindingContent FindingOf(FindingRow row, UnitFigures measured)
    {
        var (finding, stretch) = (row.Finding, row.Finding.Stretch);
        var isUnknown = stretch.Side == Side.Unknown;
        return new FindingContent
        {
            Id = finding.Id,
            Version = finding.Version,
            Probe = finding.Probe.ToString(),
            Side = stretch.Side,
            Start = stretch.Start,
            AlarmedAt = finding.AlarmedAt,
            End = stretch.End,
            EndReason = stretch.EndReason,
            LastKnown = stretch.LastKnown,
            ExposureEnd = stretch.ExposureEnd == Instant.End ? null : stretch.ExposureEnd,
            DiscoveredAt = row.DiscoveredAt,
            FoundAfter = row.FoundLate ? row.FoundAfter : null,
            Status = row.Status,
            SupersededBy = row.SupersededBy,
            Reason = row.Reason,
            Peak = isUnknown ? null : Celsius.FromMilli(stretch.PeakMilli),
            Duration = stretch.Duration,
            Cumulative = Cumulative(measured.Probes.Where(probe => probe.Probe == finding.Probe.ToString()), stretch.Side),
            DegreeMinutes = isUnknown ? null : Math.Round(stretch.DegreeMinutes, 6),
            IsConflict = stretch.IsConflict,
            IsDeclaredLost = stretch.IsDeclaredLost,
        };
    }

    private static TimeSpan Cumulative(IEnumerable<ProbeContent> mountings, Side side) => TimeSpan.FromTicks(mountings.Sum(probe => TimeOf(probe.Figures, side).Ticks));

    private static TimeSpan TimeOf(FiguresContent figures, Side side) => side switch
    {
        Side.High => figures.High,
        Side.Low => figures.Low,
        Side.Unknown => figures.Unknown,
        _ => throw new ArgumentOutOfRangeException(nameof(side)),
    };

    private static VersionContent VersionOf(FindingRow row) => new(
        row.Finding.Version,
        row.UpdatedAt,
        row.Finding.Stretch.Start,
        row.Finding.Stretch.End,
        row.Finding.Stretch.Side == Side.Unknown ? null : Celsius.FromMilli(row.Finding.Stretch.PeakMilli),
        row.Finding.Stretch.Duration,
        row.Status,
        row.FoundLate ? row.FoundAfter : null,
        row.Reason);

    private static ConditionContent ConditionOf(ConditionRow row) =>
        new(ConditionWords.Of(row.Condition.Kind), row.Condition.Probe.ToString(), row.Condition.Start, row.Condition.End, row.FoundLate);
}
