using ColdChain.Core.Alerting;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what stands above every page: alarms that nobody has acknowledged, and who is silent. What explains the most comes first, and takes the place of what it explains.</summary>
internal sealed class NoticeReader(RecordStore store, FleetView fleet, AlertReach reach, NoticeOutlet outlet, TimeProvider clock)
{
    /// <summary>The scope of what stands for the alarms of a site.</summary>
    public const string Alarms = "alarms";

    public IReadOnlyList<NoticeView> Read()
    {
        var (current, silences) = (fleet.Current, store.Read(SilenceStore.All));
        var ofSite = silences.Where(row => row.Told == SilenceTold.WithSite).CountBy(row => row.Site).ToDictionary();
        return
        [
            .. store.Read(AlarmsOf),
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

    // One for each site: whoever sees the site is told, and a thousand alarms are one line.
    private List<NoticeView> AlarmsOf(StoreSession session) =>
    [
        .. from untaken in IncidentStore.Untaken(session)
           where untaken.Severity > Severity.Advisory
           group untaken by untaken.Site into ofSite
           let site = fleet.Current.FindSite(ofSite.Key)
           orderby site?.Name
           select new NoticeView(Alarms, site?.Name ?? ofSite.Key, "", ofSite.Min(untaken => untaken.Since), ofSite.Sum(untaken => untaken.Count), site?.Zone)
           {
               SiteId = ofSite.Key, Critical = ofSite.Where(untaken => untaken.Severity == Severity.Critical).Sum(untaken => untaken.Count), ReachesPeople = reach.ReachesPeople,
           },
    ];
}
