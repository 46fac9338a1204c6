using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads who is silent: what explains the most comes first, and takes the place of what it explains.</summary>
internal sealed class NoticeReader(RecordStore store, FleetView fleet, NoticeOutlet outlet, TimeProvider clock)
{
    public IReadOnlyList<NoticeView> Read()
    {
        var (current, silences) = (fleet.Current, store.Read(SilenceStore.All));
        var ofSite = silences.Where(row => row.Told == SilenceTold.WithSite).CountBy(row => row.Site).ToDictionary();
        return
        [
            .. store.Read(session => NoticeStore.OverdueSince(session, outlet, Instant.Now(clock))) is { } waits ? [new NoticeView(NoticeView.OfHolds, "", "", waits, 0, null)] : Array.Empty<NoticeView>(),
            .. silences.Where(row => row.Told == SilenceTold.Itself)
                .Select(row => new NoticeView(
                    row.Scope,
                    current.FindSite(row.Site)?.Name ?? row.Site,
                    row.Scope == SilenceScope.Device ? row.Subject : "",
                    row.Since,
                    row.Scope == SilenceScope.Site ? ofSite.GetValueOrDefault(row.Site) : 1,
                    current.FindSite(row.Site)?.Zone)
                {
                    SiteId = row.Site,
                })
                .OrderByDescending(notice => notice.Scope == SilenceScope.Server)
                .ThenByDescending(notice => notice.Scope == SilenceScope.Site)
                .ThenBy(notice => notice.SiteName, StringComparer.Ordinal)
                .ThenBy(notice => notice.Device, StringComparer.Ordinal),
        ];
    }
}
