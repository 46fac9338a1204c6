using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Documents;

/// <summary>
/// The one sentence that a report begins with. It never says that something was in range without saying of how much that is known.
/// </summary>
internal sealed class VerdictLine(ReportTexts texts)
{
    private const int RateDecimals = 1;

    /// <summary>The sentence of a report.</summary>
    public string Of(ReportDocument document)
    {
        var content = document.Content;
        var end = EndOf(document);
        return content switch
        {
            { Excursion: { } excursion } => Sentence(OfExcursion(content, excursion, end)),
            { Alarms: { } alarms } => Sentence(OfAlarms(alarms)),
            { Units: [var only] } => Sentence(OfUnit(only, content.From, end)),
            _ => Sentence(OfSite(content, end)),
        };
    }

    /// <summary>Up to when a report can tell anything: a period that goes on is known until its content was made.</summary>
    public static Instant EndOf(ReportDocument document) =>
        document.Content.IsUnfinished ? Instant.Max(document.Content.From, Instant.Min(document.Content.To, document.MadeAt)) : document.Content.To;

    /// <summary>The sentence of one storage unit over a period, without its full stop.</summary>
    public string OfUnit(UnitPeriodContent unit, Instant from, Instant to) =>
        Join([unit.Probes.Count == 0 ? texts.VerdictOutOfUse : OfPeriod(unit.Findings, Out(unit.Probes), KnownTime.Of(unit.Probes, from, to)), .. Outstanding([unit])]);

    /// <summary>How much is known of a storage unit, in words.</summary>
    public string Coverage(KnownTime known) =>
        known.IsWhole ? texts.VerdictCoverageFull : texts.Fill(texts.VerdictCoveragePart, texts.Percent(known.Percent), texts.Span(known.Unknown));

    private string OfExcursion(ReportContent content, ExcursionContent excursion, Instant end)
    {
        var finding = excursion.Finding;
        var what = finding switch
        {
            { Status: "retracted" } => texts.Fill(texts.VerdictRetracted, OfFinding(excursion)),
            { Status: "superseded", SupersededBy: { } by } => texts.Fill(texts.VerdictSuperseded, by, OfFinding(excursion)),
            _ => OfFinding(excursion),
        };
        var units = excursion.BloodUnits;
        var blood = units.Count == 0 ? texts.NoBloodUnits : texts.Fill(texts.VerdictBlood, texts.Counted("inside", units.Count), Outcome.Of(texts, units));
        var known = KnownTime.Of(excursion.Probes, content.From, end);
        var coverage = known.IsWhole ? texts.CoverageFull : texts.Fill(texts.CoveragePart, texts.Percent(known.Percent), texts.Span(known.Unknown));
        return Join(what, blood, coverage);
    }

    private string OfFinding(ExcursionContent excursion)
    {
        var finding = excursion.Finding;
        var lasted = texts.Span(finding.Duration);
        var time = finding switch
        {
            { EndReason: EndReason.Open } => texts.Fill(texts.AtLeastOpen, lasted),
            { End: null } => texts.Fill(texts.AtLeast, lasted),
            _ => lasted,
        };
        if (finding.Peak is not { } peak)
        {
            return texts.Fill(texts.VerdictUnknown, time);
        }

        var (low, high) = RuleAt.LimitsOf(finding.Rule, excursion.Rules, finding.Start);
        var limit = finding.Side == Side.High ? high : low;
        var side = texts.Common.Of(finding.Side);
        var reached = texts.Degrees(peak, low, high);
        return limit is null
            ? texts.Fill(texts.VerdictOutNoLimit, side, time, reached)
            : texts.Fill(finding.Side == Side.High ? texts.VerdictOut : texts.VerdictOutLow, side, time, reached, texts.Common.DegreesExactly(limit.Value));
    }

