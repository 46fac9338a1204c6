using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Desk;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>Reads all that is reported of one excursion, or of one unknown time.</summary>
internal sealed class ExcursionContentReader(FleetView fleet, UnitFiguresReader figures)
{
    /// <summary>So long before and after it the report looks.</summary>
    public static readonly TimeSpan Around = TimeSpan.FromHours(4);

    /// <summary>
    /// So long after the end of an excursion its report can still change by itself: the line over the end of what it looks at needs the next sample, and what
    /// came last may be a spike. An engineering default: a little more than the largest gap that is usual.
    /// </summary>
    public static readonly TimeSpan SettledAfter = Around + TimeSpan.FromMinutes(20);

    // As many as a chart over the width of a page can show.
    private const int PointsMax = 600;

    /// <summary>So many conditions are listed at most.</summary>
    public const int ConditionsMax = 500;

    /// <summary>What there is to say at an instant; null when there is no excursion of that number.</summary>
    /// <exception cref="RefusalException">The fleet does not have its storage unit any more, without which nothing can be said of the time around it.</exception>
    public ReportContent? Read(StoreSession session, long id, Instant now, CancellationToken cancellation)
    {
        if (FindingStore.Find(session, id) is not { } row)
        {
            return null;
        }

        var current = fleet.Current;
        var unit = current.FindUnit(row.Unit) ?? throw ReportRefusals.NotInFleet($"{ReportNumber.Excursion(id)}", row.Unit);
        var exposureEnd = row.ExposureEnd;
        var (over, finished) = exposureEnd == Instant.End ? (exposureEnd, exposureEnd) : (exposureEnd + Around, exposureEnd + SettledAfter);
        var (from, to) = (row.Finding.Stretch.Start - Around, Instant.Max(Instant.Min(over, now), row.Finding.Stretch.LastKnown));
        var looked = new LookedAt(from, to, now);
        return new ReportContent
        {
            Number = ReportNumber.Excursion(id).ToString(),
            Kind = ReportKind.Excursion,
            Place = Places.Of(current, unit),
            From = from,
            To = to,
            IsUnfinished = now < finished,
            FinishedAt = exposureEnd == Instant.End ? null : finished,
            Excursion = Content(session, row, figures.Read(session, unit, looked, PointsMax, cancellation), looked),
        };
    }

    private static ExcursionContent Content(StoreSession session, FindingRow row, UnitFigures measured, LookedAt looked)
    {
        var (holds, evidence) = (HoldsOf(session, row.Finding.Id), Evidence.Of(session, row.Finding.Id));
        var versions = FindingStore.Versions(session, row.Finding.Id);
        var conditions = ConditionStore.Touching(session, row.Unit, looked.From, looked.To, int.MaxValue);
        var content = new ExcursionContent
        {
            Finding = FindingOf(row, versions, measured),
            Versions = [.. versions.Select((version, place) => VersionOf(version, place == 0 ? null : versions[place - 1]))],
            Rules = measured.Rules,
            Probes = [.. measured.Probes.OrderBy(probe => probe.Probe != row.Finding.Probe.ToString())], // The others stay as they are: the sort is stable.
            Conditions = [.. Nearest(conditions, row.Finding.Stretch.Start).Select(condition => ConditionOf(condition, looked.To))],
            ConditionsLeftOut = Math.Max(0, conditions.Count - ConditionsMax),
            Excluded = measured.Excluded,
            Timeline = [],
            Notifications = evidence.Notifications,
            NotificationsLeftOut = evidence.NotificationsLeftOut,
            Acknowledgements = evidence.Acknowledgements,
            StorageUnitHold = holds.Find(hold => hold.Row.Kind == HoldWords.StorageUnit).Content,
            BloodUnits = BloodUnits.Of(session, row, holds, new SpanContent(row.Finding.Stretch.Start, Instant.Min(row.ExposureEnd, looked.To)), looked.To),
            Case = [.. CaseStore.Of(session, Ground.Finding(row.Finding.Id)).Select(entry => new CaseContent(entry.Kind, entry.Word, entry.Note, entry.By, entry.At, entry.Version))],
            Audit = AuditExtract.Of(session, row, evidence.Incidents),
        };
        return content with { Timeline = Timeline.Of(content) };
    }

    // Those that explain how it came about, when there are too many to list; ascending.
    private static IEnumerable<ConditionRow> Nearest(IEnumerable<ConditionRow> conditions, Instant start) => conditions
        .OrderBy(row => Away(row.Condition, start))
        .ThenBy(row => row.Id)
        .Take(ConditionsMax)
        .OrderBy(row => row.Condition.Start)
        .ThenBy(row => row.Id);

    private static TimeSpan Away(Condition condition, Instant from) =>
        condition.Start > from ? condition.Start - from : condition.Until < from ? from - condition.Until : TimeSpan.Zero;

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

    private static FindingContent FindingOf(FindingRow row, List<FindingRow> versions, UnitFigures measured)
    {
        var (finding, stretch) = (row.Finding, row.Finding.Stretch);
        var isUnknown = stretch.Side == Side.Unknown;
        return new FindingContent
        {
            Id = finding.Id,
            Version = finding.Version,
            Probe = finding.Probe.ToString(),
            Side = stretch.Side,
            Rule = CitedRule.Of(stretch),
            Start = stretch.Start,
            AlarmedAt = finding.AlarmedAt,
            End = stretch.End,
            EndReason = stretch.EndReason,
            LastKnown = stretch.LastKnown,
            ExposureEnd = row.ExposureEnd is var end && end == Instant.End ? null : end,
            DiscoveredAt = row.DiscoveredAt,
            FoundAfter = VersionLag.Of(before: null, versions[0]), // There is a first version of each.
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

    private static VersionContent VersionOf(FindingRow row, FindingRow? before) => new(
        row.Finding.Version,
        row.UpdatedAt,
        row.Finding.Stretch.Start,
        row.Finding.Stretch.End,
        row.Finding.Stretch.Side == Side.Unknown ? null : Celsius.FromMilli(row.Finding.Stretch.PeakMilli),
        row.Finding.Stretch.Duration,
        row.Status,
        VersionLag.Of(before, row),
        row.Reason)
        {
            Rule = CitedRule.Of(row.Finding.Stretch),
        };

    // What became of it after the time looked at must not change what was signed.
    private static ConditionContent ConditionOf(ConditionRow row, Instant until)
    {
        var condition = row.Condition;
        return new ConditionContent(ConditionWords.Of(condition.Kind), condition.Probe.ToString(), condition.Start, condition.End <= until ? condition.End : null, row.FoundLate)
        {
            OverBy = condition.End is null && condition.SettledAt <= until ? condition.SettledAt : null,
        };
    }
}
