using ColdChain.Core.Casework;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Pages;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>The pages about where blood units are and went: the scanner, lists of other systems, and those that are looked for.</summary>
internal sealed class StockPages(RecordStore store, FleetView fleet, DashboardPages pages)
{
    public Task<IResult> StockAsync(HttpRequest request, StockView view) =>
        pages.ShowAsync<StockPage>(request, pages.FrameOf(request, zone: null), new() { [nameof(StockPage.View)] = view });

    public Task<IResult> ScanAsync(HttpRequest request, ScanView view) =>
        pages.ShowAsync<ScanPage>(request, pages.FrameOf(request, zone: null), new() { [nameof(ScanPage.View)] = view });

    /// <summary>The storage units where a caller may enter contents.</summary>
    public IReadOnlyList<SiteView> UnitsOf(Caller caller) =>
        [.. fleet.Current.Units.Where(unit => caller.Rights.Allow(Permission.EnterContents, fleet.Current.PlaceOf(unit.Id))).Select(unit => new SiteView(unit.Id.Value, unit.Name))];

    public Task<IResult> LookBackAsync(HttpRequest request)
    {
        var caller = Caller.Of(request.HttpContext);
        return pages.ShowAsync<LookBackPage>(request, pages.FrameOf(request, zone: null), new() { [nameof(LookBackPage.List)] = store.Read(session => ListOf(session, caller)) });
    }

    private LookBackListView ListOf(StoreSession session, Caller caller)
    {
        var (current, entered) = (fleet.Current, FollowUpStore.All(session).ToLookup(row => (row.Ground, row.Donation, row.Product)));
        return new LookBackListView(
        [
            .. LookbackStore.All(session).Where(named => caller.Sees(current, named.Unit))
                .Select(named => RowOf(named.Ground, named.Unit, named.Row, [.. entered[(named.Ground, named.Row.Donation, named.Row.Product)]], caller))
                .OrderByDescending(row => row.IsOpen)
                .Take(UnitReader.RowsMax),
        ]);
    }

    private LookBackRowView RowOf(Ground ground, StorageUnitId unit, LookbackRow row, IReadOnlyList<FollowUpRow> entered, Caller caller)
    {
        var current = fleet.Current;
        var known = current.FindUnit(unit);
        return new LookBackRowView(
            ground.ExposureId is null ? ground.FindingId : null,
            ground.ExposureId,
            known?.Name ?? unit.Value,
            ExcursionReader.LeftOf(row, current),
            !entered.Any(one => FollowUps.Ends(one.Word)),
            [.. entered.Select(one => new FollowUpView(one.Word, one.Note, one.By, one.At))],
            caller.Account is not null && caller.Rights.Allow(Permission.Acknowledge, current.PlaceOf(unit)),
            current.FindSite(known?.Site ?? "")?.Zone ?? TimeZoneInfo.Utc);
    }
}
