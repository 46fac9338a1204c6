using System.Globalization;
using ColdChain.Core.Isbt;
using ColdChain.Core.Readings;
using ColdChain.Server.Dashboard.Language;
using ColdChain.Server.Dashboard.Pages;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;

namespace ColdChain.Server.Dashboard;

/// <summary>The pages: what is read for each, and its HTML.</summary>
internal sealed class DashboardPages(
    TileReader tiles, UnitReader units, ExcursionReader excursions, BloodUnitReader bloodUnits, AuditReader audit, NoticeReader notices, FleetView fleet,
    PageRenderer renderer, Assets assets, TimeProvider clock)
{
    private const string Html = "text/html; charset=utf-8";

    /// <summary>All units, or those of one site.</summary>
    public async Task<IResult> UnitsAsync(HttpRequest request, string? site)
    {
        var frame = FrameOf(request, fleet.Current.FindSite(site ?? "")?.Zone);
        return await PageAsync<UnitsPage>(StatusCodes.Status200OK, frame, new()
        {
            [nameof(UnitsPage.Tiles)] = (IReadOnlyList<TileView>)[.. tiles.Read(frame.Now).Where(tile => site is null || tile.SiteId == site)],
            [nameof(UnitsPage.Sites)] = (IReadOnlyList<SiteView>)[.. fleet.Current.Sites.Select(known => new SiteView(known.Id, known.Name))],
            [nameof(UnitsPage.Site)] = site,
        });
    }

    public async Task<IResult> UnitAsync(HttpRequest request, string id)
    {
        var frame = FrameOf(request, zone: null);
        return StorageUnitId.TryParse(id, out var unit) && units.Read(unit, frame.Now, frame.Texts) is { } view
            ? await PageAsync<UnitPage>(StatusCodes.Status200OK, frame with { Zone = view.Tile.Zone }, new() { [nameof(UnitPage.Unit)] = view })
            : await NotFoundAsync(frame, frame.Texts.NotFoundUnit, id);
    }

    /// <summary>One excursion, or one unknown time, by its number.</summary>
    public async Task<IResult> ExcursionAsync(HttpRequest request, string id)
    {
        var frame = FrameOf(request, zone: null);
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && excursions.Read(number) is { } view
            ? await PageAsync<ExcursionPage>(StatusCodes.Status200OK, frame with { Zone = view.Zone }, new() { [nameof(ExcursionPage.Excursion)] = view })
            : await NotFoundAsync(frame, frame.Texts.NotFoundExcursion, id);
    }

    /// <summary>One blood unit, by its donation number as the pages write it, and its product.</summary>
    public async Task<IResult> BloodUnitAsync(HttpRequest request, string donation, string product)
    {
        var frame = FrameOf(request, zone: null);
        var number = DonationNumber.TryParse(donation, out var parsed, out _) ? parsed.ToString() : donation; // As scanned or typed, too.
        return bloodUnits.Read(number, product, frame.Now) is { } view
            ? await PageAsync<BloodUnitPage>(StatusCodes.Status200OK, frame with { Zone = view.Zone }, new() { [nameof(BloodUnitPage.BloodUnit)] = view })
            : await NotFoundAsync(frame, frame.Texts.NotFoundBloodUnit, $"{donation} {product}");
    }

    /// <summary>The audit trail.</summary>
    public async Task<IResult> AuditAsync(HttpRequest request, AuditSearchView search, string? before)
    {
        var frame = FrameOf(request, zone: null);
        var view = audit.Read(search, before, frame.Zone);
        return await PageAsync<AuditPage>(
            view.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, frame, new() { [nameof(AuditPage.Audit)] = view });
    }

    /// <summary>Tiles alone, for pages that are open.</summary>
    public Task<IReadOnlyList<string>> TilesAsync(IEnumerable<TileView> some, PageFrame frame) => renderer.RenderEachAsync<UnitTile>(
        [.. some.Select(tile => new Dictionary<string, object?> { [nameof(UnitTile.Frame)] = frame, [nameof(UnitTile.Tile)] = tile })]);

    /// <summary>Who is silent alone, for pages that are open.</summary>
    public Task<string> NoticesAsync(PageFrame frame) => renderer.RenderAsync<Notices>(new() { [nameof(Notices.Frame)] = frame });

    /// <summary>The frame of a page, in the zone of the first site when it belongs to none.</summary>
    public PageFrame FrameOf(HttpRequest request, TimeZoneInfo? zone) => new()
    {
        Texts = PageLanguage.Of(request),
        Now = Instant.Now(clock),
        Notices = notices.Read(),
        Zone = zone ?? fleet.Current.Sites.Select(site => site.Zone).FirstOrDefault(TimeZoneInfo.Utc),
        Path = request.Path,
        Asset = assets.Address,
    };

    private Task<IResult> NotFoundAsync(PageFrame frame, string pattern, string id) =>
        PageAsync<NotFoundPage>(StatusCodes.Status404NotFound, frame, new() { [nameof(NotFoundPage.Reason)] = frame.Texts.Fill(pattern, id) });

    private async Task<IResult> PageAsync<TPage>(int status, PageFrame frame, Dictionary<string, object?> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        parameters["Frame"] = frame;
        return Results.Content("<!DOCTYPE html>\n" + await renderer.RenderAsync<TPage>(parameters), Html, statusCode: status);
    }
}