    private string OfSite(ReportContent content, Instant end)
    {
        var used = content.Units.Where(unit => unit.Probes.Count > 0).ToList();
        var unused = content.Units.Count - used.Count;
        var known = KnownTime.Together([.. used.Select(unit => KnownTime.Of(unit.Probes, content.From, end))]);
        var what = used.Count == 0
            ? texts.VerdictOutOfUse
            : OfPeriod([.. used.SelectMany(unit => unit.Findings)], used.Max(unit => Out(unit.Probes)), known);
        var named = texts.Fill(texts.VerdictSite, texts.Counted("storage-unit", content.Units.Count), Lower(Join([what, .. Outstanding(content.Units)])));
        return unused > 0 && used.Count > 0 ? Join(named, texts.Fill(texts.VerdictUnused, texts.Counted("storage-unit", unused))) : named;
    }

    private string OfPeriod(IEnumerable<PeriodFindingContent> listed, TimeSpan outOfRange, KnownTime known)
    {
        var findings = listed.Where(finding => finding.IsCurrent()).ToList();
        // One probe of two that is silent makes all of the time unknown: what the other one showed is told nevertheless.
        if (findings.Count == 0 && outOfRange <= TimeSpan.Zero && known.IsNothing)
        {
            return texts.Fill(texts.VerdictNothingKnown, texts.Percent(known.Percent), texts.Span(known.Unknown));
        }

        if (findings.Count == 0 && outOfRange <= TimeSpan.Zero)
        {
            return known.IsWhole ? texts.VerdictAllInRange : texts.Fill(texts.VerdictKnownInRange, texts.Percent(known.Percent), texts.Span(known.Unknown));
        }

        var unknown = findings.Count(finding => finding.Side == Side.Unknown);
        var excursions = findings.Count - unknown;
        var counted = texts.Listed(new[] { ("excursion", excursions), ("unknown-time", unknown) }.Where(one => one.Item2 > 0).Select(one => texts.Counted(one.Item1, one.Item2)));
        var what = findings.Count == 0 ? texts.Fill(texts.VerdictNoExcursion, texts.Span(outOfRange))
            : outOfRange <= TimeSpan.Zero ? texts.Fill(texts.VerdictFindingsOnly, counted)
            : texts.Fill(texts.VerdictFindings, counted, texts.Span(outOfRange));
        return Join(what, Coverage(known));
    }

    // Data that came late may take back a finding; what was held for it stays on hold until a person decides.
    private IEnumerable<string> Outstanding(IReadOnlyList<UnitPeriodContent> units)
    {
        var findings = units.SelectMany(unit => unit.Findings).ToList();
        if (findings.Count(finding => !finding.IsCurrent()) is > 0 and var takenBack)
        {
            yield return texts.Counted("taken-back", takenBack);
        }

        if (Outcome.Outstanding(texts, units) is { Length: > 0 } outstanding)
        {
            yield return texts.Fill(texts.VerdictOutstanding, outstanding);
        }
    }

    private string OfAlarms(AlarmsContent alarms) => alarms.Total.Count == 0
        ? texts.VerdictAlarmsNone
        : texts.Fill(
            texts.VerdictAlarms,
            texts.Counted("alarm", alarms.Total.Count),
            texts.Counted("storage-unit", alarms.StorageUnits),
            alarms.Total.PerWeek is { } rate ? texts.Fill(texts.VerdictAlarmsRate, texts.Number(rate, RateDecimals)) : texts.RateUnknown,
            texts.Whole(alarms.Total.Acknowledged),
            texts.Whole(alarms.Total.Count));

    // Two load probes may be out at the same time: the one that was out for longest is the least that can be said.
    private static TimeSpan Out(IReadOnlyList<ProbeContent> probes) => probes.Where(probe => probe.Role == ProbeRole.Load)
        .GroupBy(probe => probe.Probe).Select(probe => probe.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Figures.High + one.Figures.Low)).DefaultIfEmpty().Max();

    private string Join(params string[] parts) => string.Join(texts.ClauseSeparator, parts);

    private string Lower(string text) => text.Length > 1 && char.IsLower(text[1]) ? $"{char.ToLower(text[0], texts.Common.Culture)}{text[1..]}" : text;

    private string Sentence(string text) => $"{char.ToUpper(text[0], texts.Common.Culture)}{text[1..]}.";
}
