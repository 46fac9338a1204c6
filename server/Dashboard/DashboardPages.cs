using System.Globalization;
using ColdChain.Core.Isbt;
using ColdChain.Core.People;
using ColdChain.Core.Readings;
using ColdChain.Server.Html;
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
        var sight = Sight.Of(Caller.Of(request.HttpContext), fleet.Current);
        return await PageAsync<UnitsPage>(StatusCodes.Status200OK, frame, new()
        {
            [nameof(UnitsPage.Tiles)] = (IReadOnlyList<TileView>)[.. tiles.Read(frame.Now).Where(tile => sight.Sees(tile) && (site is null || tile.SiteId == site))],
            [nameof(UnitsPage.Sites)] = (IReadOnlyList<SiteView>)[.. fleet.Current.Sites.Where(sight.Sees).Select(known => new SiteView(known.Id, known.Name))],
            [nameof(UnitsPage.Site)] = site,
        });
    }

    public async Task<IResult> UnitAsync(HttpRequest request, string id)
    {
        var frame = FrameOf(request, zone: null);
        return IsKept(request, id) ? await ForbiddenAsync(request)
            : StorageUnitId.TryParse(id, out var unit) && units.Read(unit, frame.Now, frame.Texts) is { } view
            ? await PageAsync<UnitPage>(StatusCodes.Status200OK, frame with { Zone = view.Tile.Zone }, new() { [nameof(UnitPage.Unit)] = view })
            : await NotFoundAsync(frame, frame.Texts.NotFoundUnit, id);
    }

    /// <summary>One excursion, or one unknown time, by its number.</summary>
    public async Task<IResult> ExcursionAsync(HttpRequest request, string id)
    {
        var frame = FrameOf(request, zone: null);
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && excursions.Read(number) is { } view
            ? IsKept(request, view.UnitId) ? await ForbiddenAsync(request) : await PageAsync<ExcursionPage>(StatusCodes.Status200OK, frame with { Zone = view.Zone }, new() { [nameof(ExcursionPage.Excursion)] = view })
            : await NotFoundAsync(frame, frame.Texts.NotFoundExcursion, id);
    }

    /// <summary>One blood unit, by its donation number as the pages write it, and its product.</summary>
    public async Task<IResult> BloodUnitAsync(HttpRequest request, string donation, string product)
    {
        var frame = FrameOf(request, zone: null);
        var number = DonationNumber.TryParse(donation, out var parsed, out _) ? parsed.ToString() : donation; // As scanned or typed, too.
        return bloodUnits.Read(number, product, frame.Now) is { } view
            ? view.Places.All(place => place.Unit is null || IsKept(request, place.Unit)) ? await ForbiddenAsync(request) : await PageAsync<BloodUnitPage>(StatusCodes.Status200OK, frame with { Zone = view.Zone }, new() { [nameof(BloodUnitPage.BloodUnit)] = view })
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
        Notices = [.. notices.Read().Where(Sight.Of(request.HttpContext.Features.Get<Caller>(), fleet.Current).Concerns)],
        Viewer = request.HttpContext.Features.Get<Caller>() is { Account: { } account } caller
            ? new ViewerView(account.Name, caller.Rights.Everywhere(Permission.ManagePeople), caller.Rights.Everywhere(Permission.ReadAudit), caller.FormToken) { EntersContents = caller.Rights.Anywhere(Permission.EnterContents), EditsFleet = caller.Rights.Everywhere(Permission.EditFleet) }
            : null,
        Zone = zone ?? fleet.Current.Sites.Select(site => site.Zone).FirstOrDefault(TimeZoneInfo.Utc),
        Path = request.Path,
        Fault = request.HttpContext.Features.Get<FormFault>() is { } fault ? PageLanguage.Of(request).Of(fault.Refusal) : null,
        Asset = assets.Address,
    };

    public Task<IResult> SignInAsync(HttpRequest request, int status, SignInView view) =>
        PageAsync<SignInPage>(status, FrameOf(request, zone: null), new() { [nameof(SignInPage.View)] = view });

    /// <summary>The page of the own account; with what was wrong, in the words of the page's language.</summary>
    public Task<IResult> AccountAsync(HttpRequest request, int status, Func<Texts, string>? fault, AccountView view)
    {
        var frame = FrameOf(request, zone: null);
        return PageAsync<AccountPage>(status, frame, new() { [nameof(AccountPage.View)] = view, [nameof(AccountPage.Fault)] = fault?.Invoke(frame.Texts) });
    }

    public Task<IResult> PeopleAsync(HttpRequest request, int status, PeopleView view) =>
        PageAsync<PeoplePage>(status, FrameOf(request, zone: null), new() { [nameof(PeoplePage.View)] = view });

    /// <summary>The fleet in force, and what is proposed.</summary>
    public Task<IResult> FleetAsync(HttpRequest request, int status, FleetPageView view) =>
        PageAsync<FleetPage>(status, FrameOf(request, zone: null), new() { [nameof(FleetPage.View)] = view });

    /// <summary>That whoever asks may not.</summary>
    public Task<IResult> ForbiddenAsync(HttpRequest request) => MessageAsync(request, StatusCodes.Status403Forbidden, texts => texts.ForbiddenExplained);

    /// <summary>A page that says why there is no other.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The status of HTTP.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="title">What stands above it; that it is not possible, unless given.</param>
    public Task<IResult> MessageAsync(HttpRequest request, int status, Func<Texts, string> reason, Func<Texts, string>? title = null)
    {
        var frame = FrameOf(request, zone: null);
        return PageAsync<MessagePage>(status, frame, new() { [nameof(MessagePage.Reason)] = reason(frame.Texts), [nameof(MessagePage.Title)] = title?.Invoke(frame.Texts) ?? frame.Texts.MessageTitle });
    }

    /// <summary>Whether a storage unit is one that the caller may not see; one that the fleet does not know is the whole nation's.</summary>
    public bool IsKept(HttpRequest request, string unit) => StorageUnitId.TryParse(unit, out var id) && !Caller.Of(request.HttpContext).Sees(fleet.Current, id);

    /// <summary>That there is nothing of that name.</summary>
    public Task<IResult> NotFoundAsync(PageFrame frame, string pattern, string id) =>
        PageAsync<NotFoundPage>(StatusCodes.Status404NotFound, frame, new() { [nameof(NotFoundPage.Reason)] = frame.Texts.Fill(pattern, id) });

    /// <summary>A page with forms; after one that was not done, with why.</summary>
    public Task<IResult> ShowAsync<TPage>(HttpRequest request, PageFrame frame, Dictionary<string, object?> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        PageAsync<TPage>(request.HttpContext.Features.Get<FormFault>()?.Status ?? StatusCodes.Status200OK, frame, parameters);

    /// <summary>A page in its frame.</summary>
    public async Task<IResult> PageAsync<TPage>(int status, PageFrame frame, Dictionary<string, object?> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent
    {
        parameters["Frame"] = frame;
        return Results.Content("<!DOCTYPE html>\n" + await renderer.RenderAsync<TPage>(parameters), Html, statusCode: status);
    }
}
