using System.Globalization;
using ColdChain.Core.Readings;

namespace ColdChain.Core.Reporting;

/// <summary>What a report is about.</summary>
public enum ReportKind
{
    /// <summary>One excursion, or one unknown time.</summary>
    Excursion,

    /// <summary>A storage unit over a period.</summary>
    UnitPeriod,

    /// <summary>All storage units of a site over a period.</summary>
    SitePeriod,

    /// <summary>How the alarms of a site, or of all sites, did over a period.</summary>
    Alarms,
}

/// <summary>
/// The number of a report, which says what it is about, so that there is one for each subject and none is given twice:
/// <c>EX-12</c>, <c>SU-fridge-1_2026-11</c>, <c>SI-rabat_2026-W48</c>, <c>AL_2026-11</c> or <c>AL-rabat_2026-11</c>.
/// </summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Finding">The excursion or unknown time; 0 for another kind.</param>
/// <param name="Place">The storage unit or site; empty for an excursion, and for the alarms of all sites.</param>
/// <param name="Period">The period; the default for an excursion.</param>
public readonly record struct ReportNumber(ReportKind Kind, long Finding, string Place, CalendarPeriod Period)
{
    private const string OfExcursion = "EX-";
    private const string OfUnit = "SU-";
    private const string OfSite = "SI-";
    private const string OfAlarms = "AL";

    /// <summary>The number of the report of an excursion, or of an unknown time.</summary>
    public static ReportNumber Excursion(long finding) => new(ReportKind.Excursion, finding, "", default);

    /// <summary>Reads a number as <see cref="ToString"/> writes it. That there is such a place or excursion is not said by that.</summary>
    public static bool TryParse(string? text, out ReportNumber number)
    {
        number = default;
        if (text is null)
        {
            return false;
        }

        if (text.StartsWith(OfExcursion, StringComparison.Ordinal))
        {
            number = Excursion(long.TryParse(text[OfExcursion.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var finding) ? finding : 0);
            return number.Finding > 0 && number.ToString() == text;
        }

        var cut = text.LastIndexOf('_');
        if (cut < 0 || !CalendarPeriod.TryParse(text[(cut + 1)..], out var period))
        {
            return false;
        }

        number = Of(text[..cut], period);
        return number.Place.Length == 0 ? text[..cut] == OfAlarms : StorageUnitId.TryParse(number.Place, out _);
    }

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ReportKind.Excursion => string.Create(CultureInfo.InvariantCulture, $"{OfExcursion}{Finding}"),
        ReportKind.UnitPeriod => $"{OfUnit}{Place}_{Period}",
        ReportKind.SitePeriod => $"{OfSite}{Place}_{Period}",
        ReportKind.Alarms => Place.Length == 0 ? $"{OfAlarms}_{Period}" : $"{OfAlarms}-{Place}_{Period}",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "There is no such kind."),
    };

    private static ReportNumber Of(string subject, CalendarPeriod period)
    {
        var kind = subject.StartsWith(OfUnit, StringComparison.Ordinal) ? ReportKind.UnitPeriod
            : subject.StartsWith(OfSite, StringComparison.Ordinal) ? ReportKind.SitePeriod
            : ReportKind.Alarms;
        var isOfPlace = kind != ReportKind.Alarms || subject.StartsWith($"{OfAlarms}-", StringComparison.Ordinal);
        return new ReportNumber(kind, 0, isOfPlace ? subject[OfUnit.Length..] : "", period);
    }
}
