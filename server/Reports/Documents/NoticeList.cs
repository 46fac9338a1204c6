using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents;

/// <summary>The notices of page one, those that change most what the rest means first.</summary>
internal sealed class NoticeList(ReportTexts texts)
{
    // Of a long list the first ones are named, and the rest counted.
    private const int NamedMax = 8;

    public IReadOnlyList<Notice> Of(ReportDocument document)
    {
        var content = document.Content;
        var notices = new List<Notice>();
        if (content.IsUnfinished)
        {
            notices.Add(new Notice("unfinished", Notice.Stop, texts.NoticeUnfinished));
        }

        if (content.Excursion is { } excursion)
        {
            notices.AddRange(OfFinding(excursion.Finding, ReportZone.Of(content.Place)));
            notices.AddRange(OfVersions(excursion));
            notices.AddRange(OfBlood(excursion));
        }

        notices.AddRange(OfPeriod(content.Units));
        notices.AddRange(OfData(document));
        if (content.Alarms is { RecordedFrom: { } recorded })
        {
            notices.Add(new Notice("recorded-from", Notice.Unknown, texts.Fill(texts.NoticeRecordedFrom, $"{texts.Local(recorded, ReportZone.Of(content.Place))} ({ReportTexts.UtcOf(recorded)})")));
        }

        if (content.Excursion is { Acknowledgements.Count: 0 })
        {
            notices.Add(new Notice("nobody", Notice.Note, texts.NoticeNobody));
        }

        if (content.Excursion is { } lists && LeftOut(lists) is { Count: > 0 } leftOut)
        {
            notices.Add(new Notice("left-out", Notice.Note, texts.Fill(texts.NoticeLeftOut, Named(leftOut))));
        }

        return notices;
    }

    private IEnumerable<Notice> OfFinding(FindingContent finding, TimeZoneInfo zone)
    {
        if (finding.Status == "retracted")
        {
            yield return new Notice("retracted", Notice.Stop, texts.NoticeRetracted);
        }

        if (finding.Status == "superseded")
        {
            yield return new Notice("superseded", Notice.Stop, texts.Fill(texts.NoticeSuperseded, finding.SupersededBy ?? 0));
        }

        if (finding.FoundAfter is { } after)
        {
            yield return new Notice("found-later", Notice.Stop, texts.Fill(texts.NoticeFoundLater, texts.Span(after)));
        }

        if (finding is { End: null, EndReason: not EndReason.Open })
        {
            yield return new Notice("end-not-seen", Notice.Unknown, texts.Fill(texts.NoticeEndNotSeen, $"{texts.Local(finding.LastKnown, zone)} ({ReportTexts.UtcOf(finding.LastKnown)})"));
        }

        if (finding.IsConflict)
        {
            yield return new Notice("conflict", Notice.Unknown, texts.NoticeConflict);
        }

        if (finding.IsDeclaredLost)
        {
            yield return new Notice("declared-lost", Notice.Unknown, texts.NoticeDeclaredLost);
        }
    }

    // One that was found late says so for all of it.
    private IEnumerable<Notice> OfVersions(ExcursionContent excursion)
    {
        var late = excursion.Finding.FoundAfter is null ? excursion.Versions.Where(version => version.FoundAfter is not null).ToList() : [];
        if (late.Count > 0)
        {
            yield return new Notice("changed-later", Notice.Stop, texts.Fill(
                texts.NoticeChangedLater, Named([.. late.Select(version => $"{version.Version}")]), texts.Span(late.Max(version => version.FoundAfter!.Value)))); // Those were looked for.
        }
    }

    private List<string> LeftOut(ExcursionContent excursion) =>
    [
        .. new[] { ("condition", excursion.ConditionsLeftOut), ("notification", excursion.NotificationsLeftOut) }.Where(one => one.Item2 > 0).Select(one => texts.Counted(one.Item1, one.Item2)),
    ];

    private IEnumerable<Notice> OfBlood(ExcursionContent excursion)
    {
        var held = excursion.BloodUnits.Where(unit => unit.Hold is not null).ToList();
        var reopened = held.Where(unit => unit.Hold!.Decisions.Any(decision => decision.ReopenedAt is not null)).Select(Name).ToList();
        var outstanding = held.Where(unit => unit.Hold!.Standing() is null).Select(Name).ToList();
        var left = excursion.BloodUnits.Where(unit => unit.LeftBefore).Select(Name).ToList();
        var leftSince = excursion.BloodUnits.Where(unit => unit.LeftSince).Select(Name).ToList();
        if (excursion.StorageUnitHold is { } hold && hold.Decisions.Any(decision => decision.ReopenedAt is not null))
        {
            reopened.Insert(0, texts.StorageUnit);
        }

        if (reopened.Count > 0)
        {
            yield return new Notice("reopened", Notice.Stop, texts.Fill(texts.NoticeReopened, Named(reopened)));
        }

        if (outstanding.Count > 0)
        {
            yield return new Notice("outstanding", Notice.Stop, texts.Fill(texts.NoticeOutstanding, Named(outstanding)));
        }

        if (excursion.StorageUnitHold is { } standing && standing.Standing() is null)
        {
            yield return new Notice("unit-held", Notice.Stop, texts.NoticeUnitHeld);
        }

        if (left.Count > 0)
        {
            yield return new Notice("left-before", Notice.Stop, texts.Fill(texts.NoticeLeftBefore, Named(left)));
        }

        if (leftSince.Count > 0)
        {
            yield return new Notice("left-since", Notice.Stop, texts.Fill(texts.NoticeLeftSince, Named(leftSince)));
        }
    }

