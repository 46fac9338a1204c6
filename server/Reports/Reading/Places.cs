using ColdChain.Core.Readings;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Reading;

/// <summary>Where a report is about, in the names of the fleet as it is now.</summary>
internal static class Places
{
    /// <summary>A storage unit; its site by the id alone when the fleet does not have that any more.</summary>
    public static PlaceContent Of(FleetHistory fleet, StorageUnit unit) => OfSite(fleet, unit.Site) with { Unit = unit.Id.Value, UnitName = unit.Name, Giai = unit.Giai };

    /// <summary>A site; all sites, in UTC, when the id is empty.</summary>
    public static PlaceContent OfSite(FleetHistory fleet, string id)
    {
        var site = fleet.FindSite(id);
        return new PlaceContent { Site = id, SiteName = site?.Name ?? id, Zone = ZoneOf(fleet, id).Id };
    }

    /// <summary>The zone of a site, in which its periods begin and end; UTC for all sites.</summary>
    public static TimeZoneInfo ZoneOf(FleetHistory fleet, string site) => fleet.FindSite(site)?.Zone ?? TimeZoneInfo.Utc;

    /// <summary>The storage units of a site that were in use at some time within [from, to), in the order of the fleet; of all sites when the id is empty.</summary>
    public static IEnumerable<StorageUnit> UnitsOf(FleetHistory fleet, string site, Instant from, Instant to) =>
        fleet.Units.Where(unit => (site.Length == 0 || unit.Site == site) && unit.History.Any(period => period.From < to && period.To > from));
}
