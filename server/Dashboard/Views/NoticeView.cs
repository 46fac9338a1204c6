using ColdChain.Core.Readings;

namespace ColdChain.Server.Dashboard.Views;

/// <summary>A silence that stands above every page.</summary>
/// <param name="Scope">One of <see cref="Store.SilenceScope"/>, or <see cref="OfHolds"/>.</param>
/// <param name="SiteName">The site's name for people; empty for the server.</param>
/// <param name="Device">The device; empty for a site and for the server.</param>
/// <param name="Since">The last word before it.</param>
/// <param name="Devices">How many devices it is of.</param>
/// <param name="Zone">The site's zone; null for the server.</param>
public sealed record NoticeView(string Scope, string SiteName, string Device, Instant Since, int Devices, TimeZoneInfo? Zone)
{
    /// <summary>The scope of what is no silence: the blood bank's system has not taken what it was told of holds.</summary>
    public const string OfHolds = "holds";

    /// <summary>The site's id; empty for the server.</summary>
    public string SiteId { get; init; } = "";

    /// <summary>For the alarms of a site: how many of them are critical; <see cref="Devices"/> counts all that nobody has acknowledged.</summary>
    public int Critical { get; init; }

    /// <summary>For alarms: whether anybody is told who does not look at a page.</summary>
    public bool ReachesPeople { get; init; } = true;
}
