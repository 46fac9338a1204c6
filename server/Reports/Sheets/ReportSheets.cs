using ColdChain.Core.Reporting;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Reports.Wording;

namespace ColdChain.Server.Reports.Sheets;

/// <summary>
/// A report as sheets, for whoever wants to sort, filter or reckon. They show the signed content and nothing else, in its order; a sheet without
/// rows says that there is nothing of its kind.
/// </summary>
internal static class ReportSheets
{
    /// <summary>The sheets of a report, its summary first and its longest, the drawn lines, last.</summary>
    /// <param name="document">The report.</param>
    /// <param name="texts">The words of a language.</param>
    public static IReadOnlyList<Sheet> Of(ReportDocument document, ReportTexts texts)
    {
        var content = document.Content;
        var frame = new SheetFrame(texts, content.Place.Zone);
        return content.Kind switch
        {
            ReportKind.Excursion => [SummarySheet.Of(document, frame), SignatureSheet.Of(document, frame), .. OfExcursion(content, frame)],
            ReportKind.UnitPeriod or ReportKind.SitePeriod => [SummarySheet.Of(document, frame), SignatureSheet.Of(document, frame), .. OfPeriod(content.Units, frame)],
            ReportKind.Alarms => [SummarySheet.Of(document, frame), SignatureSheet.Of(document, frame), .. AlarmSheets.Of(Needed(content.Alarms, content), frame)],
            _ => throw new ArgumentOutOfRangeException(nameof(document), content.Kind, "There is no such kind of report."),
        };
    }

    private static IEnumerable<Sheet> OfExcursion(ReportContent content, SheetFrame frame)
    {
        var excursion = Needed(content.Excursion, content);
        var probes = Placed.All(content.Place, excursion.Probes);
        return
        [
            FindingSheets.Finding(excursion.Finding, frame),
            FindingSheets.Versions(excursion.Versions, frame),
            ProbeSheets.Figures(probes, frame),
            RuleSheets.Rules(Placed.All(content.Place, excursion.Rules), frame),
            RuleSheets.Figures(Placed.All(content.Place, excursion.Rules), frame),
            ProbeSheets.Excluded(Placed.All(content.Place, excursion.Excluded), frame),
            ProbeSheets.Unknown(probes, frame),
            CaseSheets.Conditions(excursion.Conditions, frame),
            CaseSheets.Timeline(excursion.Timeline, frame),
            CaseSheets.Notifications(excursion.Notifications, frame),
            CaseSheets.Acknowledgements(excursion.Acknowledgements, frame),
            BloodUnitSheets.BloodUnits(excursion.BloodUnits, frame),
            BloodUnitSheets.Decisions(excursion, frame),
            BloodUnitSheets.Exceeded(excursion.BloodUnits, frame),
            CaseSheets.Case(excursion.Case, frame),
            CaseSheets.Audit(excursion.Audit, frame),
            ProbeSheets.Lines(probes, frame),
        ];
    }

    private static IEnumerable<Sheet> OfPeriod(IReadOnlyList<UnitPeriodContent> units, SheetFrame frame)
    {
        var probes = Placed.All(units, unit => unit.Probes);
        return
        [
            PeriodSheets.StorageUnits(units, frame),
            FindingSheets.OfPeriod(Placed.All(units, unit => unit.Findings), frame),
            ProbeSheets.Figures(probes, frame),
            RuleSheets.Rules(Placed.All(units, unit => unit.Rules), frame),
            RuleSheets.Figures(Placed.All(units, unit => unit.Rules), frame),
            ProbeSheets.Excluded(Placed.All(units, unit => unit.Excluded), frame),
            ProbeSheets.Unknown(probes, frame),
            PeriodSheets.Changes(Placed.All(units, unit => unit.Changes), frame),
            ProbeSheets.Lines(probes, frame),
        ];
    }

    private static T Needed<T>(T? part, ReportContent content)
        where T : class => part ?? throw new ArgumentException($"The content of report {content.Number} lacks what a report of the kind {content.Kind} is about.", nameof(content));
}

/// <summary>Something of a storage unit.</summary>
/// <param name="Place">The storage unit.</param>
/// <param name="What">What is there.</param>
internal readonly record struct Placed<T>(PlaceContent Place, T What);

/// <summary>Puts things beside the storage unit that they are of.</summary>
internal static class Placed
{
    /// <summary>Things of one storage unit.</summary>
    public static IEnumerable<Placed<T>> All<T>(PlaceContent place, IEnumerable<T> things) => things.Select(thing => new Placed<T>(place, thing));

    /// <summary>Things of several storage units, one unit after the other.</summary>
    public static IEnumerable<Placed<T>> All<T>(IEnumerable<UnitPeriodContent> units, Func<UnitPeriodContent, IEnumerable<T>> things) =>
        units.SelectMany(unit => All(unit.Place, things(unit)));
}
