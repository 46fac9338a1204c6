using ColdChain.Server.Reports.Content;

namespace ColdChain.Server.Reports.Documents;

/// <summary>The zone in which a report shows times.</summary>
internal static class ReportZone
{
    /// <summary>The zone of a place. One that this machine does not know is UTC, and the report then says UTC: no time is shown under a wrong name.</summary>
    public static TimeZoneInfo Of(PlaceContent place) => Of(place.Zone);

    /// <summary>A zone by its IANA name, likewise.</summary>
    public static TimeZoneInfo Of(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
