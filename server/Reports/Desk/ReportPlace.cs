using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Reports.Desk;

/// <summary>Where a report is about, by which it is decided who may see and sign it.</summary>
/// <param name="Unit">The storage unit; null for a whole site, or all of them.</param>
/// <param name="Site">The site; empty for all of them, and for a storage unit that the fleet does not know any more.</param>
internal readonly record struct ReportPlace(StorageUnitId? Unit, string Site)
{
    /// <summary>The place of a revision.</summary>
    public static ReportPlace Of(ReportRow row) => new(row.Unit, row.Site);

    /// <summary>The place of a report, prepared or not; null when there is nothing that it could be of.</summary>
    public static ReportPlace? Find(StoreSession session, FleetHistory fleet, ReportNumber number)
    {
        if (ReportStore.Find(session, $"{number}") is { } row)
        {
            return Of(row);
        }

        return number.Kind switch
        {
            ReportKind.Excursion => FindingStore.Find(session, number.Finding) is { } finding ? new ReportPlace(finding.Unit, fleet.FindUnit(finding.Unit)?.Site ?? "") : null,
            ReportKind.UnitPeriod => fleet.FindUnit(new StorageUnitId(number.Place)) is { } unit ? new ReportPlace(unit.Id, unit.Site) : null,
            ReportKind.SitePeriod => fleet.FindSite(number.Place) is { } site ? new ReportPlace(null, site.Id) : null,
            ReportKind.Alarms when number.Place.Length == 0 => new ReportPlace(null, ""),
            ReportKind.Alarms => fleet.FindSite(number.Place) is { } site ? new ReportPlace(null, site.Id) : null,
            _ => throw new ArgumentOutOfRangeException(nameof(number)),
        };
    }

    /// <summary>The place of a report.</summary>
    /// <exception cref="RefusalException">There is nothing that it could be of.</exception>
    public static ReportPlace Required(StoreSession session, FleetHistory fleet, ReportNumber number) => Find(session, fleet, number) ?? throw ReportRefusals.Unknown(number);

    /// <summary>Whether somebody may do something with it.</summary>
    public bool Allows(Caller caller, Permission what, FleetHistory fleet) => caller.Rights.Allow(what, Unit is { } unit ? fleet.PlaceOf(unit) : fleet.PlaceOf(Site));

    /// <summary>Refuses what somebody may not do with it; what is of all sites is the whole nation's.</summary>
    /// <exception cref="RefusalException">He may not.</exception>
    public void Require(Caller caller, Permission what, FleetHistory fleet)
    {
        if (Unit is { } unit)
        {
            caller.Require(what, fleet, unit);
        }
        else
        {
            caller.RequireAt(what, fleet, Site);
        }
    }

    /// <summary>The zone in which people there read times.</summary>
    public TimeZoneInfo Zone(FleetHistory fleet)
    {
        var site = Unit is { } unit ? fleet.FindUnit(unit)?.Site : Site;
        return fleet.FindSite(site ?? "")?.Zone ?? TimeZoneInfo.Utc;
    }
}
