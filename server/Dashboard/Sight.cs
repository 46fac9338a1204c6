using System.Collections.Frozen;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>The sites whose tiles somebody sees. Two with the same key see the same.</summary>
internal sealed class Sight
{
    private readonly FrozenSet<string> _sites;

    private Sight(FrozenSet<string> sites) => (_sites, Key) = (sites, string.Join(' ', sites.Order(StringComparer.Ordinal)));

    public string Key { get; }

    /// <summary>What a caller sees of a fleet; nothing when nobody asked who he is.</summary>
    public static Sight Of(Caller? caller, FleetHistory fleet) =>
        new(fleet.Sites.Where(site => caller?.SeesSite(fleet, site.Id) == true).Select(site => site.Id).ToFrozenSet());

    public bool Sees(TileView tile) => _sites.Contains(tile.SiteId);

    public bool Sees(Site site) => _sites.Contains(site.Id);

    /// <summary>Whether a silence is told: of the server to everybody, else to those of its site.</summary>
    public bool Concerns(NoticeView notice) => notice.Scope is SilenceScope.Server or NoticeView.OfHolds || _sites.Contains(notice.SiteId);
}