    private IEnumerable<Notice> OfPeriod(IReadOnlyList<UnitPeriodContent> units)
    {
        var findings = units.SelectMany(unit => unit.Findings).ToList();
        var late = findings.Where(finding => finding.FoundAfter is not null && finding.IsCurrent()).ToList();
        if (late.Count > 0)
        {
            yield return new Notice("found-later", Notice.Stop, texts.Fill(
                texts.NoticePeriodFoundLater, Named([.. late.Select(finding => texts.Fill(texts.Common.NumberSign, finding.Id))]), texts.Span(late.Max(finding => finding.FoundAfter!.Value)))); // Those were looked for.
        }

        if (Outcome.Outstanding(texts, units) is { Length: > 0 } outstanding)
        {
            yield return new Notice("outstanding", Notice.Stop, texts.Fill(texts.NoticeOutstanding, outstanding));
        }
    }

    private IEnumerable<Notice> OfData(ReportDocument document)
    {
        var (content, end) = (document.Content, VerdictLine.EndOf(document));
        var places = content.Excursion is { } excursion
            ? [(excursion.Probes, excursion.Rules, excursion.Excluded)]
            : content.Units.Where(unit => unit.Probes.Count > 0).Select(unit => (unit.Probes, unit.Rules, unit.Excluded)).ToList();
        var known = KnownTime.Of(document) ?? default;
        if (places.Count > 0 && !known.IsWhole)
        {
            yield return new Notice("unknown", Notice.Unknown, texts.Fill(texts.NoticeUnknown, texts.Span(known.Unknown), texts.Span(known.Longest), texts.Percent(known.Percent)));
        }

        if (known.NoProbe > TimeSpan.Zero)
        {
            yield return new Notice("no-probe", Notice.Unknown, texts.Fill(texts.NoticeNoProbe, texts.Span(known.NoProbe)));
        }

        var excluded = places.SelectMany(place => place.Excluded).GroupBy(one => one.Reason).Select(Excluded).ToList();
        if (excluded.Count > 0)
        {
            yield return new Notice("excluded", Notice.Note, texts.Fill(texts.NoticeExcluded, Named(excluded)));
        }

        var figures = places.SelectMany(place => place.Rules).SelectMany(rule => rule.Figures).Where(figure => figure.Status == FigureStatus.FromMemory)
            .Select(figure => figure.Name).Distinct().ToList();
        if (figures.Count > 0)
        {
            yield return new Notice("unverified", Notice.Note, texts.Fill(texts.NoticeFigures, Named(figures)));
        }

        var calibrations = places.SelectMany(place => place.Probes).Select(probe => Calibration(probe, end)).OfType<string>().Distinct().ToList();
        if (calibrations.Count > 0)
        {
            yield return new Notice("calibration", Notice.Note, texts.Fill(texts.NoticeCalibration, Named(calibrations)));
        }
    }

    private string Excluded(IGrouping<string, ExcludedContent> group) => texts.Fill(
        texts.ExcludedPart, texts.OfExcluded(group.Key), texts.Counted("sample", group.Sum(one => one.Samples)), texts.Listed(group.Select(one => one.Probe).Distinct()));

    // Due on a day means: overdue from the next day on.
    private string? Calibration(ProbeContent probe, Instant end) => probe switch
    {
        { CalibrationDueOn: { } due } when due.AddDays(1).ToDateTime(TimeOnly.MinValue) <= Instant.Min(end, probe.Mounted.To).ToDateTimeOffset().UtcDateTime
            => texts.Fill(texts.CalibrationDue, probe.Probe, ReportTexts.Day(due)),
        { CalibratedOn: null } or { Certificate: null } => texts.Fill(texts.CalibrationMissing, probe.Probe),
        _ => null,
    };

    private static string Name(BloodUnitContent unit) => unit.Donation;

    private string Named(List<string> names) => names.Count <= NamedMax
        ? texts.Listed(names)
        : texts.Fill(texts.AndMore, texts.Listed(names.Take(NamedMax)), texts.Counted("other", names.Count - NamedMax));
}
