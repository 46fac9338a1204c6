using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads who is on call. Where people are reached is for those who plan: it is staff data.</summary>
internal sealed class ScheduleReader(RecordStore store, FleetView fleet)
{
    /// <summary>The schedule as a caller sees it.</summary>
    public ScheduleView Read(Caller caller, Instant now) => store.Read(session =>
    {
        var (current, mayPlan) = (fleet.Current, caller.Rights.Anywhere(Permission.PlanOnCall));
        var slots = OnCallStore.EndingAfter(session, now);
        var sites = current.Sites.Where(site => caller.SeesAllOf(current, site.Id)).ToList();
        return new ScheduleView
        {
            Slots =
            [
                .. slots.Where(slot => sites.Exists(site => slot.Where.Covers(current.PlaceOf(site.Id)))).Select(slot => new OnCallView(slot.Id, slot.Where, slot.Name, slot.Duty, slot.From, slot.To)),
            ],
            Gaps =
            [
                .. from site in sites
                   let gap = OnCallSlot.FirstGap(slots, current.PlaceOf(site.Id), now)
                   where gap is not null
                   select (site.Name, gap.Value),
            ],
            People = mayPlan ? [.. AccountStore.All(session).Where(account => account.DisabledAt is null).Select(account => ContactOf(session, account))] : [],
            Places =
            [
                .. caller.Rights.Everywhere(Permission.PlanOnCall) ? [Scope.Nation.ToString()] : Array.Empty<string>(),
                .. current.Sites.Where(site => caller.Rights.Allow(Permission.PlanOnCall, current.PlaceOf(site.Id))).Select(site => Scope.Site(site.Id).ToString()),
            ],
            MayPlan = mayPlan,
        };
    });

    private static ContactView ContactOf(StoreSession session, AccountRow account)
    {
        var contact = ContactStore.Of(session, account.Id);
        return new ContactView(account.Name, account.Display, contact.Email, contact.Phone);
    }
}
