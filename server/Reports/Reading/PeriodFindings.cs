using ColdChain.Core.Exposure;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Reading;

/// <summary>The excursions and unknown times of a storage unit that touch a period, with what people said and decided about them until now.</summary>
internal static class PeriodFindings
{
    /// <summary>Those that touch [from, to), by start: the current ones, and those that were taken back but held something.</summary>
    public static IReadOnlyList<PeriodFindingContent> Of(StoreSession session, StorageUnitId unit, Instant from, Instant to) =>
    [
        .. FindingStore.Touching(session, unit, from, to).Concat(FindingStore.TakenBack(session, unit, to)).Where(row => Touches(row, from, to))
            .OrderBy(row => row.Finding.Stretch.Start).ThenBy(row => row.Finding.Id).Select(row => Content(session, row, to)),
    ];

    // What ended exactly at the beginning lies before it; what is one instant long ends where it begins.
    private static bool Touches(FindingRow row, Instant from, Instant to) => row.Finding.Stretch.Start < to && (row.ExposureEnd > from || row.Finding.Stretch.Start >= from);

    private static PeriodFindingContent Content(StoreSession session, FindingRow row, Instant to)
    {
        var (id, stretch) = (row.Finding.Id, row.Finding.Stretch);
        var goesOn = row.ExposureEnd > to;
        return new PeriodFindingContent
        {
            Id = id,
            Version = goesOn ? null : row.Finding.Version,
            Status = row.Status,
            SupersededBy = row.SupersededBy,
            Probe = row.Finding.Probe.ToString(),
            Side = stretch.Side,
            Rule = goesOn ? null : CitedRule.Of(stretch),
            Start = stretch.Start,
            End = goesOn ? null : stretch.End,
            GoesOn = goesOn,
            Duration = goesOn ? null : stretch.Duration,
            Peak = goesOn || stretch.Side == Side.Unknown ? null : Celsius.FromMilli(stretch.PeakMilli),
            FoundAfter = VersionLag.Of(before: null, FindingStore.Versions(session, id)[0]), // There is a first version of each.
            Cause = CaseStore.Of(session, Ground.Finding(id)).FindLast(entry => entry.Kind == CaseKinds.Cause)?.Word,
            AcknowledgedAfter = AcknowledgedAfter(session, row),
            Dispositions = DispositionsOf(session, row, to),
            IsUnitUndecided = HoldStore.OfFinding(session, id).Exists(hold => hold is { Kind: HoldWords.StorageUnit, Stands: true }),
        };
    }

    // It may have been a member of several incidents, and have come to one that was taken already: whoever said "I have it" before it was found did not know of it.
    private static TimeSpan? AcknowledgedAfter(StoreSession session, FindingRow row)
    {
        var said =
            from incident in IncidentStore.OfMember(session, $"finding:{row.Finding.Id}")
            let since = Instant.Max(incident.OpenedAt, row.DiscoveredAt)
            from acknowledgement in AcknowledgementStore.OfIncident(session, incident.Id)
            where acknowledgement.At >= since
            orderby acknowledgement.At
            select (TimeSpan?)(acknowledgement.At - since);
        return said.FirstOrDefault();
    }

    private static DispositionsContent DispositionsOf(StoreSession session, FindingRow row, Instant to)
    {
        var held = HoldStore.OfFinding(session, row.Finding.Id).Where(hold => hold.Kind == HoldWords.BloodUnit && IsOfPeriod(session, hold, row, to)).Select(hold => hold.Id).ToHashSet();
        var decided = DecisionStore.Standing(session, row.Finding.Id).Where(decision => held.Contains(decision.HoldId)).CountBy(decision => decision.Kind).ToDictionary();
        return new DispositionsContent(
            held.Count,
            decided.GetValueOrDefault(DecisionKind.Release),
            decided.GetValueOrDefault(DecisionKind.Discard),
            decided.GetValueOrDefault(DecisionKind.Return),
            held.Count - decided.Values.Sum());
    }

    // What is put in later, while the excursion goes on, is held as well; it changes nothing of a period that is over.
    private static bool IsOfPeriod(StoreSession session, HoldRow hold, FindingRow row, Instant to) =>
        row.ExposureEnd <= to || ContentsStore.OfBloodUnit(session, hold.Donation, hold.Product).Exists(stay => stay.Unit == row.Unit && stay.InAt < to);
}
